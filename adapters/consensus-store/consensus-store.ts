// What a member must not forget about votes, in one SQLite file. A vote is on disk when `saveVote` returns; a file that has lost one
// says that it does not know the own votes: not to vote for a while costs little, to vote twice costs the chain its finality.
import {
  type ChainId,
  type ConsensusStore,
  encodeCanonical,
  type SupermajorityLink,
  type Vote,
} from '@clearchart/ledger';
import { existsSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { checksumOf, evidenceOf, heardVoteOf, linkOf, readRows, tipBlockOf } from './checked-rows.ts';
import {
  addOwnVote,
  assertMayBeSent,
  firstSeal,
  readOwnVotes,
  replaceOwnVotes,
  votesStillNeeded,
} from './own-votes.ts';
import { createFile, inTransaction, openFile, readFact } from './schema.ts';

/** The oldest stay: whoever votes against itself without end does not push out what was found first. */
const MOST_EVIDENCE = 1_000;
const LINKS_AT_A_TIME = 100;

export interface SqliteConsensusStore extends ConsensusStore {
  /** All links, lowest source first. Others may be added meanwhile. */
  links(): Generator<SupermajorityLink>;
  /** From now on, also after a start, the own votes are not known until the other members have told them; those kept here stay. */
  doubtOwnVotes(): void;
}

export interface ConsensusStoreOptions {
  /** No block of this chain is on this machine yet: a file made now knows that it never voted. */
  readonly isNewChain: boolean;
}

/** @throws Error when the file is of another chain or schema, or no database. */
export function openConsensusStore(
  path: string,
  chainId: ChainId,
  { isNewChain }: ConsensusStoreOptions,
): SqliteConsensusStore {
  if (!existsSync(path)) {
    createFile(path, (hadOlder) => ({
      chain: chainId,
      own_votes_seal: firstSeal(chainId, isNewChain && !hadOlder),
    }));
  }
  const database = openFile(path);
  try {
    if (readFact(database, 'chain') !== chainId) throw new Error('consensus.db belongs to another chain');
    return storeOver(database, chainId);
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function storeOver(database: DatabaseSync, chainId: ChainId): SqliteConsensusStore {
  let own = readOwnVotes(database, chainId);
  const insertTip = database.prepare('INSERT OR REPLACE INTO tip_blocks VALUES (?, ?, ?, ?)');
  const deleteTips = database.prepare('DELETE FROM tip_blocks WHERE height <= ?');
  const insertHeard = database.prepare('INSERT OR IGNORE INTO heard_votes VALUES (?, ?, ?)');
  const deleteHeard = database.prepare('DELETE FROM heard_votes WHERE target <= ?');
  const insertLink = database.prepare('INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?)');
  const insertEvidence = database.prepare('INSERT OR REPLACE INTO evidence (evidence, checksum) VALUES (?, ?)');
  const findEvidence = database.prepare('SELECT evidence, checksum FROM evidence WHERE checksum = ?');

  const countEvidence = () => Number(database.prepare('SELECT count(*) AS n FROM evidence').get()?.['n']);
  let isEvidenceFull = countEvidence() >= MOST_EVIDENCE;

  function* linksFrom(height: number): Generator<SupermajorityLink> {
    const query = `SELECT * FROM links WHERE (source, target) > (?, ?) ORDER BY source, target LIMIT ${LINKS_AT_A_TIME}`;
    let after: readonly unknown[] = [height - 1, Number.MAX_SAFE_INTEGER];
    for (;;) {
      const rows = readRows(database, query, ...(after as SQLInputValue[]));
      for (const row of rows) {
        const link = linkOf(row);
        if (link !== undefined) yield link;
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = [last['source'], last['target']];
    }
  }

  return {
    get knowsOwnVotes() {
      return own.isKnown;
    },
    tipBlocks: () =>
      readRows(database, 'SELECT * FROM tip_blocks ORDER BY height, hash')
        .map(tipBlockOf)
        .filter((block) => block !== undefined),
    ownVotes: () => own.votes,
    heardVotes: () =>
      readRows(database, 'SELECT * FROM heard_votes ORDER BY target, vote')
        .map((row) => heardVoteOf(row, chainId))
        .filter((vote) => vote !== undefined),
    saveVote(vote, blocks, heard) {
      assertOfChain([vote, ...heard], chainId);
      assertMayBeSent(vote, own);
      own = inTransaction(database, () => {
        for (const { height, hash, bytes } of blocks) {
          insertTip.run(height, hash, bytes, checksumOf('tip_blocks', [height, hash], bytes));
        }
        for (const other of heard) {
          const bytes = encodeCanonical(other);
          const { height } = other.target;
          insertHeard.run(height, bytes, checksumOf('heard_votes', [height], bytes));
        }
        return addOwnVote(database, chainId, own, vote);
      });
    },
    remember(votes) {
      assertOfChain(votes, chainId);
      own = inTransaction(database, () =>
        replaceOwnVotes(database, chainId, { isKnown: true, votes: [...own.votes, ...votes] }),
      );
    },
    doubtOwnVotes() {
      own = inTransaction(database, () => replaceOwnVotes(database, chainId, { isKnown: false, votes: own.votes }));
    },
    settle(finalHeight, links) {
      const votes = votesStillNeeded(own.votes, finalHeight);
      own = inTransaction(database, () => {
        for (const { source, target, signatures } of links) {
          const bytes = encodeCanonical({ source, target, signatures });
          const place = [source.height, target.height] as const;
          insertLink.run(...place, bytes, checksumOf('links', place, bytes));
        }
        deleteTips.run(finalHeight);
        deleteHeard.run(finalHeight);
        return votes.length === own.votes.length ? own : replaceOwnVotes(database, chainId, { ...own, votes });
      });
    },
    linkFrom(height) {
      const [link] = linksFrom(height);
      return link;
    },
    links: () => linksFrom(0),
    addEvidence({ kind, first, second }) {
      if (isEvidenceFull) return;
      const bytes = encodeCanonical({ kind, first, second });
      const checksum = checksumOf('evidence', [], bytes);
      if (evidenceOf(findEvidence.get(checksum) ?? {}, chainId) !== undefined) return;
      insertEvidence.run(bytes, checksum);
      isEvidenceFull = countEvidence() >= MOST_EVIDENCE;
    },
    evidence: () =>
      readRows(database, 'SELECT evidence, checksum FROM evidence ORDER BY position')
        .map((row) => evidenceOf(row, chainId))
        .filter((evidence) => evidence !== undefined),
    close: () => database.close(),
  };
}

function assertOfChain(votes: readonly Vote[], chainId: ChainId): void {
  if (votes.some((vote) => vote.chainId !== chainId)) throw new Error('a vote on another chain is no own vote here');
}
