// What the desk does about many people at once, and about people who may be known already.
import { z } from 'zod';
import { emailSchema, fhirIdSchema, personNameSchema } from './account-values.ts';

/** Letters. 5,000 people with every column at its usual length take a fifth of it. */
const LONGEST_LIST = 2_000_000;

/** Somebody known who may be the same person; `because`: name (and birth date), email, phone. */
export const alikeSchema = z.object({
  id: fhirIdSchema,
  name: z.string(),
  birthDate: z.string().optional(),
  because: z.array(z.enum(['name', 'email', 'phone'])),
});

/** `POST /api/patients/alike`, by an administrator: who of the hospital's patients this may be. In a body: addresses are logged elsewhere. */
export const alikeAskedSchema = z.strictObject({
  given: personNameSchema,
  family: personNameSchema,
  birthDate: z.iso.date().optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(40).optional(),
});
export const alikeFoundSchema = z.object({ people: z.array(alikeSchema) });

/**
 * `POST /api/patient-lists/check`, by an administrator: RFC 4180, the first line names the columns. Writes nothing. `faults`: the
 * first 200 by line, of `faultCount`; `known`: the first 500 of `knownCount` lines whose person may be here already; `people`: lines
 * without a fault; `written`: those of them whose people this list, or another with the same line, has written before.
 */
export const patientListSchema = z.strictObject({ csv: z.string().min(1).max(LONGEST_LIST) });
export const patientListCheckedSchema = z.object({
  people: z.int().min(0),
  written: z.int().min(0),
  faultCount: z.int().min(0),
  faults: z.array(
    z.object({
      line: z.int().min(1),
      code: z.string(),
      column: z.string().optional(),
      first: z.int().min(1).optional(),
    }),
  ),
  knownCount: z.int().min(0),
  known: z.array(z.object({ line: z.int().min(1), name: z.string(), alike: z.array(alikeSchema) })),
});

/**
 * `POST /api/patient-lists`: begins to write a list without a fault. Lines whose person may be known are left out unless `alsoKnown`;
 * `expected` is how many the desk was shown: if it is another number by now, nobody is written. The same list again, broken off by
 * whatever, writes only the rest.
 */
export const patientListImportSchema = z.strictObject({
  csv: z.string().min(1).max(LONGEST_LIST),
  alsoKnown: z.boolean(),
  expected: z.int().min(1),
});

/**
 * How far a list has come: `written` of `of` people are on disk, `before` of them before this turn. `id` is also the code of the tag
 * `urn:clearchart:patient-list` of every Patient that the list made.
 */
export const patientListWritingSchema = z.object({
  id: z.string(),
  state: z.enum(['being-written', 'written', 'broken-off']),
  written: z.int().min(0),
  of: z.int().min(0),
  before: z.int().min(0),
  leftOut: z.int().min(0),
});
/** `GET /api/patient-lists/last`: nothing when none was written since the node started. `DELETE` breaks it off. */
export const lastPatientListSchema = z.object({ list: patientListWritingSchema.optional() });

/** `POST /api/practitioners`, by an administrator: into the directory with a specialty, and invited. */
export const newPractitionerSchema = z.strictObject({
  name: personNameSchema,
  email: emailSchema,
  /** As core/care names it. */
  specialty: z.string().max(64),
});

export type Alike = z.infer<typeof alikeSchema>;
export type AlikeAsked = z.infer<typeof alikeAskedSchema>;
export type PatientListChecked = z.infer<typeof patientListCheckedSchema>;
export type PatientListWriting = z.infer<typeof patientListWritingSchema>;
export type NewPractitioner = z.infer<typeof newPractitionerSchema>;
