/** `_include` and `_revinclude`: follows links from the hits of a page, within the caller's sight. */
import { CATEGORIES } from '@clearchart/records';
import { decodeHashes } from '../index-rows.ts';
import { tooCostly } from '../refusal.ts';
import type { Versions } from '../versions.ts';
import type { OpenedVersion } from '../opened-version.ts';
import type { Visibility } from '../visibility.ts';
import type { Dictionary } from '../tables.ts';
import type { Include } from './request.ts';
import type { Statements } from './statements.ts';

/** Included resources of one page. */
const INCLUDED_LIMIT = 1_000;
/** Rounds of `:iterate`. */
const ROUNDS_LIMIT = 5;

export interface IncluderPorts {
  readonly statements: Statements;
  readonly versions: Versions;
  readonly visibility: Visibility;
  readonly parameters: Dictionary;
  readonly types: Dictionary;
}

export class Includer {
  readonly #ports: IncluderPorts;

  constructor(ports: IncluderPorts) {
    this.#ports = ports;
  }

  include(includes: readonly Include[], matches: readonly OpenedVersion[]): OpenedVersion[] {
    const seen = new Set(matches.map(({ rid }) => rid));
    const included: OpenedVersion[] = [];
    let fresh: readonly OpenedVersion[] = matches;
    for (let round = 0; fresh.length > 0 && round < ROUNDS_LIMIT; round++) {
      const next: OpenedVersion[] = [];
      for (const include of includes) {
        if (round > 0 && !include.iterate) continue;
        for (const version of this.#follow(include, fresh)) {
          if (seen.has(version.rid)) continue;
          seen.add(version.rid);
          next.push(version);
        }
        if (included.length + next.length > INCLUDED_LIMIT) {
          throw tooCostly(`More than ${INCLUDED_LIMIT} resources would be included; ask for fewer hits`);
        }
      }
      included.push(...next);
      fresh = next;
    }
    return included;
  }

  #follow(include: Include, from: readonly OpenedVersion[]): OpenedVersion[] {
    const { statements, parameters, types, visibility, versions } = this.#ports;
    const usable = from.filter(({ type }) =>
      include.reverse ? include.target === undefined || type === include.target : type === include.source,
    );
    if (usable.length === 0 || (include.reverse && !visibility.seesType(include.source))) return [];
    const reached = include.reverse
      ? 'resources m CROSS JOIN links l ON l.target = m.ref AND l.parameter = ? JOIN resources t ON t.rid = l.rid'
      : 'resources m CROSS JOIN links l ON l.rid = m.rid AND l.parameter = ? JOIN resources t ON t.ref = l.target';
    // Sight is part of the query where the number of rows must be limited: what is hidden takes no room.
    const seen = include.reverse ? visibility.condition(include.source, 't') : { sql: '1', values: [] };
    const limit = include.reverse ? `LIMIT ${INCLUDED_LIMIT + 1}` : '';
    const rows = statements.all(
      `SELECT DISTINCT t.head AS vid, t.type, t.category, v.subjects FROM ${reached} JOIN versions v ON v.vid = t.head
       WHERE m.rid IN (SELECT value FROM json_each(?)) AND t.deleted = 0 AND ${seen.sql} ${limit}`,
      [
        parameters.code(`${include.source}.${include.code}`),
        JSON.stringify(usable.map(({ rid }) => rid)),
        ...seen.values,
      ],
    );
    const visible = rows.filter((row) => {
      const type = types.name(row['type'] as number);
      if (!include.reverse && include.target !== undefined && type !== include.target) return false;
      const category = CATEGORIES[row['category'] as number] ?? 'general';
      return visibility.sees(type, { category, subjects: decodeHashes(row['subjects'] as Uint8Array) });
    });
    return visible.map((row) => versions.open(row['vid'] as number));
  }
}
