// One person at two hospitals: the offer that this hospital's key signs, the link that the other's makes of it, and both vaults.
import {
  fromBase64Url,
  fromHex,
  fromUtf8,
  isSignedLink,
  isSignedOffer,
  type LinkedSide,
  linkMessage,
  type LinkOffer,
  MOST_PERSON_LINKS,
  offerMessage,
  otherSide,
  parseLinkOffer,
  parsePersonLink,
  type PersonLink,
  sha256,
  type SignatureVerifier,
  toBase64Url,
  toHex,
  updateVault,
  utf8,
  type VaultContents,
} from '@clearchart/crypto';
import type { FlowPorts } from './flow-ports.ts';
import type { HeldKey } from './keyring.ts';
import { prove } from './sign-in.ts';
import { KeysClosed } from './sign-records.ts';
import { importSigningKey } from './signing-key.ts';

export type LinkFault =
  | 'not-a-code'
  | 'other-chain'
  | 'other-hospital'
  | 'other-person'
  | 'signature'
  | 'too-old'
  | 'key-unknown'
  | 'key-changed-there'
  | 'key-changed-here'
  | 'not-here-yet'
  | 'too-many'
  | 'no-key';

/** Nothing was signed or kept. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  readonly fault: LinkFault;
  constructor(fault: LinkFault) {
    super(`This does not link two accounts: ${fault}`);
    this.fault = fault;
  }
}

export interface LinkChecks {
  readonly verifier: SignatureVerifier;
  /** What shows that the own key speaks for the own pseudonym; asked of the hospital that knows it anyway. */
  proofOf(pseudonym: string): Promise<unknown>;
  /** Who the own pseudonym is by the chain that this browser follows; undefined when that does not tell yet. */
  ownPlace(pseudonym: string): Promise<OwnPlace | undefined>;
  /**
   * Whether the proof shows it of the other side, by the chain that this browser follows; undefined when that does not reach so far yet.
   * No hospital is asked about that side.
   */
  speaksFor(side: LinkedSide, proof: unknown): Promise<'yes' | 'key-changed' | 'no' | undefined>;
}

/** The person here, and on which chain. */
export interface OwnPlace {
  readonly chainId: string;
  readonly side: LinkedSide;
}

/** Milliseconds: whoever finds a code later can do nothing with it. */
const GOOD_FOR_MS = 60 * 60_000;
/** Milliseconds that the clocks of two devices may be apart. */
const CLOCKS_APART_MS = 5 * 60_000;

/** What the person carries from one hospital's page to the other's: an offer one way, the link back, each with the proof of its maker's key. */
export type LinkCode = CarriedOffer | CarriedLink;
export interface CarriedOffer {
  readonly offer: LinkOffer;
  readonly proof: unknown;
}
export interface CarriedLink {
  readonly link: PersonLink;
  readonly proof: unknown;
}

/** Letters; some 3,000 are usual. */
const LONGEST_CODE = 64 * 1024;

export function writeLinkCode(code: LinkCode): string {
  return toBase64Url(utf8(JSON.stringify(code)));
}

