// The session of this tab. What needs a password is loaded when it is first used: OPAQUE is heavy.
import type { CodeChecked, PatientProfile, Session } from '@clearchart/api';
import type { LinkedSide } from '@clearchart/crypto';
import { createConnection, type Fetch } from './connection.ts';
import type { createFlows } from './flows.ts';
import { type HeldLink, Keyring } from './keyring.ts';
import { joinTabs } from './other-tabs.ts';
import { createPresence, SIGNS } from './presence.ts';
import { createReach } from './reach.ts';
import type { NewKeyMade } from './new-key.ts';
import type { CarriedLink, CarriedOffer, Credentials, LinkChecks, LinkCode, OwnPlace } from './person-links.ts';
import { readSession } from './read-session.ts';
import type { RecoveryStart } from './recover.ts';
import type { CodeRegistration, Registered } from './register.ts';
import type { RecordSignature } from './sign-records.ts';
import type { SignedVersion } from '@clearchart/records';

export type { Registered } from './register.ts';
export type { HeldLink } from './keyring.ts';
export type { LinkChecks, LinkCode, LinkFault } from './person-links.ts';
export type { RecordSignature } from './sign-records.ts';

const network: Fetch = (url, init) => globalThis.fetch(url, init);
let ask = network;

/** On a node that draws a page, requests are answered by the node itself; undefined: by way of the network again. */
export function reachThrough(other: Fetch | undefined): void {
  ask = other ?? network;
}

const presence = createPresence(() => Date.now());
// On a node that draws a page nobody touches anything.
if (typeof window !== 'undefined')
  for (const sign of SIGNS) window.addEventListener(sign, presence.touched, { capture: true, passive: true });

const reach = createReach({
  fetch: (url, init) => ask(url, presence.marked(init)),
  now: () => Date.now(),
  after: (delayMs, act) => void setTimeout(act, delayMs),
});
const connection = createConnection({ fetch: reach.fetch, origin: '' });
const keyring = new Keyring(
  joinTabs((accountId) => {
    if (keyring.owner === undefined) return;
    // The same person again, in another tab: the session is a new one, and so is its token.
    if (accountId === keyring.owner) currentSession().catch(() => {});
    else connection.endSession();
  }),
);
let pinnedChainId: string | undefined;

export const { request, requestJson, onSessionEnded } = connection;
export const { silentSince, watch: watchReach } = reach;

/** From then on nothing is signed for another chain. */
export function expectChain(chainId: string): void {
  pinnedChainId = chainId;
}

let loaded: Promise<ReturnType<typeof createFlows>> | undefined;

