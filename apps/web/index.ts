// What other programs use of the web app: a person's side of registering, signing in and recovering.
export { browserAead, browserRandom } from './session/aead.ts';
export { type Connection, createConnection, RequestRefused } from './session/connection.ts';
export type { FlowPorts } from './session/flow-ports.ts';
export { Keyring } from './session/keyring.ts';
export { makeNewKey, vetoNewKey } from './session/new-key.ts';
export {
  answerOffer,
  type CarriedLink,
  checkLinkCode,
  forgetLink,
  keepLink,
  type LinkCode,
  LinkRefused,
  offerLink,
  readLinkCode,
  writeLinkCode,
} from './session/person-links.ts';
export { recover } from './session/recover.ts';
export { entropyFromWords, wordsFromEntropy } from './session/recovery-words.ts';
export { checkCode, enrolByCode, type Registered, registerByCode, registerPatient } from './session/register.ts';
export { readSession } from './session/read-session.ts';
export { changePassword, makeNewWords, signIn, signOut } from './session/sign-in.ts';
export { newPassword, provePassword } from './session/password.ts';
