// Booking a visit: from what bothers a person to a specialty, a free time and an appointment.
import { z } from 'zod';
import { fhirIdSchema } from './account-values.ts';

/** Letters of what a person writes about how it feels. */
const LONGEST_WORDS = 2_000;
const MOST_SYMPTOMS = 40;

export const symptomIdSchema = z.string().regex(/^[a-z0-9-]{1,60}$/);
export const specialtyIdSchema = z.string().regex(/^[a-z0-9-]{1,60}$/);
/** FHIR instant: with seconds and a zone. */
export const instantSchema = z.iso.datetime({ offset: true });
export const sinceSchema = z.enum(['today', 'days', 'weeks', 'longer']);

const complaint = {
  symptoms: z.array(symptomIdSchema).max(MOST_SYMPTOMS).default([]),
  text: z.string().max(LONGEST_WORDS).default(''),
  since: sinceSchema.optional(),
};

/** `POST /api/booking/suggest`; `patientId` by an administrator only, for whom it is needed. */
export const suggestSchema = z.strictObject({
  ...complaint,
  patientId: fhirIdSchema.optional(),
  /** Times of this one; the first that is suggested when it is missing. */
  specialty: specialtyIdSchema.optional(),
});

export const doctorSchema = z.object({
  /** FHIR id of the PractitionerRole. */
  role: z.string(),
  practitioner: z.string(),
  name: z.string(),
  specialty: z.string(),
  place: z.string().optional(),
  /** BCP 47. */
  languages: z.array(z.string()),
});

export const suggestionSchema = z.object({
  redFlags: z.array(z.object({ id: z.string(), advice: z.enum(['emergency', 'today']), why: z.array(z.string()) })),
  askAbout: z.array(z.string()),
  specialties: z.array(z.object({ specialty: z.string(), because: z.array(z.string()) })),
  chosen: z.string(),
  doctors: z.array(doctorSchema.extend({ times: z.array(z.string()), minutes: z.int() })),
  emergencyNumber: z.string(),
  /** Visits that the person did not come to, once the desk alone books for that reason; until then (FHIR instant). */
  missed: z.object({ count: z.int(), deskBooksUntil: z.string() }).optional(),
});

const time = { role: fhirIdSchema, start: instantSchema };

/** `POST /api/booking/hold`: nobody else is offered this time until `until` (milliseconds). */
export const holdSchema = z.strictObject(time);
export const heldSchema = z.object({ until: z.int() });

/** `POST /api/booking/appointments`. `replaces` moves a visit: both or none. */
export const bookSchema = z.strictObject({
  ...time,
  ...complaint,
  patientId: fhirIdSchema.optional(),
  replaces: fhirIdSchema.optional(),
});

export const bookedSchema = z.object({
  appointmentId: z.string(),
  versionId: z.string(),
  start: z.string(),
  end: z.string(),
  doctor: doctorSchema,
  transactionId: z.string().optional(),
});

/** `POST /api/booking/appointments/:id/status` */
export const appointmentActSchema = z.strictObject({ act: z.enum(['check-in', 'no-show', 'cancel', 'take-back']) });
export const appointmentStatusSchema = z.object({ status: z.string(), versionId: z.string() });

export type Suggestion = z.infer<typeof suggestionSchema>;
export type Doctor = z.infer<typeof doctorSchema>;
export type Booked = z.infer<typeof bookedSchema>;
