// A practitioner's favourite prescriptions, in their order.
import { z } from 'zod';

/** Of one practitioner. */
export const MOST_FAVOURITES = 24;
/** As prescriptions are written. */
const LONGEST_DAYS = 365;

/** How one medicine of the formulary is usually given: its id there (core/care), one of its strengths, when in the day, how long. */
export const favouriteSchema = z.strictObject({
  medicine: z.string().min(1).max(120),
  strength: z.string().min(1).max(60),
  /** Doses in the morning, at noon, at night, or `sos`, `once`, `weekly`. */
  pattern: z.string().regex(/^(?:\d-\d-\d|sos|once|weekly)$/),
  days: z.int().min(1).max(LONGEST_DAYS),
});

const favourites = z.array(favouriteSchema).max(MOST_FAVOURITES);
/** Null as long as none have ever been kept. */
const versionId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .nullable();

/** `GET /api/favourites`: the caller's own. */
export const favouriteListSchema = z.object({ versionId, favourites });
/** `POST /api/favourites`, all of them, none twice; refused with 412 when another version than this has been kept meanwhile. */
export const favouriteChangeSchema = z.strictObject({ versionId, favourites });

export type Favourite = z.infer<typeof favouriteSchema>;
export type FavouriteList = z.infer<typeof favouriteListSchema>;
export type FavouriteChange = z.infer<typeof favouriteChangeSchema>;
