// OPAQUE in the browser (RFC 9807): the password stays here; what leaves tells nothing about it.
import { fromBase64Url } from '@clearchart/crypto';
import { client, ready } from '@serenity-kit/opaque';

export type KeyStretching = NonNullable<Parameters<typeof client.finishLogin>[0]['keyStretching']>;

/** Argon2id with 64 MiB and 3 passes (RFC 9106 §4): about a second on a phone. */
const KEY_STRETCHING: KeyStretching = 'memory-constrained';

/** The same letters typed on two keyboards are one password. */
const normal = (password: string): string => password.normalize('NFKC');

export interface NewPassword {
  readonly registrationRequest: string;
  finish(registrationResponse: string): { registrationRecord: string; exportKey: Uint8Array };
}

export async function newPassword(text: string, keyStretching = KEY_STRETCHING): Promise<NewPassword> {
  await ready;
  const password = normal(text);
  const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
  return {
    registrationRequest,
    finish(registrationResponse) {
      const { registrationRecord, exportKey } = client.finishRegistration({
        password,
        clientRegistrationState,
        registrationResponse,
        keyStretching,
      });
      return { registrationRecord, exportKey: fromBase64Url(exportKey) };
    },
  };
}

export interface PasswordProof {
  readonly startLoginRequest: string;
  /** Undefined when the password is not the account's. */
  finish(loginResponse: string): { finishLoginRequest: string; exportKey: Uint8Array } | undefined;
}

export async function provePassword(text: string, keyStretching = KEY_STRETCHING): Promise<PasswordProof> {
  await ready;
  const password = normal(text);
  const { clientLoginState, startLoginRequest } = client.startLogin({ password });
  return {
    startLoginRequest,
    finish(loginResponse) {
      const done = client.finishLogin({ password, clientLoginState, loginResponse, keyStretching });
      if (done === undefined) return undefined;
      return { finishLoginRequest: done.finishLoginRequest, exportKey: fromBase64Url(done.exportKey) };
    },
  };
}

/** Fetches and prepares OPAQUE, so that the first sign-in does not wait for it. */
export async function warmUp(): Promise<void> {
  await ready;
}
