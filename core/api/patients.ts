// The patient's own list of accesses, a practitioner's own patients, and the desk's registry lines.
import { z } from 'zod';
import { finalityProofFields, finalitySchema, stateProofSchema } from './ledger.ts';

const ledgerObject = z.record(z.string(), z.unknown());
const milliseconds = z.int().min(0);

/**
 * One line of who saw the record. `entry` and `organization` are hashed as the ledger hashed them; `entry.detail` commits to
 * `opening` (its canonical bytes), so a name the hospital shows cannot differ from the one it declared.
 */
export const accessLineSchema = z.object({
  index: z.int().min(0),
  entry: ledgerObject,
  organization: z.string(),
  organizationName: z.string(),
  practitioner: z.string().optional(),
  role: z.string().optional(),
  opening: ledgerObject.optional(),
  height: z.int().min(0),
  transactionId: z.string(),
});

/** "Complete up to": `time` (ms, block time), shown by a state proof of `complete/<organization>`; null: never reported. */
export const completenessSchema = z.object({
  organization: z.string(),
  name: z.string(),
  time: milliseconds.nullable(),
  stateProof: stateProofSchema,
});

/**
 * `GET /api/patients/:id/accesses?after=N`: entries with index >= N in ledger order, at most 1,000 a call; `count` and
 * `runningHash` of the whole list, shown by `stateProof` (key `accesses/<pseudonym>`) under `header`.
 */
export const accessListSchema = z.object({
  pseudonym: z.string(),
  entries: z.array(accessLineSchema),
  count: z.int().min(0),
  runningHash: z.string(),
  stateProof: stateProofSchema,
  header: ledgerObject,
  ...finalityProofFields,
  completeness: z.array(completenessSchema),
  memberChanges: z.array(ledgerObject),
  genesis: ledgerObject,
});

/** `GET /api/my-patients`: people in a care relationship with the caller that is current now. */
export const myPatientsSchema = z.object({
  patients: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      birthDate: z.string().optional(),
      gender: z.string().optional(),
      relation: z.enum(['care-team', 'encounter', 'appointment']),
      since: z.string().optional(),
      until: z.string().optional(),
    }),
  ),
});

/**
 * One registry line: identity and contact only, never other content. `account`: none (unclaimed), invited (a claim code is
 * open), active, deactivated.
 */
export const registryLineSchema = z.object({
  id: z.string(),
  name: z.string(),
  birthDate: z.string().optional(),
  gender: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  address: z.string().optional(),
  registeredAt: milliseconds,
  versionId: z.string(),
  account: z.enum(['none', 'invited', 'active', 'deactivated']),
  /** The hospital keeps the patient's key. */
  inCustody: z.boolean(),
  finality: finalitySchema,
});

/** `GET /api/registry?query=&page=`: page from 1, 25 lines each; the query is an e-mail, a name, a phone number or an id. */
export const registrySchema = z.object({
  lines: z.array(registryLineSchema),
  page: z.int().min(1),
  pageSize: z.int().min(1),
  total: z.int().min(0),
});

const demoRole = z.enum(['administrator', 'practitioner', 'patient']);

/** Another hospital of the demo: `url`, its origin, only while it is `up`. */
export const demoHospitalSchema = z.object({
  name: z.string(),
  town: z.string(),
  state: z.enum(['starting', 'up', 'stopped']),
  url: z.string().optional(),
  people: z.array(z.object({ name: z.string(), role: demoRole })),
});

/** `GET /api/demo/people` (404 unless this is the demo). */
export const demoPeopleSchema = z.object({
  people: z.array(
    z.object({
      role: demoRole,
      name: z.string(),
      email: z.string(),
      password: z.string(),
      about: z.string().optional(),
      patientId: z.string().optional(),
    }),
  ),
  /** The others on the same ledger. */
  hospitals: z.array(demoHospitalSchema),
  /** Whether there is a tamper lab. */
  hasLab: z.boolean().optional(),
});

/** `GET /api/demo/mailbox` (404 unless this is the demo): letters that were not sent, newest first. */
export const demoMailboxSchema = z.object({
  letters: z.array(
    z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), sentAt: milliseconds }),
  ),
});

export type AccessList = z.infer<typeof accessListSchema>;
export type AccessLine = z.infer<typeof accessLineSchema>;
export type MyPatients = z.infer<typeof myPatientsSchema>;
export type Registry = z.infer<typeof registrySchema>;
export type RegistryLine = z.infer<typeof registryLineSchema>;
export type DemoMailbox = z.infer<typeof demoMailboxSchema>;
export type DemoPeople = z.infer<typeof demoPeopleSchema>;
export type DemoHospital = z.infer<typeof demoHospitalSchema>;
