/** The browser's side of the account flows, for programs that act as a person's browser: the demo, tests. */
export { type Connection, createConnection, RequestRefused } from './session/connection.ts';
export type { FlowPorts } from './session/flow-ports.ts';
export {
  aead,
  changePassword,
  checkCode,
  random,
  recover,
  registerByCode,
  registerPatient,
  signIn,
  signOut,
} from './session/flows.ts';
export { Keyring } from './session/keyring.ts';
