/** Nodes with one protection taken out: at a port, or in the text of the product. */
import type { StateStore } from '@clearchart/ledger';
import { type Break, loadBroken } from './broken-engine.ts';
import { type Build, SOUND } from './build.ts';

export interface Variant {
  readonly name: string;
  /** After "a node that". */
  readonly what: string;
  /** Of a run that shows it: looked at first, as most show it later. */
  readonly seed: number;
  readonly build: () => Promise<Build>;
  /** What its checker says. */
  readonly complaint: RegExp;
}

const byPort = (name: string, what: string, seed: number, change: Partial<Build>, complaint: RegExp): Variant => ({
  name,
  what,
  seed,
  build: async () => ({ ...SOUND, ...change }),
  complaint,
});

const byText = (name: string, what: string, seed: number, changes: readonly Break[], complaint: RegExp): Variant => ({
  name,
  what,
  seed,
  build: async () => ({ ...SOUND, open: await loadBroken(name, changes) }),
  complaint,
});

/** Remembers used ids of the newest blocks alone. */
function openForgetful(store: StateStore): StateStore {
  const isUsed: StateStore['isUsed'] = (id) =>
    (store.placeOf(id)?.height ?? Number.NEGATIVE_INFINITY) > store.height - 5;
  return new Proxy(store, { get: (target, name) => (name === 'isUsed' ? isUsed : Reflect.get(target, name)) });
}

export const VARIANTS: readonly Variant[] = [
  byPort(
    'signatures',
    'believes every signature',
    1,
    { verifier: { verify: () => true } },
    /bad transaction|invalid|signed a|is accused/,
  ),
  byText(
    'votes',
    'votes twice for one height',
    1,
    [
      {
        file: 'engines/proof-of-work/voter.ts',
        from: 'head.height <= last.target.height || source.height < last.source.height',
        to: 'head.hash === last.target.hash',
      },
    ],
    /An honest member signed a (double|surround)-vote/,
  ),
  byText(
    'fork-choice',
    'follows the longest chain whatever is justified',
    1,
    [
      {
        file: 'engines/proof-of-work/block-tree.ts',
        from: 'return this.#justified === undefined;',
        to: 'return true;',
      },
    ],
    /do not come together|different blocks are final/,
  ),
  byPort(
    'vote-sync',
    'sends a vote before it is on disk',
    1,
    { isVoteSynced: false },
    /An honest member signed a (double|surround)-vote/,
  ),
  byText(
    'refused',
    'takes a block with a refused transaction',
    1,
    [
      {
        file: 'core/ledger/transition.ts',
        from: `time: header.time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) return`,
        to: `time: header.time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) continue; else if (refused) return`,
      },
    ],
    /became final and is invalid|A bad transaction became final/,
  ),
  byPort(
    'replays',
    'forgets too early which ids were used',
    11,
    { openState: openForgetful },
    /admitted again|final twice|transaction-replayed/,
  ),
  byText(
    'access-log',
    'leaves accesses out of the running hash',
    1,
    [
      {
        file: 'core/ledger/transactions/log-accesses.ts',
        from: '  extendAccessLog(state, patient, { entry, organization }, context);\n',
        to: '',
      },
    ],
    /log of a patient’s accesses is not complete/,
  ),
  byPort(
    'block-sync',
    'tells of a block before it is on disk',
    1,
    { isBlockSynced: false },
    /does not start|not on disk|acknowledged|different blocks|The scan finds/,
  ),
  byPort('checksums', 'has no checksums', 1, { isChecksummed: false }, /was not found/),
  byPort(
    'damage',
    'cuts the blocks off at the first damage',
    1,
    { isKeepingDamage: false },
    /acknowledged|The scan finds/,
  ),
];
