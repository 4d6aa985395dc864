// Sign-in, sign-out, the devices a person is signed in on, the password and its recovery.
import { z } from 'zod';
import {
  accountIdSchema,
  codeSchema,
  deskNumberSchema,
  draftSchema,
  emailSchema,
  momentSchema,
  opaqueMessageSchema,
  personReferenceSchema,
  publicKeySchema,
  recoveryVaultSchema,
  roleSchema,
  signatureSchema,
  vaultSchema,
} from './account-values.ts';

/**
 * Who is signed in. `unverified`: a patient who registered alone and whom the desk has not checked yet; sees nothing but
 * that, and `deskNumber`, which the desk asks for. `csrfToken` goes into the header `x-csrf-token` of every request that
 * changes something. `keyBound`: the person's public key stands on the ledger (or waits for its block). `lastSignInAt`: the
 * sign-in before this one.
 */
export const sessionSchema = z.object({
  accountId: accountIdSchema,
  role: roleSchema,
  state: z.enum(['active', 'unverified']),
  name: z.string(),
  email: z.string(),
  person: personReferenceSchema.optional(),
  pseudonym: z.string().optional(),
  deskNumber: deskNumberSchema.optional(),
  keyBound: z.boolean(),
  csrfToken: z.string(),
  signedInAt: momentSchema,
  lastSignInAt: momentSchema.optional(),
  expiresAt: momentSchema,
});

/** `GET /api/session`: null when nobody is signed in. */
export const currentSessionSchema = z.object({ session: sessionSchema.nullable() });

/**
 * `POST /api/session/start`: OPAQUE's first message (RFC 9807 §6) twice, for the password that counts and for that of a new
 * key which may be due; unknown e-mails, and accounts without a due key, are answered like the others.
 */
export const signInStartSchema = z.strictObject({
  email: emailSchema,
  startLoginRequest: opaqueMessageSchema,
  startNewKeyLoginRequest: opaqueMessageSchema,
});
export const signInStartedSchema = z.object({
  signInId: z.string(),
  loginResponse: z.string(),
  newKeyLoginResponse: z.string(),
});

/** `POST /api/session/finish`, by the one message that the password answers → a session in a cookie, and the vault that it opens. */
export const signInFinishSchema = z.strictObject({
  signInId: z.string().max(64),
  finishLoginRequest: opaqueMessageSchema,
  withNewKey: z.boolean(),
});
export const signedInSchema = z.object({ session: sessionSchema, vault: vaultSchema });

/** `GET /api/sessions`: where the caller is signed in; `DELETE /api/sessions/:id` ends one, `DELETE /api/session` this one. */
export const sessionListSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      signedInAt: momentSchema,
      seenAt: momentSchema,
      expiresAt: momentSchema,
      current: z.boolean(),
    }),
  ),
});

/** `POST /api/account/password/start` and `/finish`; only within five minutes of a sign-in with the old password. */
export const passwordStartSchema = z.strictObject({ registrationRequest: opaqueMessageSchema });
export const passwordStartedSchema = z.object({ registrationResponse: z.string() });
export const passwordFinishSchema = z.strictObject({ registrationRecord: opaqueMessageSchema, vault: vaultSchema });

/**
 * `POST /api/account/recovery-words`: the stored vault with another wrap for new words; only within five minutes of a sign-in. The
 * words before end.
 */
export const newWordsSchema = z.strictObject({ vault: vaultSchema });

/**
 * `POST /api/account/vault`: other contents under the same wraps; only within five minutes of a sign-in. `replaces`: SHA-256 of `sealed`
 * as the browser has read it; 412 when other contents have been kept meanwhile.
 */
export const vaultContentsSchema = z.strictObject({ vault: vaultSchema, replaces: z.string().regex(/^[0-9a-f]{64}$/) });

/** `POST /api/account/key/start`: the draft that binds the person's key, once the desk has checked who it is. */
export const keyStartedSchema = z.object({ draft: draftSchema });
/** `POST /api/account/key/finish`. */
export const keyFinishSchema = z.strictObject({ signature: signatureSchema, vault: vaultSchema });
export const keyBoundSchema = z.object({ transactionId: z.string() });

/** `GET /api/recovery`: whether a new password begins with a mailed link; else the recovery words alone set it. */
export const recoveryWaySchema = z.object({ byMail: z.boolean() });
/** `POST /api/recovery/mail`: the same answer for known and unknown e-mails; 404 where no mail is sent. */
export const recoveryMailSchema = z.strictObject({ email: emailSchema });

/** `POST /api/recovery/start`, by the code of the mailed link; where no mail is sent by e-mail, unknown ones answered like known. */
export const recoveryStartSchema = z.union([
  z.strictObject({ email: emailSchema, registrationRequest: opaqueMessageSchema }),
  z.strictObject({ code: codeSchema, registrationRequest: opaqueMessageSchema }),
]);
export const recoveryStartedSchema = z.object({
  recoveryId: z.string(),
  accountId: accountIdSchema,
  challenge: z.string(),
  vault: recoveryVaultSchema,
  registrationResponse: z.string(),
});

/** `POST /api/recovery/finish`: the signature is over `recoveryMessage` under the person's key → signed in. */
export const recoveryFinishSchema = z.strictObject({
  recoveryId: z.string().max(64),
  registrationRecord: opaqueMessageSchema,
  vault: vaultSchema,
  publicKey: publicKeySchema,
  signature: signatureSchema,
});

export type Session = z.infer<typeof sessionSchema>;
export type SignedIn = z.infer<typeof signedInSchema>;
export type SessionList = z.infer<typeof sessionListSchema>;
