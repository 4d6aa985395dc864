// The session of this tab. What needs a password is loaded when it is first used: OPAQUE is heavy.
import type { CodeChecked, PatientProfile, Session } from '@clearchart/api';
import { createConnection } from './connection.ts';
import type { FlowPorts } from './flow-ports.ts';
import { Keyring } from './keyring.ts';
import type { CodeRegistration, Registered } from './register.ts';

export { RequestRefused } from './connection.ts';
export type { Registered } from './register.ts';

const connection = createConnection({ fetch: (url, init) => globalThis.fetch(url, init), origin: '' });
const keyring = new Keyring();
let pinnedChainId: string | undefined;

export const { request, requestJson, send, onSessionEnded } = connection;

/** From then on nothing is signed for another chain. */
export function expectChain(chainId: string): void {
  pinnedChainId = chainId;
}

async function flows() {
  const { aead, random, ...all } = await import('./flows.ts');
  const ports: FlowPorts = {
    aead,
    random,
    connection,
    keyring,
    now: () => Date.now(),
    expectedChainId: () => pinnedChainId,
  };
  return { ...all, ports };
}

/** To be called at the first focus of a password field. */
export async function warmUp(): Promise<void> {
  await (await flows()).warmUp();
}

export async function currentSession(): Promise<Session | undefined> {
  const { readSession } = await import('./read-session.ts');
  return await readSession(connection);
}

export async function signIn(email: string, password: string): Promise<Session> {
  const { ports, ...flow } = await flows();
  return await flow.signIn(ports, email, password);
}

export async function signOut(): Promise<void> {
  const { ports, ...flow } = await flows();
  await flow.signOut(ports);
}

export async function checkCode(code: string): Promise<CodeChecked> {
  const { ports, ...flow } = await flows();
  return await flow.checkCode(ports, code);
}

/** The first administrator (with `name`) or an invited person. */
export async function enrol(code: string, registration: Omit<CodeRegistration, 'code'>): Promise<Registered> {
  const { ports, ...flow } = await flows();
  return await flow.registerByCode(ports, { code, ...registration });
}

export async function claim(code: string, email: string, password: string): Promise<Registered> {
  const { ports, ...flow } = await flows();
  return await flow.registerByCode(ports, { code, email, password });
}

export async function registerPatient(profile: PatientProfile, password: string): Promise<Registered> {
  const { ports, ...flow } = await flows();
  return await flow.registerPatient(ports, profile, password);
}

export async function recover(email: string, words: string | readonly string[], password: string): Promise<Session> {
  const { ports, ...flow } = await flows();
  return await flow.recover(ports, email, words, password);
}

export async function changePassword(email: string, oldPassword: string, newPassword: string): Promise<void> {
  const { ports, ...flow } = await flows();
  await flow.changePassword(ports, email, oldPassword, newPassword);
}

/** Whether the keys are at hand; after a reload they are not, until the password is given again. */
export function vaultOpen(): boolean {
  return keyring.keys.length > 0;
}
