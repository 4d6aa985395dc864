// Records that may be of one person, and those that the desk has joined.
import { z } from 'zod';
import { fhirIdSchema } from './account-values.ts';
import { registryLineSchema } from './patients.ts';

const reason = z.string().trim().min(3).max(500);
const person = registryLineSchema.pick({
  id: true,
  name: true,
  birthDate: true,
  gender: true,
  email: true,
  phone: true,
  address: true,
  registeredAt: true,
  account: true,
});

/** `GET /api/duplicates?page=`: 20 pairs each, the strongest first. `partial`: there are more patients than were looked at. */
export const duplicatesSchema = z.object({
  pairs: z.array(z.object({ people: z.tuple([person, person]), because: z.array(z.enum(['name', 'email', 'phone'])) })),
  page: z.int().min(1),
  pageSize: z.int().min(1),
  total: z.int().min(0),
  partial: z.boolean(),
});

/** `POST /api/duplicates/apart`, `POST /api/duplicates/apart/take-back` */
export const apartSchema = z.strictObject({ patients: z.tuple([fhirIdSchema, fhirIdSchema]) });

/** `GET /api/duplicates/apart`, newest first. */
export const apartListSchema = z.object({
  pairs: z.array(z.object({ people: z.tuple([person, person]), by: z.string(), at: z.int() })),
});

/** `POST /api/joined-records` */
export const joinSchema = z.strictObject({ survivor: fhirIdSchema, replaced: fhirIdSchema, reason });

/** `POST /api/joined-records/:id/separate`; the id is the replaced one's. */
export const separateSchema = z.strictObject({ reason });

/** `GET /api/joined-records`, newest first. */
export const joinedListSchema = z.object({
  joined: z.array(
    z.object({
      survivor: person,
      replaced: person,
      by: z.string().optional(),
      reason: z.string().optional(),
      /** RFC 3339 */
      at: z.string().optional(),
    }),
  ),
});

export type DuplicatePerson = z.infer<typeof person>;
export type DuplicatePair = z.infer<typeof duplicatesSchema>['pairs'][number];
export type JoinedPairLine = z.infer<typeof joinedListSchema>['joined'][number];
