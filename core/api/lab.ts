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

/** What happened to one hospital's copy since a letter of it was changed, by its disk and by its node's log of damage. */
const labStorySchema = z.object({
  /** Missing where the change was made before the demo was started anew. */
  change: z
    .object({
      at: milliseconds,
      before: z.string().length(1),
      after: z.string().length(1),
      /** The file in the folder of blocks, and the byte in it. */
      segment: z.string(),
      offset: z.int().min(0),
    })
    .optional(),
  /** When a visitor last let the hospital read it. */
  readAt: milliseconds.optional(),
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
  /** From whom; a name. */
  repair: z.object({ at: milliseconds, from: z.string() }).optional(),
  copies: z.array(labCopySchema),
});

/** `GET /api/demo/lab`: whose copies can be changed, and up to which block all have them. */
export const labSchema = z.object({
  /** The hospital that is asked. */
  here: organization,
  hospitals: z.array(z.object({ organization, name: z.string() })),
  newest: z.int().min(0),
  /** A copy that was changed and is not repaired yet: no other is changed meanwhile. */
  open: z.object({ organization, height }).optional(),
});

/** `GET /api/demo/lab/blocks/:height?organization=`: the copy of one hospital, its beginning when it is long. */
export const labBlockSchema = z.object({ text: z.string(), story: labStorySchema });

/** `POST /api/demo/lab/change`: `position` is of the letter's byte in the block. Answers with the story so far. */
export const labChangeRequestSchema = z.strictObject({
  organization,
  height,
  position: z.int().min(0),
  letter: z.string().regex(/^[A-Za-z0-9]$/),
});

/** `POST /api/demo/lab/read`: lets the hospital read its copy as for any reader. */
export const labReadRequestSchema = z.strictObject({ organization, height });

/** What both answer. */
export const labToldSchema = z.object({ story: labStorySchema });

export type Lab = z.infer<typeof labSchema>;
export type LabBlock = z.infer<typeof labBlockSchema>;
export type LabCopy = z.infer<typeof labCopySchema>;
export type LabStory = z.infer<typeof labStorySchema>;
export type LabTold = z.infer<typeof labToldSchema>;
export type LabChangeRequest = z.infer<typeof labChangeRequestSchema>;
export type LabReadRequest = z.infer<typeof labReadRequestSchema>;
