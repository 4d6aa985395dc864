// A new key for who has lost password and recovery words: begun at the desk, waiting seven days, in which the old key can veto.
import { z } from 'zod';
import {
  accountIdSchema,
  codeSchema,
  draftSchema,
  momentSchema,
  opaqueMessageSchema,
  publicKeySchema,
  signatureSchema,
  vaultSchema,
} from './account-values.ts';

/** `POST /api/accounts/:id/new-key`, by an administrator who has checked who it is; `shown`: the papers, in words. Answers a code. */
export const newKeyAskedSchema = z.strictObject({ shown: z.string().trim().min(1).max(200) });

/** `POST /api/new-key/start`: `publicKey` was made in the browser; the draft is a `request-key-replacement`. */
export const newKeyStartSchema = z.strictObject({
  code: codeSchema,
  publicKey: publicKeySchema,
  registrationRequest: opaqueMessageSchema,
});
export const newKeyStartedSchema = z.object({
  newKeyId: z.string(),
  accountId: accountIdSchema,
  registrationResponse: z.string(),
  draft: draftSchema,
});

/** `POST /api/new-key/finish`: the signature is over the draft in the role "new-key". Nothing of the account changes yet. */
export const newKeyFinishSchema = z.strictObject({
  newKeyId: z.string().max(64),
  registrationRecord: opaqueMessageSchema,
  vault: vaultSchema,
  signature: signatureSchema,
});
/** About when it takes effect; the block's time decides. */
export const newKeyWaitingSchema = z.object({ effectiveAt: momentSchema });

/** `GET /api/account/new-key`: what waits for the caller's own account. */
export const ownNewKeySchema = z.object({
  waiting: z.object({ askedAt: momentSchema, askedBy: z.string(), effectiveAt: momentSchema }).nullable(),
});

/** `POST /api/account/new-key/veto/start` and `/finish`: signed by the account's present key in the role "person". */
export const vetoStartedSchema = z.object({ draft: draftSchema });
export const vetoFinishSchema = z.strictObject({ signature: signatureSchema });

export type OwnNewKey = z.infer<typeof ownNewKeySchema>;
