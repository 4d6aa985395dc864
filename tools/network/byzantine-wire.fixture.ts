/**
 * The protocol's bytes written a second time, from docs/protocol/ledger.md and peers.md alone: nothing here comes from the product, so that
 * what a liar sends does not pass through our own codec first.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign as ed25519 } from 'node:crypto';

export interface Place {
  readonly height: number;
  readonly hash: string;
}

export interface Key {
  readonly privateKey: KeyObject;
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
}

export type Fields = Record<string, unknown>;
export type Header = Fields & Place2 & { readonly stateRoot: string; readonly memberSetHash: string };
interface Place2 {
  readonly height: number;
  readonly time: number;
}

export const hex = (length: number): string => randomBytes(length).toString('hex');
export const NO_TRANSACTIONS = createHash('sha256').digest('hex');

export function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { privateKey, publicKey: raw.toString('hex') };
}

/** RFC 8785 for what the protocol uses: objects, lists, strings and safe integers. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical((value as Fields)[name])}`);
  return `{${members.join(',')}}`;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
export const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
export const raw = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** L4 */
export function labelled(label: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of [label, ...parts]) {
    const bytes = Buffer.from(part as string);
    hash.update(uint32(bytes.length)).update(bytes);
  }
  return hash.digest();
}

export const signed = (key: Key, message: Buffer): string => ed25519(null, message, key.privateKey).toString('hex');

export function organizationOf({ publicKey }: Key): string {
  return labelled('clearchart/organization/v0', raw(publicKey)).toString('hex').slice(0, 32);
}

/** L67 */
export function application(chainId: string, name: string, address: string, key: Key): Fields {
  const organization = organizationOf(key);
  const claims = { organization, name, publicKey: key.publicKey, address };
  const message = labelled('clearchart/membership-application/v0', raw(chainId), canonical(claims));
  return { ...claims, signature: signed(key, message) };
}

/** L71, in anybody's name and with anybody's key. */
export function vote(chainId: string, organization: string, source: Place, target: Place, key: Key): Fields {
  const covered = { version: 1, chainId, source, target, organization };
  return { ...covered, signature: signed(key, labelled('clearchart/vote/v0', canonical(covered))) };
}

/** L6 to L8: a person enrolled at the organization, without a key. */
export function enrolment(chainId: string, organization: string, key: Key): { id: string; transaction: Fields } {
  const draft = {
    version: 1,
    chainId,
    type: 'enrol-person',
    body: { organization, pseudonym: hex(16), publicKey: null },
    validUntil: Date.now() + 3_600_000,
    nonce: hex(16),
  };
  return signedTransaction(draft, [{ signer: organization, role: 'organization', key }]);
}

/** L7, L8: signatures in the order given, which is the one they are sorted in. */
export function signedTransaction(
  draft: Fields,
  signers: readonly { readonly signer: string; readonly role: string; readonly key: Key }[],
): { id: string; transaction: Fields } {
  const id = createHash('sha256').update(canonical(draft)).digest();
  const signatures = signers.map(({ signer, role, key }) => {
    const message = labelled('clearchart/transaction-signature/v0', id, role);
    return { signer, role, signature: signed(key, message) };
  });
  return { id: id.toString('hex'), transaction: { ...draft, signatures } };
}

/** L36, RFC 9162 §2.1.1: of a block with this transaction alone. */
export function rootOfOne(transaction: Fields): string {
  const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
  return sha256(Buffer.concat([Buffer.from([0]), sha256(Buffer.from(canonical(transaction)))])).toString('hex');
}

export function headerHash(header: Fields): string {
  return labelled('clearchart/header/v0', canonical(header)).toString('hex');
}

export interface BlockFacts {
  readonly chainId: string;
  readonly target: string;
  readonly proposer: string;
  readonly key: Key;
  /** The block before, with its hash. */
  readonly parent: Header & { readonly hash: string };
}

/** What a forger changes, before the proposer's signature or after it. */
export interface Forgery {
  readonly before?: Fields;
  readonly after?: Fields;
  readonly hasNoWork?: boolean;
  readonly transactions?: readonly Fields[];
}

/** An empty block on the parent (L31 to L37), good but for what the forgery says. */
export function block(facts: BlockFacts, forgery: Forgery = {}): { hash: string; block: Fields; header: Header } {
  const { chainId, target, proposer, key, parent } = facts;
  const covered = {
    version: 1,
    chainId,
    height: parent.height + 1,
    previousHash: parent.hash,
    time: Math.max(parent.time + 1, Date.now()),
    transactionsRoot: NO_TRANSACTIONS,
    stateRoot: parent.stateRoot,
    memberSetHash: parent.memberSetHash,
    proposer,
    target,
    ...forgery.before,
  };
  const signature = signed(key, labelled('clearchart/header-signature/v0', canonical(covered)));
  const unmined = { ...covered, signature, ...forgery.after };
  const header = mined(unmined, forgery.hasNoWork === true, target) as Header;
  return { hash: headerHash(header), header, block: { header, transactions: forgery.transactions ?? [] } };
}

const NONCE = '0'.repeat(16);

function mined(unmined: Fields, hasNoWork: boolean, target: string): Fields {
  const text = canonical({ ...unmined, nonce: NONCE });
  const bytes = Buffer.from(text);
  const at = text.indexOf(`"nonce":"${NONCE}"`) + '"nonce":"'.length;
  const label = Buffer.from('clearchart/header/v0');
  const head = Buffer.concat([uint32(label.length), label, uint32(bytes.length), bytes]);
  const start = head.length - bytes.length + at;
  for (let nonce = 0; ; nonce += 1) {
    head.write(nonce.toString(16).padStart(16, '0'), start, 'latin1');
    const isEnough = createHash('sha256').update(head).digest('hex') < target;
    if (isEnough !== hasNoWork) return { ...unmined, nonce: nonce.toString(16).padStart(16, '0') };
  }
}

export interface SignedRequestFacts {
  readonly chainId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly path: string;
  readonly time: number;
  readonly nonce: string;
  readonly bodyHash: string;
}

/** N3 */
export function requestMessage(facts: SignedRequestFacts): Buffer {
  const { chainId, sender, receiver, path, time, nonce, bodyHash } = facts;
  const label = 'clearchart/peer-request/v0';
  return labelled(label, raw(chainId), raw(sender), raw(receiver), path, uint64(time), raw(nonce), raw(bodyHash));
}

/** N9 */
export function answerMessage(request: Buffer, answer: Buffer): Buffer {
  return labelled('clearchart/peer-answer/v0', request, createHash('sha256').update(answer).digest());
}
