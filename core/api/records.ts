// What a reader needs to check one record version: the receipt anyone may hold, and the opening only readers get.
import { z } from 'zod';

const hex = z.string().regex(/^[0-9a-f]+$/);

/** `GET /api/records/:type/:id/versions/:versionId/receipt`: strict parsing is the ledger's verifyReceipt. */
export const receiptSchema = z.record(z.string(), z.unknown());

/** Opens a commitment: HMAC-SHA-256(commitmentKey, sealedHash ‖ SHA-256(salt ‖ canonical content)). */
export const openingSchema = z.object({ commitmentKey: hex, sealedHash: hex, salt: hex, content: z.unknown() });

/**
 * `GET /api/records/:type/:id/versions/:versionId`: the content as stored, its opening, its receipt. While the anchor waits
 * for a block there is no receipt yet; `finality` and `transactionId` say how far it is.
 */
export const recordVersionSchema = z.object({
  content: z.record(z.string(), z.unknown()),
  opening: openingSchema,
  transactionId: z.string(),
  finality: z.enum(['pending', 'included', 'final']),
  receipt: receiptSchema.optional(),
});

export type RecordVersion = z.infer<typeof recordVersionSchema>;
export type RecordOpening = z.infer<typeof openingSchema>;
