// Everything that needs OPAQUE or the vault, as one chunk that is fetched late.
export { browserAead as aead, browserRandom as random } from './aead.ts';
export { warmUp } from './password.ts';
export { recover } from './recover.ts';
export { checkCode, registerByCode, registerPatient } from './register.ts';
export { changePassword, signIn, signOut } from './sign-in.ts';
