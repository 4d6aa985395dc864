// "I don't recognise this": what a patient asks about an access, and what the hospital answers.
import { z } from 'zod';

const words = z.string().trim().min(1).max(1_000);

/** `POST /api/patients/:id/accesses/:access/dispute`: 201 with the dispute; the same again answers with the one there is. */
export const disputeRequestSchema = z.strictObject({ words: words.optional() });

/** `POST /api/disputes/:id/answer`, by the desk: once. */
export const disputeAnswerSchema = z.strictObject({ outcome: z.enum(['explained', 'mistake', 'misuse']), words });

export const disputeSchema = z.object({
  id: z.string(),
  /** Id of the access on the ledger, 32 hex digits. */
  access: z.string(),
  words: z.string().optional(),
  /** RFC 3339. */
  askedAt: z.string(),
  answer: z
    .object({ outcome: z.enum(['explained', 'mistake', 'misuse']), words: z.string(), by: z.string(), at: z.string() })
    .optional(),
  /** Of the newest version. */
  transactionId: z.string(),
});

/** `GET /api/patients/:id/disputes`, newest first. */
export const disputeListSchema = z.object({ disputes: z.array(disputeSchema) });

/** `GET /api/disputes?state=open|answered`, by the desk: the oldest first, 100 at most. */
export const deskDisputeListSchema = z.object({
  disputes: z.array(
    disputeSchema.extend({
      patientId: z.string(),
      patientName: z.string(),
      /** Who read, as the patient was told; absent when the hospital cannot open its own line any more. */
      reader: z.string().optional(),
      purpose: z.string().optional(),
      openedAt: z.int().min(0).optional(),
    }),
  ),
});

export type Dispute = z.infer<typeof disputeSchema>;
export type DisputeRequest = z.infer<typeof disputeRequestSchema>;
export type DisputeAnswer = z.infer<typeof disputeAnswerSchema>;
export type DeskDispute = z.infer<typeof deskDisputeListSchema>['disputes'][number];
