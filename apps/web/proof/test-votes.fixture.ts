// What the members of a test chain vote and sign, and a server that tells it.
import {
  type Checkpoint,
  decodeValue,
  type Header,
  headerHash,
  type MemberChange,
  MEMBERS_KEY,
  proveState,
  signApplication,
  signHead,
  signVote,
  type SupermajorityLink,
} from '@clearchart/ledger';
import type { ChainSource } from './follow-chain.ts';
import { newcomer, type TestChain, type TestHospital } from './test-chain.fixture.ts';

export const checkpointOf = (header: Header): Checkpoint => ({ height: header.height, hash: headerHash(header) });

export function headerAt(chain: TestChain, height: number): Header {
  const header = chain.blocks[height - 1]?.header;
  if (header === undefined) throw new Error(`the test chain has no block ${height}`);
  return header;
}

/** The link from the block at `height` to its direct child, voted by these. */
export function linkFrom(chain: TestChain, height: number, voters: readonly TestHospital[]): SupermajorityLink {
  const [source, target] = [checkpointOf(headerAt(chain, height)), checkpointOf(headerAt(chain, height + 1))];
  const signatures = voters.map(({ organization, signer }) => {
    const { signature } = signVote(chain.chainId, organization, { source, target }, signer);
    return { organization, signature };
  });
  return { source, target, signatures };
}

/** A head of a member over the reader's nonce. */
export function headOf(
  chain: TestChain,
  by: TestHospital,
  told: { final: Checkpoint; nonce: string; time: number },
): unknown {
  return signHead({ chainId: chain.chainId, organization: by.organization, ...told }, by.signer);
}

/**
 * Decides on another hospital in the next block, which is made final by `voters`.
 * @returns the change as a server tells it.
 */
export function admitNewcomer(chain: TestChain, voters: readonly TestHospital[]): MemberChange {
  const application = signApplication(
    chain.chainId,
    { name: newcomer.name, address: 'https://hill.example' },
    newcomer.signer,
  );
  const { header } = chain.mine(
    voters.map((by) => chain.signAs(by, 'admit-organization', { organization: by.organization, application })),
  );
  const value = decodeValue(chain.state.get(MEMBERS_KEY) ?? new Uint8Array(0));
  const stateProof = proveState(chain.state, chain.state.root, MEMBERS_KEY, value);
  chain.mine([]);
  // Its own votes need the hospital to come as well (L73).
  const all = [...voters, newcomer];
  return { header, votes: chain.hospitals.length === 1 ? [] : [linkFrom(chain, header.height, all)], stateProof };
}

export interface Served {
  /** Who votes; all of the chain's founders when left out. */
  voters?: readonly TestHospital[];
  changes?: readonly MemberChange[];
  /** Newest final height; the block below the newest when left out. */
  height?: number;
}

/** A server that tells of a chain of several hospitals as a node does. */
export function votedSource(chain: TestChain, { voters = chain.hospitals, changes = [], height }: Served = {}) {
  const final = height ?? chain.blocks.length - 1;
  return {
    founding: async () => ({ genesis: chain.genesis, memberChanges: changes }),
    headers: async (from, limit) => {
      const headers = chain.blocks.slice(from - 1, Math.min(final, from - 1 + limit)).map(({ header }) => header);
      const last = headers.at(-1);
      return { headers, height: final, votes: last === undefined ? [] : [linkFrom(chain, last.height, voters)] };
    },
  } satisfies ChainSource;
}
