// From a sealed draft to a block: header, proposer's signature, work.
import { concatBytes, fromHex, labelledHash, sha256, toHex, utf8, type Signer } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type Genesis,
  HEADER_LABEL,
  type Hash,
  type Header,
  type HeaderHash,
  MEMBERS_KEY,
  type MemberSet,
  type OrganizationId,
  type Signature,
  type StateReader,
  chainIdOf,
  decodeValue,
  encodeBlock,
  encodeCanonical,
  headerHash,
  headerSignatureMessage,
  memberOf,
  memberSetHash,
} from '@clearchart/ledger';
import type { Draft } from './draft.ts';
import { NONCE_DIGITS, type NonceSearch } from './nonce-search.ts';

export interface Proposer {
  readonly organization: OrganizationId;
  /** The signer that holds the organization's current key; `undefined` when this node does not have it. */
  signerFor(publicKey: Uint8Array): Signer | undefined;
}

const NO_NONCE = '0'.repeat(NONCE_DIGITS);

/** The header, complete but for the nonce. Throws when this node does not hold the proposer's key: a fault of its set-up. */
export function proposeHeader(draft: Draft, head: BlockParent, genesis: Genesis, proposer: Proposer): Header {
  const { changes, transactionsRoot } = draft.seal();
  const members = membersOf(draft.base);
  const member = memberOf(members, proposer.organization);
  if (member === undefined) throw new Error('This node proposes for an organization that is no member');
  const signer = proposer.signerFor(fromHex(member.publicKey));
  if (signer === undefined) throw new Error('This node does not hold the key its organization has on the ledger');
  const covered = {
    version: 1 as const,
    chainId: chainIdOf(genesis),
    height: draft.height,
    previousHash: head.hash as HeaderHash,
    time: draft.time,
    transactionsRoot,
    stateRoot: toHex(changes.root) as Hash,
    memberSetHash: memberSetHash(members),
    proposer: proposer.organization,
    target: genesis.target,
  };
  const signature = toHex(signer.sign(headerSignatureMessage(covered))) as Signature;
  return { ...covered, nonce: NO_NONCE, signature };
}

/** The bytes that `labelledHash` hashes for the header, with the place of the nonce in them. */
export function nonceSearchOf(header: Header): NonceSearch {
  const canonical = encodeCanonical(header);
  const label = utf8(HEADER_LABEL);
  const before = concatBytes(lengthOf(label), label, lengthOf(canonical));
  const headerBytes = concatBytes(before, canonical);
  if (toHex(sha256(headerBytes)) !== toHex(labelledHash(HEADER_LABEL, canonical))) {
    throw new Error('The bytes to search over are not the bytes the header hash covers');
  }
  const at = new TextDecoder().decode(canonical).indexOf(`"nonce":"${header.nonce}"`);
  return { headerBytes, nonceOffset: before.length + at + '"nonce":"'.length, target: fromHex(header.target) };
}

export type MadeBlock = { block: Block; hash: HeaderHash; bytes: Uint8Array };

export function finishBlock(header: Header, nonce: string, draft: Draft): MadeBlock {
  const block: Block = { header: { ...header, nonce }, transactions: draft.transactions };
  return { block, hash: headerHash(block.header), bytes: encodeBlock(block) };
}

function membersOf(state: StateReader): MemberSet {
  const members = state.get(MEMBERS_KEY);
  if (members === undefined) throw new Error('The state has no member set');
  return decodeValue(members) as MemberSet;
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length >>> 24, bytes.length >>> 16, bytes.length >>> 8, bytes.length);
}
