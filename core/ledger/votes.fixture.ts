/** Links and proofs of finality on a test chain, as its members would vote them. */
import { fromHex } from '@clearchart/crypto';
import {
  type Checkpoint,
  decodeValue,
  type FinalityProof,
  type Header,
  headerHash,
  type MemberChange,
  MEMBERS_KEY,
  proveState,
  signVote,
  type StateProof,
  type SupermajorityLink,
} from './index.ts';
import type { TestChain, TestHospital } from './test-chain.fixture.ts';

export const checkpointOf = (header: Header): Checkpoint => ({ height: header.height, hash: headerHash(header) });

export function headerAt(chain: TestChain, height: number): Header {
  const header = chain.blocks[height - 1]?.header;
  if (header === undefined) throw new Error(`the test chain has no block ${height}`);
  return header;
}

export function linkBetween(
  chain: TestChain,
  source: Checkpoint,
  target: Checkpoint,
  voters: readonly TestHospital[],
): SupermajorityLink {
  const signatures = voters.map(({ organization, signer }) => {
    const { signature } = signVote(chain.chainId, organization, { source, target }, signer);
    return { organization, signature };
  });
  return { source, target, signatures };
}

/** That the block at `height` is final by a link from the block at `source` to its direct child. */
export function finalBy(
  chain: TestChain,
  height: number,
  voters: readonly TestHospital[],
  source = height,
): FinalityProof {
  const [from, to] = [headerAt(chain, source), headerAt(chain, source + 1)];
  const votes = [linkBetween(chain, checkpointOf(from), checkpointOf(to), voters)];
  const following = chain.blocks.slice(height, source).map(({ header }) => header);
  return { header: headerAt(chain, height), votes, ...(following.length === 0 ? {} : { following }) };
}

/** @param value of `members` under the newest header. */
export function membersProof(chain: TestChain, header: Header): StateProof {
  const value = decodeValue(chain.state.get(MEMBERS_KEY) ?? new Uint8Array(0));
  return proveState(chain.state, fromHex(header.stateRoot), MEMBERS_KEY, value);
}

export function changeBy(proof: FinalityProof, stateProof: StateProof): MemberChange {
  return { ...proof, stateProof };
}
