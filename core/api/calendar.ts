// How a person hears of the own visits: letters that remind, and addresses for calendar programs.
import { z } from 'zod';

/** `GET` and `POST /api/account/reminders`; `possible` is false where this hospital sends no mail. */
export const remindersSchema = z.object({ byMail: z.boolean(), possible: z.boolean() });
export const remindersChangeSchema = z.strictObject({ byMail: z.boolean() });

/** `POST /api/calendar-feeds`: `path` holds the secret and is told this once. */
export const calendarFeedMadeSchema = z.object({ id: z.string(), path: z.string() });

/** `GET /api/calendar-feeds`, newest first. Moments in milliseconds. */
export const calendarFeedListSchema = z.object({
  feeds: z.array(z.object({ id: z.string(), createdAt: z.int(), usedAt: z.int().optional() })),
});

export type CalendarFeed = z.infer<typeof calendarFeedListSchema>['feeds'][number];
