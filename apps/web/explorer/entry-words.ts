// What a ledger entry says, as counts and kinds: never whose, never what. Pure, so that it can be tested.
import type { LedgerMember } from '@clearchart/api';
import type { IconName } from '../parts/icon.tsx';

export interface EntryWords {
  icon: IconName;
  /** Key of the sentence under `entry.` and the numbers in it. */
  key: string;
  organization: string;
  values: Record<string, number>;
  /** The other hospital that the entry is about. */
  other?: string;
}

interface RecordAnchor {
  subject?: unknown;
  categoryTag?: unknown;
}

interface AccessEntry {
  kind?: unknown;
  patient?: unknown;
  purpose?: unknown;
}

export function nameOf(organization: string, members: readonly LedgerMember[]): string {
  return members.find((member) => member.organization === organization)?.name ?? organization.slice(0, 8);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? (value as Item[]) : [];
}

function distinct(values: unknown[]): number {
  return new Set(values.filter((value) => value !== null && value !== undefined)).size;
}

/** Counts one transaction's content for the lenses. */
export function entryWords(transaction: Record<string, unknown>, members: readonly LedgerMember[]): EntryWords {
  const body = (transaction['body'] ?? {}) as Record<string, unknown>;
  const type = String(transaction['type']);
  const signers = list<{ signer?: unknown }>(transaction['signatures']);
  const organization = nameOf(text(body['organization'] ?? signers[0]?.signer), members);
  switch (type) {
    case 'anchor-records': {
      const records = list<RecordAnchor>(body['records']);
      const people = distinct(records.map((record) => record.subject));
      const categories = distinct(records.map((record) => record.categoryTag));
      return { icon: 'file', key: type, organization, values: { count: records.length, people, categories } };
    }
    case 'log-accesses': {
      const entries = list<AccessEntry>(body['entries']);
      const opened = entries.filter((entry) => entry.kind === 'opened');
      const people = distinct(entries.map((entry) => entry.patient));
      if (entries.length === 0) return { icon: 'clock', key: 'completeness', organization, values: { count: 0 } };
      return {
        icon: 'eye',
        key: type,
        organization,
        values: { count: opened.length, closed: entries.length - opened.length, people },
      };
    }
    case 'enrol-person':
      return {
        icon: 'people',
        key: body['publicKey'] === null ? 'enrol-person-without-key' : type,
        organization,
        values: { count: 1 },
      };
    case 'bind-person-key':
    case 'rotate-person-key':
    case 'request-key-replacement':
    case 'veto-key-replacement':
    case 'withdraw-key-replacement':
    case 'complete-key-replacement':
    case 'rotate-organization-key':
    case 'take-custody':
    case 'hand-over-custody':
      return { icon: 'key', key: type, organization, values: { count: 1 } };
    case 'admit-organization':
    case 'retire-organization': {
      const { name } = (body['application'] ?? {}) as { name?: unknown };
      const other = text(name) || nameOf(text(body['member']), members);
      return { icon: 'people', key: type, organization, values: { count: 1 }, other };
    }
    case 'activate-members':
      return { icon: 'check', key: type, organization, values: { count: 1 } };
    case 'announce-address':
      return { icon: 'home', key: type, organization, values: { count: 1 } };
    case 'report-misbehaviour': {
      const { organization: reported } = (body['first'] ?? {}) as { organization?: unknown };
      const other = nameOf(text(reported), members);
      return { icon: 'alert', key: type, organization, values: { count: 1 }, other };
    }
    case 'retire-person':
      return { icon: 'people', key: type, organization, values: { count: 1 } };
    default:
      return { icon: 'info', key: 'unknown', organization, values: { count: 1 } };
  }
}
