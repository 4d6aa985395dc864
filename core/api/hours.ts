// When somebody can be booked: hours of the week and times off, as FHIR's PractitionerRole holds them, by the hospital's wall clock.
import { z } from 'zod';
import { specialtyIdSchema } from './booking.ts';

/** Spans of one week. */
const MOST_SPANS = 70;
/** Times off that are not over. */
const MOST_TIMES_OFF = 200;
/** Letters of a reason. */
export const LONGEST_REASON = 200;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const day = z.iso.date();
const moment = z.iso.datetime({ local: true, offset: false, precision: -1 }).length(16);

/** `until` is `24:00` on a whole day alone. */
export const hoursSpanSchema = z
  .strictObject({
    day: z.enum(WEEKDAYS),
    from: z.string().regex(clock),
    until: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/),
  })
  .refine(({ from, until }) => from < until && (until !== '24:00' || from === '00:00'));

/** From a day or minute on, up to and with a day, or up to a minute; an end that is missing is open. */
export const timeOffSchema = z.strictObject({
  from: z.union([day, moment]).optional(),
  until: z.union([day, moment]).optional(),
  reason: z.string().trim().min(1).max(LONGEST_REASON),
});

/** The spans of a day do not overlap. */
const weekSchema = z
  .array(hoursSpanSchema)
  .max(MOST_SPANS)
  .refine((week) => !week.some((one, at) => week.slice(at + 1).some((other) => sharesTime(one, other))));

const hours = { week: weekSchema, timesOff: z.array(timeOffSchema).max(MOST_TIMES_OFF) };

/** `POST /api/hours/:role/check` */
export const hoursCheckSchema = z.strictObject(hours);
/** `POST /api/hours/:role`: refused with 412 when somebody has written another version meanwhile. */
export const hoursChangeSchema = z.strictObject({ versionId: z.string().regex(/^[1-9]\d{0,9}$/), ...hours });

const whose = {
  /** FHIR id of the PractitionerRole. */
  role: z.string(),
  practitioner: z.string(),
  name: z.string(),
  specialty: specialtyIdSchema.optional(),
  place: z.string().optional(),
};

/** `GET /api/hours`: the own roles of a practitioner, all active ones for the desk. */
export const hoursListSchema = z.object({
  roles: z.array(z.object({ ...whose, week: z.array(hoursSpanSchema), timesOff: z.int() })),
});

/** `GET /api/hours/:role`; times off that are over are left out. */
export const roleHoursSchema = z.object({
  ...whose,
  versionId: z.string(),
  week: z.array(hoursSpanSchema),
  timesOff: z.array(timeOffSchema),
  /** IANA name of the zone by which all of it is meant. */
  timeZone: z.string(),
});

/** Booked visits that would no longer be within the hours. Whose they are is asked over FHIR, where it is decided who sees it. */
export const hoursCheckedSchema = z.object({
  visits: z.array(z.object({ id: z.string(), start: z.string(), end: z.string() })),
});

export type HoursSpan = z.infer<typeof hoursSpanSchema>;
export type TimeOff = z.infer<typeof timeOffSchema>;
export type RoleHours = z.infer<typeof roleHoursSchema>;
export type HoursList = z.infer<typeof hoursListSchema>;
export type HoursChecked = z.infer<typeof hoursCheckedSchema>;

function sharesTime(one: HoursSpan, other: HoursSpan): boolean {
  return one.day === other.day && one.from < other.until && other.from < one.until;
}
