/** Nodes with one protection taken out: at a port of their machine, or in the text of the product. */
import { type Break, loadBroken, loadBrokenSimulator } from './broken-engine.ts';
import { type Build, SOUND } from './build.ts';
import { type RunOptions, simulate } from './index.ts';

type Run = (options: RunOptions) => Promise<unknown>;

export interface Variant {
  readonly name: string;
  /** After "a node that". */
  readonly what: string;
  /** Of a run that shows it: looked at first, as most show it later. */
  readonly seed: number;
  readonly load: () => Promise<Run>;
  /** What its checker says. */
  readonly complaint: RegExp;
}

type Row = Omit<Variant, 'load'>;

const runOf =
  (build: Build): Run =>
  (options) =>
    simulate({ ...options, build });

const byPort = (change: Partial<Build>, row: Row): Variant => ({
  ...row,
  load: async () => runOf({ ...SOUND, ...change }),
});

const byText = (changes: readonly Break[], row: Row): Variant => ({
  ...row,
  load: async () => runOf({ ...SOUND, open: await loadBroken(row.name, changes) }),
});

/** The mistake is everybody's, also the reference's: what it does must show by itself. */
const byRule = (changes: readonly Break[], row: Row): Variant => ({
  ...row,
  load: () => loadBrokenSimulator(row.name, changes),
});

const engine = (file: string): string => `engines/proof-of-work/${file}`;
const ledger = (file: string): string => `core/ledger/${file}`;