function flows(): Promise<ReturnType<typeof createFlows>> {
  loaded ??= import('./flows.ts').then((module) =>
    module.createFlows({ connection, keyring, expectedChainId: () => pinnedChainId }),
  );
  // A chunk that could not be fetched is fetched again at the next try.
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

/** To be called at the first focus of a password field. */
export async function warmUp(): Promise<void> {
  await (await flows()).warmUp();
}

/** The page came with who is signed in: nobody was asked. */
export function adopt(session: Session): void {
  connection.setCsrfToken(session.csrfToken);
  keyring.belongTo(session.accountId);
}

/** Undefined when nobody is signed in here. */
export async function currentSession(): Promise<Session | undefined> {
  const session = await readSession(connection);
  if (session !== undefined) keyring.belongTo(session.accountId);
  return session;
}

export async function signIn(email: string, password: string): Promise<Session> {
  return await (await flows()).signIn(email, password);
}

export async function signOut(): Promise<void> {
  await (await flows()).signOut();
}

export async function checkCode(code: string): Promise<CodeChecked> {
  return await (await flows()).checkCode(code);
}

/** The first administrator (with `name`) or an invited person. */
export async function enrol(code: string, registration: Omit<CodeRegistration, 'code'>): Promise<Registered> {
  return await (await flows()).registerByCode({ code, ...registration });
}

export async function claim(code: string, email: string, password: string): Promise<Registered> {
  return await (await flows()).registerByCode({ code, email, password });
}

export async function registerPatient(profile: PatientProfile, password: string): Promise<Registered> {
  return await (await flows()).registerPatient(profile, password);
}

export async function recover(
  start: RecoveryStart,
  words: string | readonly string[],
  password: string,
): Promise<Session> {
  return await (await flows()).recover(start, words, password);
}

export async function changePassword(email: string, oldPassword: string, newPassword: string): Promise<void> {
  await (await flows()).changePassword(email, oldPassword, newPassword);
}

/** Resolves to the 24 words, which are kept nowhere. */
export async function makeNewWords(email: string, password: string): Promise<readonly string[]> {
  return await (await flows()).makeNewWords(email, password);
}

/** Whether this tab can sign and open drafts now; false after a reload, until the password has been typed. */
export function keysOpen(): boolean {
  return keyring.draftKey !== undefined;
}

/** Of the keys that are open in this tab; 64 hexadecimal digits each. */
export function ownPublicKeys(): string[] {
  return keyring.keys.map(({ key }) => key.publicKey);
}

/** The hospital of the account whose keys are open; undefined while they are closed. */
export function ownHospital(): string | undefined {
  return keyring.keys[0]?.organizationId;
}

/** Who the person is at other hospitals; empty while the keys are closed. */
export function personLinks(): readonly HeldLink[] {
  return keyring.links;
}

export function onKeysChanged(listener: () => void): () => void {
  return keyring.onChange(listener);
}

/** Called before anything of another person than the one before is in this tab. */
export function onParting(listener: () => void): () => void {
  return keyring.onParting(listener);
}

/** @throws KeysClosed when `keysOpen` is false. */
export async function signRecords(chainId: string, versions: readonly SignedVersion[]): Promise<RecordSignature> {
  return await (await import('./sign-records.ts')).signRecords(keyring, chainId, versions);
}

/** Keeps a draft on this device, sealed; false while the keys are closed or the device keeps nothing. */
export async function keepDraft(name: string, value: object): Promise<boolean> {
  // Whoever's key is here when the sealing begins: the tab may become another person's meanwhile.
  const { draftKey } = keyring;
  const { keepDraft: keep } = await import('./sealed-drafts.ts');
  return draftKey !== undefined && keep(draftKey, name, value, Date.now());
}

export async function openDraft(name: string): Promise<{ value: unknown; keptAt: number } | undefined> {
  const { draftKey } = keyring;
  const { openDraft: open } = await import('./sealed-drafts.ts');
  return draftKey === undefined ? undefined : open(draftKey, name);
}

export async function dropDraft(name: string): Promise<void> {
  const { draftKey } = keyring;
  const { dropDraft: drop } = await import('./sealed-drafts.ts');
  if (draftKey !== undefined) drop(draftKey, name);
}

/** With the slip from the desk; it takes effect after seven days. */
export async function makeNewKey(code: string, password: string): Promise<NewKeyMade> {
  return await (await flows()).makeNewKey(code, password);
}

/** Stops a new key that waits for this account. */
export async function vetoNewKey(email: string, password: string): Promise<void> {
  await (await flows()).vetoNewKey(email, password);
}

/** Undefined for a text that is no code of another hospital's page. */
export async function readLinkCode(text: string): Promise<LinkCode | undefined> {
  return (await flows()).readLinkCode(text);
}

/** Before the password is asked for. @throws LinkRefused */
export async function checkLinkCode(checks: LinkChecks, code: LinkCode, own: OwnPlace): Promise<void> {
  await (await flows()).checkLinkCode(checks, code, own);
}

/** A code for the page of the other hospital, good for an hour. @throws KeysClosed */
export async function offerLink(checks: LinkChecks, organizationId: string): Promise<string> {
  return await (await flows()).offerLink(checks, organizationId);
}

/** Keeps the link here, and gives the code that takes it back. @throws LinkRefused */
export async function answerOffer(checks: LinkChecks, login: Credentials, offer: CarriedOffer): Promise<string> {
  return await (await flows()).answerOffer(checks, login, offer);
}

/** @throws LinkRefused */
export async function keepLink(checks: LinkChecks, login: Credentials, link: CarriedLink): Promise<void> {
  await (await flows()).keepLink(checks, login, link);
}

export async function forgetLink(login: Credentials, side: LinkedSide): Promise<void> {
  await (await flows()).forgetLink(login, side);
}
