/** OPAQUE's side of the server (RFC 9807): a message that is not one is the sender's mistake, never a fault of ours. */
import { fromBase64Url } from '@clearchart/crypto';
import { client, server } from '@serenity-kit/opaque';
import { ApiError } from '../http/errors.ts';
import type { AccountStore } from './store.ts';

const FINISH_BYTES = 64;

function orMalformed<Result>(work: () => Result): Result {
  try {
    return work();
  } catch {
    throw new ApiError('opaque-malformed');
  }
}

export function answerRegistration(store: AccountStore, userIdentifier: string, registrationRequest: string): string {
  const serverSetup = store.opaqueSetup();
  return orMalformed(() => server.createRegistrationResponse({ serverSetup, userIdentifier, registrationRequest }))
    .registrationResponse;
}

/** Reads the record as a sign-in would. @throws ApiError */
export function checkPasswordRecord(store: AccountStore, registrationRecord: string): void {
  const serverSetup = store.opaqueSetup();
  const { startLoginRequest } = client.startLogin({ password: '' });
  orMalformed(() => server.startLogin({ serverSetup, userIdentifier: '', registrationRecord, startLoginRequest }));
}

/** Without a record the answer is made up and looks the same (RFC 9807 §10.9). */
export function answerSignIn(
  store: AccountStore,
  userIdentifier: string,
  registrationRecord: string | undefined,
  startLoginRequest: string,
): { readonly loginResponse: string; readonly serverLoginState: string } {
  const serverSetup = store.opaqueSetup();
  return orMalformed(() =>
    server.startLogin({
      serverSetup,
      userIdentifier,
      registrationRecord: registrationRecord ?? null,
      startLoginRequest,
    }),
  );
}

/** Whether the password was the account's. @throws ApiError when the message is not one. */
export function checkSignIn(serverLoginState: string, finishLoginRequest: string): boolean {
  const bytes = orMalformed(() => fromBase64Url(finishLoginRequest));
  if (bytes.length !== FINISH_BYTES) throw new ApiError('opaque-malformed');
  try {
    server.finishLogin({ serverLoginState, finishLoginRequest });
    return true;
  } catch {
    return false;
  }
}
