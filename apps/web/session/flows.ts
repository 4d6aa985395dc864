// Everything that needs OPAQUE or the vault, as one chunk that is fetched late.
import type { PatientProfile } from '@clearchart/api';
import type { LinkedSide, LinkOffer, PersonLink } from '@clearchart/crypto';
import { browserAead, browserRandom } from './aead.ts';
import type { FlowPorts } from './flow-ports.ts';
import { makeNewKey, vetoNewKey } from './new-key.ts';
import { warmUp } from './password.ts';
import {
  answerOffer,
  type Credentials,
  forgetLink,
  keepLink,
  type LinkChecks,
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
    offerLink: async (organizationId: string) =>
      writeLinkCode({ offer: await offerLink(ports.keyring, ports.now(), organizationId) }),
    answerOffer: async (checks: LinkChecks, credentials: Credentials, offer: LinkOffer) =>
      writeLinkCode({ link: await answerOffer(ports, checks, credentials, offer) }),
    keepLink: (checks: LinkChecks, credentials: Credentials, link: PersonLink) =>
      keepLink(ports, checks, credentials, link),
    forgetLink: (credentials: Credentials, side: LinkedSide) => forgetLink(ports, credentials, side),
  };
}
