// Everything that needs OPAQUE or the vault, as one chunk that is fetched late.
import type { PatientProfile } from '@clearchart/api';
import type { LinkedSide } from '@clearchart/crypto';
import { browserAead, browserRandom } from './aead.ts';
import type { FlowPorts } from './flow-ports.ts';
import { makeNewKey, vetoNewKey } from './new-key.ts';
import { warmUp } from './password.ts';
import {
  answerOffer,
  type CarriedLink,
  type CarriedOffer,
  checkLinkCode,
  type Credentials,
  forgetLink,
  keepLink,
  type LinkChecks,
  type LinkCode,
  type OwnPlace,
  offerLink,
  readLinkCode,
  writeLinkCode,
} from './person-links.ts';
import { recover, type RecoveryStart } from './recover.ts';
import { type CodeRegistration, checkCode, registerByCode, registerPatient } from './register.ts';
import { changePassword, makeNewWords, signIn, signOut } from './sign-in.ts';

export function createFlows(tab: Pick<FlowPorts, 'connection' | 'keyring' | 'expectedChainId'>) {
  const ports: FlowPorts = { ...tab, aead: browserAead, random: browserRandom, now: () => Date.now() };
  return {
    warmUp,
    signIn: (email: string, password: string) => signIn(ports, email, password),
    signOut: () => signOut(ports),
    checkCode: (code: string) => checkCode(ports, code),
    registerByCode: (registration: CodeRegistration) => registerByCode(ports, registration),
    registerPatient: (profile: PatientProfile, password: string) => registerPatient(ports, profile, password),
    recover: (start: RecoveryStart, words: string | readonly string[], password: string) =>
      recover(ports, start, words, password),
    makeNewKey: (code: string, password: string) => makeNewKey(ports, code, password),
    vetoNewKey: (email: string, password: string) => vetoNewKey(ports, email, password),
    makeNewWords: (email: string, password: string) => makeNewWords(ports, email, password),
    changePassword: (email: string, oldPassword: string, newPassword: string) =>
      changePassword(ports, email, oldPassword, newPassword),
    readLinkCode,
    checkLinkCode: (checks: LinkChecks, code: LinkCode, own: OwnPlace) => checkLinkCode(checks, code, own, ports.now()),
    offerLink: async (checks: LinkChecks, organizationId: string) =>
      writeLinkCode(await offerLink(ports, checks, organizationId)),
    answerOffer: async (checks: LinkChecks, credentials: Credentials, offer: CarriedOffer) =>
      writeLinkCode(await answerOffer(ports, checks, credentials, offer)),
    keepLink: (checks: LinkChecks, credentials: Credentials, link: CarriedLink) =>
      keepLink(ports, checks, credentials, link),
    forgetLink: (credentials: Credentials, side: LinkedSide) => forgetLink(ports, credentials, side),
  };
}
