/** Faults of the engine that runs have found, each as it was: what was put right, put back. */
import type { Break } from './broken-engine.ts';
import type { RunOptions } from './index.ts';
import { hurryChange, loseTransactions } from './scenario.fixture.ts';
import { CALM } from './weather.ts';

export interface FoundBug {
  readonly what: string;
  /** A run that shows it: looked at first, as most others do not. */
  readonly run: RunOptions;
  readonly changes: readonly Break[];
  readonly complaint: RegExp;
}

/** Nobody does anything of their own. */
const QUIET = { ...CALM, submitEveryMs: Number.POSITIVE_INFINITY };
const STANDSTILL = /do not come together/;
const engine = (file: string): string => `engines/proof-of-work/${file}`;
/** Since then a member waits for no votes on what it does not vote for itself. */
const MENDS_BY_ITSELF: Break = {
  file: engine('producer.ts'),
  from: ' || isWithheldFrom(head.hash)',
  to: ' || (isWithheldFrom(head.hash) && head === undefined)',
};

export const FOUND_BUGS: readonly FoundBug[] = [
  {
    what: 'one that is about to join, whose vote is needed for that, does not ask how it voted before it is a member',
    run: { seed: 3 },
    changes: [
      {
        file: engine('peer-desk.ts'),
        from: 'const set = membersOf(tree.stateAfter(tree.head.hash));\n    const sets',
        to: 'const set = membersOf(state);\n    const sets',
      },
    ],
    complaint: STANDSTILL,
  },
  {
    what: 'a block that is final at once is sent before it is on disk',
    run: {
      seed: 4,
      minutes: 0.04,
      weather: { ...CALM, hospitals: 2, founders: 1, submitEveryMs: 100 },
      cutAfter: { acts: 2, isLastDone: true },
    },
    changes: [
      {
        file: engine('chain-course.ts'),
        from: 'const isFinalAtOnce = isAlone(added.votingSet);',
        to: 'const isFinalAtOnce = added === undefined;',
      },
    ],
    complaint: /different blocks are final|was acknowledged/,
  },
  {
    what: 'a transaction that was sent once and lost keeps its holder from voting',
    run: { seed: 1, minutes: 0.6, weather: CALM, script: loseTransactions },
    changes: [
      {
        file: engine('engine.ts'),
        from: 'for (const transaction of transactions) this.#desk.spread({ transaction });',
        to: 'void transactions;',
      },
      MENDS_BY_ITSELF,
    ],
    complaint: /are final/,
  },
  {
    what: 'of what a block leaves out one transaction is told again, and the next with the next block',
    run: { seed: 1, minutes: 0.6, weather: CALM, script: loseTransactions },
    changes: [
      {
        file: engine('engine.ts'),
        from: 'for (const transaction of transactions) this.#desk.spread({ transaction });',
        to: 'for (const transaction of transactions.slice(0, 1)) this.#desk.spread({ transaction });',
      },
      MENDS_BY_ITSELF,
    ],
    complaint: /are final/,
  },
  {
    what: 'one that is behind bans the others for votes under keys it does not know yet',
    run: { seed: 245 },
    changes: [
      {
        file: engine('gossip.ts'),
        from: 'return vote.target.height > chain.tree.head.height;',
        to: 'return false;',
      },
    ],
    complaint: /has banned an honest member|do not come together/,
  },
  {
    what: 'all build on a block that puts in force what is not final, and nobody votes for it',
    run: { seed: 1, weather: QUIET, script: hurryChange },
    changes: [
      {
        file: engine('block-tree.ts'),
        from: 'if ((one.putsInForce ?? 0) > this.#final.height) return false;',
        to: '',
      },
      {
        file: engine('draft-queue.ts'),
        from: "if (transaction.type !== 'activate-members') return undefined;",
        to: 'if (transaction !== undefined) return undefined;',
      },
    ],
    complaint: STANDSTILL,
  },
  {
    what: 'after votes for the top of a long chain the true one creeps up to its height',
    run: { seed: 69 },
    changes: [
      {
        file: engine('producer.ts'),
        from: 'const isChildHopeless = book.isHopeless({ height: height + 1, hash }, votingSet);',
        to: 'const isChildHopeless = false;',
      },
      {
        file: engine('producer.ts'),
        from: '(last?.height ?? 0) > height ? PARENT_WAIT_MS : LONGEST_PARENT_WAIT_MS',
        to: 'last === undefined ? LONGEST_PARENT_WAIT_MS : LONGEST_PARENT_WAIT_MS',
      },
    ],
    complaint: STANDSTILL,
  },
  {
    what: 'who holds eight chains of a bad member never takes its ninth, which the others follow',
    run: { seed: 81 },
    changes: [
      {
        file: engine('voted-blocks.ts'),
        from: 'return voted.has(hash);',
        to: 'return voted.has(hash) && hash === undefined;',
      },
      {
        file: engine('tree-room.ts'),
        from: 'const isOwn = from === proposer;',
        to: 'const isOwn = from !== undefined;',
      },
      {
        file: engine('tree-room.ts'),
        from: 'one.height === height && one.from === from &&',
        to: 'one.height === height &&',
      },
    ],
    complaint: STANDSTILL,
  },
];