/** Undefined for any other text. */
export function readLinkCode(text: string): LinkCode | undefined {
  if (text.length > LONGEST_CODE) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(fromBase64Url(text.trim().replace(/^.*#/, ''))));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('proof' in value)) return undefined;
  const { proof } = value;
  const offer = 'offer' in value ? parseLinkOffer(value.offer) : undefined;
  const link = 'link' in value ? parsePersonLink(value.link) : undefined;
  if (offer !== undefined) return { offer, proof };
  return link === undefined ? undefined : { link, proof };
}

/** @throws KeysClosed, LinkRefused `no-key` before the key is bound */
export async function offerLink(
  { keyring, now }: Pick<FlowPorts, 'keyring' | 'now'>,
  checks: LinkChecks,
  organizationId: string,
): Promise<CarriedOffer> {
  const [held] = keyring.keys;
  if (held === undefined) throw new KeysClosed('No key is open in this tab');
  const from = sideOf(held);
  const unsigned = { chainId: held.chainId, at: now(), from, to: organizationId };
  const offer = { ...unsigned, signature: toHex(await held.key.sign(offerMessage(unsigned))) };
  return { offer, proof: await checks.proofOf(from.pseudonym) };
}

/**
 * What a code says is checked before the password is asked for: nobody types it for a code that would be refused. All of it is checked
 * once more when something is signed or kept.
 * @throws LinkRefused
 */
export async function checkLinkCode(checks: LinkChecks, code: LinkCode, own: OwnPlace, now: number): Promise<void> {
  const offer = 'offer' in code ? code.offer : code.link.offer;
  if (offer.chainId !== own.chainId) throw new LinkRefused('other-chain');
  const here = 'offer' in code ? offer.to : offer.from.organizationId;
  if (here !== own.side.organizationId) throw new LinkRefused('other-hospital');
  if ('link' in code && offer.from.pseudonym !== own.side.pseudonym) throw new LinkRefused('other-person');
  if (!isInTime(offer, now)) throw new LinkRefused('too-old');
  const isSigned = 'offer' in code ? isSignedOffer(checks.verifier, offer) : isSignedLink(checks.verifier, code.link);
  if (!isSigned) throw new LinkRefused('signature');
  if ('link' in code && offer.from.publicKey !== own.side.publicKey) throw new LinkRefused('key-changed-here');
  await checkKey(checks, 'offer' in code ? offer.from : code.link.to, code.proof);
}

/** Confirms an offer of the other hospital and keeps the link here. @throws LinkRefused, RequestRefused */
export async function answerOffer(
  ports: FlowPorts,
  checks: LinkChecks,
  { email, password }: Credentials,
  { offer, proof }: CarriedOffer,
): Promise<CarriedLink> {
  const opened = await prove(ports, email, password);
  const own = await ownSide(opened.contents);
  await checkLinkCode(checks, { offer, proof }, own, ports.now());
  const unsigned = { offer, to: own.side };
  const link = { ...unsigned, signature: toHex(await own.key.sign(linkMessage(unsigned))) };
  const ownProof = await checks.proofOf(own.side.pseudonym);
  await keep(ports, opened, withLink(opened.contents, link, own.side.organizationId));
  return { link, proof: ownProof };
}

/** Keeps what the other hospital's key has confirmed of an offer of this one. @throws LinkRefused, RequestRefused */
export async function keepLink(
  ports: FlowPorts,
  checks: LinkChecks,
  { email, password }: Credentials,
  { link, proof }: CarriedLink,
): Promise<void> {
  const opened = await prove(ports, email, password);
  const own = await ownSide(opened.contents);
  await checkLinkCode(checks, { link, proof }, own, ports.now());
  await keep(ports, opened, withLink(opened.contents, link, own.side.organizationId));
}

/** Forgets a link in this vault; what the other one holds stays there. @throws RequestRefused */
export async function forgetLink(
  ports: FlowPorts,
  { email, password }: Credentials,
  { organizationId, pseudonym }: LinkedSide,
): Promise<void> {
  const opened = await prove(ports, email, password);
  const { side } = await ownSide(opened.contents);
  const links = (opened.contents.links ?? []).filter((link) => {
    const other = otherSide(link, side.organizationId);
    return other.organizationId !== organizationId || other.pseudonym !== pseudonym;
  });
  await keep(ports, opened, { ...opened.contents, links });
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

async function checkKey(checks: LinkChecks, side: LinkedSide, proof: unknown): Promise<void> {
  const speaks = await checks.speaksFor(side, proof);
  if (speaks === undefined) throw new LinkRefused('not-here-yet');
  if (speaks !== 'yes') throw new LinkRefused(speaks === 'no' ? 'key-unknown' : 'key-changed-there');
}

type Opened = Awaited<ReturnType<typeof prove>>;

async function keep(ports: FlowPorts, opened: Opened, contents: VaultContents): Promise<void> {
  const { session, vault, vaultKey } = opened;
  await ports.connection.send('/api/account/vault', {
    vault: updateVault(ports, session.accountId, vault, vaultKey, contents),
    replaces: toHex(sha256(utf8(vault.sealed))),
  });
  await ports.keyring.fill(session.accountId, contents);
}

/** The same pseudonym again takes the place of its older link: its key may be a new one. */
function withLink(contents: VaultContents, link: PersonLink, organizationId: string): VaultContents {
  const { pseudonym } = otherSide(link, organizationId);
  const others = (contents.links ?? []).filter((one) => otherSide(one, organizationId).pseudonym !== pseudonym);
  if (others.length >= MOST_PERSON_LINKS) throw new LinkRefused('too-many');
  return { ...contents, links: [...others, link] };
}

async function ownSide({ keys }: VaultContents) {
  const [held] = keys;
  if (held === undefined) throw new LinkRefused('no-key');
  const key = await importSigningKey(fromHex(held.seed));
  return { chainId: held.chainId, key, side: sideOf({ ...held, key }) };
}

function sideOf({ organizationId, pseudonym, key }: HeldKey): LinkedSide {
  if (pseudonym === null) throw new LinkRefused('no-key');
  return { organizationId, pseudonym, publicKey: key.publicKey };
}

function isInTime({ at }: LinkOffer, now: number): boolean {
  return at <= now + CLOCKS_APART_MS && now <= at + GOOD_FOR_MS;
}
