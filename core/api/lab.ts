// The demo's tamper lab: one letter of one hospital's copy of a block is changed on its disk, and what its node did about it is told.
// A node outside a demo has none of these routes.
import { z } from 'zod';

const organization = z.string().regex(/^[0-9a-f]{32}$/);
const checksum = z.string().regex(/^[0-9a-f]{32}$/);
const height = z.int().min(1);
const milliseconds = z.int().min(0);

/** One hospital's copy of a block as it lies on the disk: the checksum beside it, and that of what is there. Missing when it is not there. */
const labCopySchema = z.object({
  organization,
  name: z.string(),
  kept: checksum.optional(),
  found: checksum.optional(),
});

const labChangeSchema = z.object({
  at: milliseconds,
  before: z.string().length(1),
  after: z.string().length(1),
  /** The file in the folder of blocks, and the byte in it. */
  segment: z.string(),
  offset: z.int().min(0),
});

/** `GET /api/demo/lab`: whose copies can be changed, and up to which block all have them. */
export const labSchema = z.object({
  /** The hospital that is asked. */
  here: organization,
  hospitals: z.array(z.object({ organization, name: z.string() })),
  newest: z.int().min(0),
});

/** `GET /api/demo/lab/blocks/:height?organization=`: the copy of one hospital, its beginning when it is long. */
export const labBlockSchema = z.object({
  text: z.string(),
  /** A change that its hospital has not found yet. */
  change: labChangeSchema.optional(),
  copies: z.array(labCopySchema),
});

/** `POST /api/demo/lab/change`: `position` is of the letter's byte in the block. */
export const labChangeRequestSchema = z.strictObject({
  organization,
  height,
  position: z.int().min(0),
  letter: z.string().regex(/^[A-Za-z0-9]$/),
});
export const labChangedSchema = z.object({ change: labChangeSchema, copies: z.array(labCopySchema) });

/** `POST /api/demo/lab/read`: lets the hospital read its copy, and tells what its log of damage says of it. */
export const labReadRequestSchema = z.strictObject({ organization, height });
export const labReadSchema = z.object({
  finding: z
    .object({
      at: milliseconds,
      /** In the hospital's folder of evidence. */
      folder: z.string(),
      /** Both of the copy in it. */
      kept: checksum.optional(),
      found: checksum.optional(),
      /** Hash of the header that the hospital knows the block by. */
      expected: z.string().optional(),
    })
    .optional(),
  repair: z.object({ at: milliseconds, from: z.string() }).optional(),
  copies: z.array(labCopySchema),
});

export type Lab = z.infer<typeof labSchema>;
export type LabBlock = z.infer<typeof labBlockSchema>;
export type LabCopy = z.infer<typeof labCopySchema>;
export type LabChange = z.infer<typeof labChangeSchema>;
export type LabChangeRequest = z.infer<typeof labChangeRequestSchema>;
export type LabChanged = z.infer<typeof labChangedSchema>;
export type LabRead = z.infer<typeof labReadSchema>;
