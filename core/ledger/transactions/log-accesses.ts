/**
 * A hospital declares who opened what: one event for each window of access, closed later with the count and root
 * of the reads inside it, and "complete up to" a time. Each event moves the patient's running hash.
 */
import { type AccessEntry, PURPOSES } from '../access-entry.ts';
import { extendAccessLog } from '../access-log.ts';
import type { OrganizationId } from '../identifiers.ts';
import { type Rejection, reject } from '../rejection.ts';
import { either, hex, integer, listOf, literal, nullable, object, oneOf } from '../shape.ts';
import { accessKey, completeKey, personKey, type StateOverlay } from '../state.ts';
import type { RuleContext, TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export const MOST_ACCESS_ENTRIES = 1_000;

export interface LogAccesses {
  readonly organization: OrganizationId;
  readonly entries: readonly AccessEntry[];
  /** Every window that opened up to this time is declared; milliseconds. */
  readonly completeUpTo: number | null;
}

const opened = object({
  kind: literal('opened'),
  access: hex(32),
  patient: hex(32),
  purpose: oneOf(PURPOSES),
  at: integer(0),
  detail: hex(64),
});
const closed = object({ kind: literal('closed'), access: hex(32), patient: hex(32), count: integer(0), root: hex(64) });

export const logAccesses: TransactionRule<LogAccesses> = {
  shape: object({
    organization: hex(32),
    entries: listOf(either(opened, closed), 0, MOST_ACCESS_ENTRIES),
    completeUpTo: nullable(integer(0)),
  }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, entries, completeUpTo }, state, context) {
    if (entries.length === 0 && completeUpTo === null) return reject('batch-empty');
    for (const entry of entries) {
      const rejection = applyEntry(entry, organization, state, context);
      if (rejection !== undefined) return rejection;
    }
    return completeUpTo === null ? undefined : applyComplete(completeUpTo, organization, state, context);
  },
};

function applyEntry(
  entry: AccessEntry,
  organization: OrganizationId,
  state: StateOverlay,
  context: RuleContext,
): Rejection | undefined {
  const { access, patient } = entry;
  if (state.read(personKey(patient)) === undefined) return reject('person-unknown', { pseudonym: patient });
  const before = state.read(accessKey(access));
  if (entry.kind === 'opened') {
    if (before !== undefined) return reject('access-already-opened', { access });
    state.write(accessKey(access), { organization, patient, state: 'opened' });
  } else {
    if (before === undefined || before.organization !== organization) return reject('access-not-opened', { access });
    if (before.patient !== patient) return reject('access-other-patient', { access });
    if (before.state === 'closed') return reject('access-already-closed', { access });
    state.write(accessKey(access), { organization, patient, state: 'closed' });
  }
  extendAccessLog(state, patient, { entry, organization }, context);
  return undefined;
}

function applyComplete(
  time: number,
  organization: OrganizationId,
  state: StateOverlay,
  context: RuleContext,
): Rejection | undefined {
  if (time > context.time) return reject('complete-in-future', { time });
  if (time <= (state.read(completeKey(organization))?.time ?? -1)) return reject('complete-not-rising', { time });
  state.write(completeKey(organization), { time });
  return undefined;
}
