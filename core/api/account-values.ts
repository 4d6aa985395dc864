// Values that the account routes share; limits are in letters unless their name says otherwise.
import { z } from 'zod';

const LONGEST_OPAQUE_MESSAGE = 2_048;
const LONGEST_SEALED_VAULT = 64 * 1024;

export const emailSchema = z.email().max(254);
export const personNameSchema = z.string().trim().min(1).max(200);
/** 26 letters of Crockford's base 32, as typed: one that lost some is answered like every other that opens nothing. */
export const codeSchema = z.string().min(1).max(64);
export const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/);
export const signatureSchema = z.string().regex(/^[0-9a-f]{128}$/);
export const accountIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
export const opaqueMessageSchema = z
  .string()
  .min(1)
  .max(LONGEST_OPAQUE_MESSAGE)
  .regex(/^[A-Za-z0-9_-]+$/);
export const momentSchema = z.int().min(0);
export const roleSchema = z.enum(['administrator', 'practitioner', 'patient']);
export const fhirIdSchema = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);
/** What somebody who has registered alone says at the desk. */
export const deskNumberSchema = z.string().regex(/^\d{6}$/);
/** A relative reference of FHIR. */
export const personReferenceSchema = z.string().regex(/^(Patient|Practitioner)\/[A-Za-z0-9.-]{1,64}$/);

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const wrapSchema = base64Url.max(256);
const sealedSchema = base64Url.max(LONGEST_SEALED_VAULT);

/** A person's vault as the node keeps it; only the person's browser opens it (@clearchart/crypto, vault). */
export const vaultSchema = z.strictObject({
  version: z.literal(1),
  wraps: z.strictObject({ password: wrapSchema, recovery: wrapSchema }),
  sealed: sealedSchema,
});

/** What stands in the vault for somebody who has lost the password. */
export const recoveryVaultSchema = z.strictObject({
  version: z.literal(1),
  wraps: z.strictObject({ recovery: wrapSchema }),
  sealed: sealedSchema,
});

/** What a patient says about themself when registering; the desk checks it before anything is opened. */
export const patientProfileSchema = z.strictObject({
  name: z.strictObject({ given: personNameSchema, family: personNameSchema }),
  birthDate: z.iso.date(),
  gender: z.enum(['male', 'female', 'other', 'unknown']),
  email: emailSchema,
  mobile: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()-]{5,30}$/),
  address: z.strictObject({
    line: z.string().trim().min(1).max(200),
    city: z.string().trim().min(1).max(100),
    postalCode: z.string().trim().max(20).optional(),
    country: z.string().trim().max(100).optional(),
  }),
});

/** A transaction draft of the ledger; whoever signs it checks it with @clearchart/ledger first. */
export const draftSchema = z.record(z.string(), z.unknown());

export type AccountRole = z.infer<typeof roleSchema>;
export type PatientProfile = z.infer<typeof patientProfileSchema>;
export type StoredVault = z.infer<typeof vaultSchema>;
export type RecoveryVault = z.infer<typeof recoveryVaultSchema>;
