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
import type { HeldKey, Keyring } from './keyring.ts';
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
  /** Whether the key speaks for the pseudonym now, by the chain that this browser follows. */
  speaksFor(side: LinkedSide): Promise<boolean>;
}

/** Milliseconds: whoever finds a code later can do nothing with it. */
const GOOD_FOR_MS = 60 * 60_000;
/** Milliseconds that the clocks of two devices may be apart. */
const CLOCKS_APART_MS = 5 * 60_000;

export type LinkCode = { readonly offer: LinkOffer } | { readonly link: PersonLink };

/** What the person carries from one hospital's page to the other's: an offer one way, the link back. */
export function writeLinkCode(code: LinkCode): string {
  return toBase64Url(utf8(JSON.stringify('offer' in code ? code.offer : code.link)));
}

/** Undefined for any other text. */
export function readLinkCode(text: string): LinkCode | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(fromBase64Url(text.trim().replace(/^.*#/, ''))));
  } catch {
    return undefined;
  }
  const link = parsePersonLink(value);
  if (link !== undefined) return { link };
  const offer = parseLinkOffer(value);
  return offer === undefined ? undefined : { offer };
}

/** @throws KeysClosed, LinkRefused `no-key` before the key is bound */
export async function offerLink(keyring: Keyring, now: number, organizationId: string): Promise<LinkOffer> {
  const [held] = keyring.keys;
  if (held === undefined) throw new KeysClosed('No key is open in this tab');
  const unsigned = { chainId: held.chainId, at: now, from: sideOf(held), to: organizationId };
  return { ...unsigned, signature: toHex(await held.key.sign(offerMessage(unsigned))) };
}

/** Confirms an offer of the other hospital and keeps the link here. @throws LinkRefused, RequestRefused */
export async function answerOffer(
  ports: FlowPorts,
  checks: LinkChecks,
  { email, password }: Credentials,
  offer: LinkOffer,
): Promise<PersonLink> {
  const { now } = ports;
  const opened = await prove(ports, email, password);
  const own = await ownSide(opened.contents);
  if (offer.chainId !== own.chainId) throw new LinkRefused('other-chain');
  if (offer.to !== own.side.organizationId) throw new LinkRefused('other-hospital');
  if (!isInTime(offer, now())) throw new LinkRefused('too-old');
  if (!isSignedOffer(checks.verifier, offer)) throw new LinkRefused('signature');
  if (!(await checks.speaksFor(offer.from))) throw new LinkRefused('key-unknown');
  const unsigned = { offer, to: own.side };
  const link = { ...unsigned, signature: toHex(await own.key.sign(linkMessage(unsigned))) };
  await keep(ports, opened, withLink(opened.contents, link, own.side.organizationId));
  return link;
}

/** Keeps what the other hospital's key has confirmed of an offer of this one. @throws LinkRefused, RequestRefused */
export async function keepLink(
  ports: FlowPorts,
  checks: LinkChecks,
  { email, password }: Credentials,
  link: PersonLink,
): Promise<void> {
  const opened = await prove(ports, email, password);
  const { chainId, side } = await ownSide(opened.contents);
  const { from } = link.offer;
  if (link.offer.chainId !== chainId) throw new LinkRefused('other-chain');
  if (from.organizationId !== side.organizationId) throw new LinkRefused('other-hospital');
  if (from.pseudonym !== side.pseudonym || from.publicKey !== side.publicKey) throw new LinkRefused('other-person');
  if (!isInTime(link.offer, ports.now())) throw new LinkRefused('too-old');
  if (!isSignedLink(checks.verifier, link)) throw new LinkRefused('signature');
  if (!(await checks.speaksFor(link.to))) throw new LinkRefused('key-unknown');
  await keep(ports, opened, withLink(opened.contents, link, side.organizationId));
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
