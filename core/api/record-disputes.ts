// "Something is wrong here": what a patient says about one record, and what a practitioner answers. Read as FHIR Tasks.
import { z } from 'zod';

const words = z.string().trim().min(1).max(1_000);

/** `POST /api/records/:type/:id/versions/:versionId/dispute`: 201; with one open already, 201 with that one. */
export const recordDisputeRequestSchema = z.strictObject({ words });

/** `POST /api/record-disputes/:id/answer`: once. */
export const recordAnswerSchema = z.strictObject({ outcome: z.enum(['amended', 'stands']), words });

export const recordDisputeSchema = z.object({
  /** FHIR id of the Task. */
  id: z.string(),
  state: z.enum(['open', 'answered', 'withdrawn']),
  /** Of the newest version. */
  transactionId: z.string(),
});

export type RecordDisputeRequest = z.infer<typeof recordDisputeRequestSchema>;
export type RecordAnswerRequest = z.infer<typeof recordAnswerSchema>;
