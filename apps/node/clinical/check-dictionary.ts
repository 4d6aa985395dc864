/** The codes of types and search parameters: every row has a name that is known here, and every name its row. */
import type { CheckFault } from './check-fault.ts';
import { parameterNames } from './definitions/search-parameter.ts';
import type { StoreParts } from './store-parts.ts';

export function* checkDictionary({ database, definitions: { table } }: StoreParts): Generator<CheckFault> {
  const types = database.prepare('SELECT code, name FROM types ORDER BY code').all();
  yield* compare('types', types, table.types);
  const parameters = database.prepare("SELECT code, type || '.' || name AS name FROM parameters ORDER BY code").all();
  yield* compare('parameters', parameters, new Set(parameterNames(table).map(([type, code]) => `${type}.${code}`)));
}

function* compare(
  name: string,
  rows: readonly Record<string, unknown>[],
  known: ReadonlySet<string>,
): Generator<CheckFault> {
  const missing = new Set(known);
  for (const row of rows) {
    if (missing.delete(row['name'] as string)) continue;
    yield {
      code: 'dictionary-differs',
      where: `${name}/${String(row['code'])}`,
      detail: 'it names nothing of FHIR R4',
    };
  }
  for (const one of missing) yield { code: 'dictionary-differs', where: name, detail: `the row of ${one} is missing` };
}