/** The seven that the ledger stands on. */
const FOUNDATIONS: readonly Variant[] = [
  byPort(
    { verifier: { verify: () => true } },
    {
      name: 'signatures',
      what: 'believes every signature',
      seed: 1,
      complaint: /bad transaction|invalid|signed a|is accused/,
    },
  ),
  byText(
    [
      {
        file: engine('voter.ts'),
        from: 'head.height <= last.target.height || source.height < last.source.height',
        to: 'head.hash === last.target.hash',
      },
    ],
    {
      name: 'votes',
      what: 'votes against the voting rule',
      seed: 1,
      complaint: /An honest member signed a (double|surround)-vote/,
    },
  ),
  byText([{ file: engine('block-tree.ts'), from: 'return this.#justified === undefined;', to: 'return true;' }], {
    name: 'fork-choice',
    what: 'follows the longest chain whatever is justified',
    seed: 1,
    complaint: /do not come together|different blocks are final/,
  }),
  byText(
    [
      {
        file: engine('voter.ts'),
        from: '    consensus.saveVote(\n      vote,',
        to: '    const keep = () => consensus.saveVote(\n      vote,',
      },
      {
        file: engine('voter.ts'),
        from: 'for (const block of unkept) block.isKept = true;',
        to: 'for (const block of unkept) block.isKept = true; void Promise.resolve().then(() => 0).then(keep).catch(() => 0);',
      },
    ],
    {
      name: 'vote-sync',
      what: 'sends a vote before it is on disk',
      seed: 1,
      complaint: /An honest member signed a (double|surround)-vote/,
    },
  ),
  byText(
    [
      {
        file: ledger('transition.ts'),
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
    {
      name: 'refused',
      what: 'takes a block with a refused transaction',
      seed: 5,
      complaint: /became final and is invalid|A bad transaction became final/,
    },
  ),
  byText(
    [
      {
        file: ledger('transition.ts'),
        from: 'if (state.isUsed(transactionId(transaction)))',
        to: 'if (replayHour(validUntil) > replayHour(context.time) && state.isUsed(transactionId(transaction)))',
      },
    ],
    {
      name: 'replays',
      what: 'forgets the used ids of an hour when it begins, not when it is over',
      seed: 1,
      complaint: /admitted again|final twice|transaction-replayed/,
    },
  ),
  byText(
    [
      {
        file: ledger('transactions/log-accesses.ts'),
        from: '  extendAccessLog(state, patient, { entry, organization }, context);\n',
        to: '',
      },
    ],
    {
      name: 'access-log',
      what: 'leaves accesses out of the running hash',
      seed: 1,
      complaint: /log of a patient’s accesses is not complete/,
    },
  ),
];

const OTHERS: readonly Variant[] = [
  byText(
    [
      { file: engine('voter.ts'), from: '    if (!consensus.knowsOwnVotes) return false;\n', to: '' },
      { file: engine('producer.ts'), from: '!consensus.knowsOwnVotes || ', to: '' },
    ],
    {
      name: 'amnesia',
      what: 'has lost its votes and votes without asking the others for them',
      seed: 33,
      complaint: /An honest member signed a (double|surround)-vote/,
    },
  ),
  byText(
    [
      {
        file: engine('engine.ts'),
        from: "if (this.#pool.placeOf(id) !== undefined) return 'included';",
        to: "if (this.#pool.placeOf(id) !== undefined) return 'final';",
      },
    ],
    {
      name: 'early-word',
      what: 'says of what is in a block that it is final',
      seed: 4,
      complaint: /said to be final and is not in the state/,
    },
  ),
  byText(
    [
      {
        file: ledger('vote.ts'),
        from: 'return outer.source.height < inner.source.height',
        to: 'return outer.source.height <= inner.source.height',
      },
    ],
    {
      name: 'accusation',
      what: 'takes two votes from one source for a link around another',
      seed: 1,
      complaint: /An honest member is accused|votes-not-conflicting/,
    },
  ),
  byText([{ file: engine('gossip.ts'), from: "['signature-invalid', CLUMSY]", to: "['signature-invalid', FORGED]" }], {
    name: 'bans',
    what: 'bans at once whoever passes on what a key signed that has just changed',
    seed: 13,
    complaint: /has banned an honest member|do not come together/,
  }),
  byText(
    [
      {
        file: engine('chain.ts'),
        from: 'ids: one.ids }, one.changes);',
        to: 'ids: one.ids }, { ...one.changes, entries: new Map([...one.changes.entries].filter(([, value]) => value !== undefined)) });',
      },
    ],
    {
      name: 'entries',
      what: 'leaves in its state what a block takes away',
      seed: 2,
      complaint: /entries that no block gave it|is invalid/,
    },
  ),
  byRule(
    [
      {
        file: ledger('transactions/activate-members.ts'),
        from: '{ ...entryOf(organization, state), rotatedAt: time }',
        to: '{ ...entryOf(organization, state), publicKey, rotatedAt: time }',
      },
    ],
    {
      name: 'old-keys',
      what: 'gives a hospital its old key back when the new one comes into force',
      seed: 1,
      complaint: /A key that was given up speaks again/,
    },
  ),
  byRule(
    [
      {
        file: ledger('transition.ts'),
        from: "  if (header.transactionsRoot !== transactionsRoot(transactions)) return reject('block-transactions-root-wrong');\n",
        to: '',
      },
    ],
    {
      name: 'wrong-blocks',
      what: 'does not look whether the header names the transactions',
      seed: 1,
      complaint: /A wrong version of block \d+ was accepted/,
    },
  ),
  byRule(
    [
      {
        file: 'adapters/block-store/repair-blocks.ts',
        from: "    if (fault.code !== 'blocks-missing') await kept.copy(fault.segment);\n",
        to: '',
      },
    ],
    {
      name: 'evidence',
      what: 'describes the damage it mends and does not keep it',
      seed: 11,
      complaint: /was mended and is not kept/,
    },
  ),
  byPort(
    { isBlockSynced: false },
    {
      name: 'block-sync',
      what: 'tells of a block before it is on disk',
      seed: 3,
      complaint: /does not start|not on disk|acknowledged|different blocks|The scan finds/,
    },
  ),
  byPort(
    { isChecksummed: false },
    { name: 'checksums', what: 'has no checksums', seed: 1, complaint: /was not found/ },
  ),
  byPort(
    { isKeepingDamage: false },
    {
      name: 'damage',
      what: 'cuts the blocks off at the first damage',
      seed: 1,
      complaint: /acknowledged|The scan finds/,
    },
  ),
];

export const VARIANTS: readonly Variant[] = [...FOUNDATIONS, ...OTHERS];
