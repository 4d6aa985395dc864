// A patient without a device: the hospital keeps the key, and the desk writes for the patient what a patient may write.
import { z } from 'zod';

/** `POST /api/patients/:id/custody`, by an administrator who has checked who it is; `shown`: the papers, in words. */
export const custodyAskedSchema = z.strictObject({ shown: z.string().trim().min(1).max(200) });
export const custodyTakenSchema = z.object({});

/** FHIR elements of the Patient, as they shall stand; what is left out stays as it is. */
const detailsSchema = z.strictObject({
  /** Of the Patient that was shown: another one meanwhile refuses the write. */
  versionId: z.string().regex(/^[1-9]\d{0,9}$/),
  telecom: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
  address: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
  contact: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
});

/** Problems told at once, as many as a patient's own form offers. */
const TOLD_AT_MOST = 5;

/** `POST /api/patients/:id/custody/entries`: what the patient said at the desk; written and signed with the kept key. */
export const custodyEntriesSchema = z
  .strictObject({
    details: detailsSchema.optional(),
    told: z.array(z.string().trim().min(1).max(200)).min(1).max(TOLD_AT_MOST).optional(),
  })
  .refine(({ details, told }) => details !== undefined || told !== undefined);
/** `transactionId` anchors the signature. */
export const custodyEntriesWrittenSchema = z.object({ transactionId: z.string() });

export type CustodyEntries = z.infer<typeof custodyEntriesSchema>;
