// How accounts come to be: by a one-time code (first administrator, invitation, claim) or by registering oneself; and
// what the administrator sees and does about them.
import { z } from 'zod';
import {
  accountIdSchema,
  codeSchema,
  deskNumberSchema,
  draftSchema,
  emailSchema,
  fhirIdSchema,
  momentSchema,
  opaqueMessageSchema,
  patientProfileSchema,
  personNameSchema,
  personReferenceSchema,
  publicKeySchema,
  roleSchema,
  signatureSchema,
  vaultSchema,
} from './account-values.ts';

export const codeKindSchema = z.enum(['enrolment', 'invitation', 'claim']);

/** `POST /api/codes/check`: what the code is for; a claim code says nothing about whose it is. */
export const codeCheckSchema = z.strictObject({ code: codeSchema });
export const codeCheckedSchema = z.object({
  kind: codeKindSchema,
  role: roleSchema,
  email: z.string().optional(),
  name: z.string().optional(),
  expires: momentSchema,
});

/**
 * `POST /api/registration/start`: by a code (with `email` for a claim, `name` for the first administrator), or by oneself
 * with a profile. `registrationRequest` is OPAQUE's first message (RFC 9807 §5); `publicKey` was made in the browser.
 */
export const registrationStartSchema = z.union([
  z.strictObject({
    code: codeSchema,
    email: emailSchema.optional(),
    name: personNameSchema.optional(),
    publicKey: publicKeySchema,
    registrationRequest: opaqueMessageSchema,
  }),
  z.strictObject({
    profile: patientProfileSchema,
    publicKey: publicKeySchema,
    registrationRequest: opaqueMessageSchema,
  }),
]);

/** `draft` is missing for who registers alone: the key is bound after the desk has checked. */
export const registrationStartedSchema = z.object({
  registrationId: z.string(),
  accountId: accountIdSchema,
  registrationResponse: z.string(),
  draft: draftSchema.optional(),
});

/** `POST /api/registration/finish`: `signature` over the draft's id in the role "new-key". */
export const registrationFinishSchema = z.strictObject({
  registrationId: z.string().max(64),
  registrationRecord: opaqueMessageSchema,
  vault: vaultSchema,
  signature: signatureSchema.optional(),
});
export const registeredSchema = z.object({
  state: z.enum(['active', 'unverified']),
  transactionId: z.string().optional(),
});

/** `POST /api/invitations`, by an administrator; a practitioner is invited with their Practitioner resource. */
export const invitationSchema = z.strictObject({
  role: z.enum(['administrator', 'practitioner']),
  email: emailSchema,
  name: personNameSchema,
  person: personReferenceSchema.optional(),
});

/** The code is shown once; only its hash is kept. `path` is relative to the node's address. */
export const issuedCodeSchema = z.object({ id: z.string(), code: z.string(), path: z.string(), expires: momentSchema });

/** `GET /api/invitations`: codes that are still open; `DELETE /api/invitations/:id` withdraws one. */
export const invitationListSchema = z.object({
  invitations: z.array(
    z.object({
      id: z.string(),
      kind: codeKindSchema,
      role: roleSchema,
      email: z.string().optional(),
      name: z.string().optional(),
      person: personReferenceSchema.optional(),
      createdAt: momentSchema,
      expires: momentSchema,
    }),
  ),
});

export const accountStateSchema = z.enum(['unverified', 'binding', 'active', 'deactivated']);

/**
 * One line of `GET /api/accounts?state=&page=`: 25 lines a page, from 1. `profile` only while unverified; `changed`: who closed
 * it or opened it again last (`POST /api/accounts/:id/deactivate` and `/reactivate`).
 */
export const accountLineSchema = z.object({
  id: accountIdSchema,
  role: roleSchema,
  state: accountStateSchema,
  name: z.string(),
  email: z.string(),
  person: personReferenceSchema.optional(),
  createdAt: momentSchema,
  lastSignInAt: momentSchema.optional(),
  /** A slip for a new key is out, or the key waits. */
  newKeyBegun: z.boolean(),
  profile: patientProfileSchema.optional(),
  changed: z.object({ at: momentSchema, by: z.string() }).optional(),
});
export const accountListSchema = z.object({
  accounts: z.array(accountLineSchema),
  page: z.int().min(1),
  pageSize: z.int().min(1),
  total: z.int().min(0),
});

/**
 * `POST /api/accounts/:id/verify`: the desk has seen the person, who has said the number that the account shows; without `patientId`
 * a Patient is made from the profile.
 */
export const verifyAccountSchema = z.strictObject({ deskNumber: deskNumberSchema, patientId: fhirIdSchema.optional() });
export const accountVerifiedSchema = z.object({ patientId: fhirIdSchema });

/** `GET /api/tokens`, without the tokens: only their hashes are kept. `DELETE /api/tokens/:id` withdraws one. */
export const tokenListSchema = z.object({
  tokens: z.array(
    z.object({
      id: z.string(),
      role: z.enum(['system', 'practitioner', 'patient']),
      person: personReferenceSchema.optional(),
      createdAt: momentSchema,
      expires: momentSchema,
    }),
  ),
});

export type CodeChecked = z.infer<typeof codeCheckedSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
export type IssuedCode = z.infer<typeof issuedCodeSchema>;
export type InvitationList = z.infer<typeof invitationListSchema>;
export type AccountChecked = z.infer<typeof verifyAccountSchema>;
export type AccountLine = z.infer<typeof accountLineSchema>;
export type AccountList = z.infer<typeof accountListSchema>;
export type TokenList = z.infer<typeof tokenListSchema>;
