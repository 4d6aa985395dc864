/** Booking over HTTP: a patient for the own person, the desk for any. What bothers somebody travels in a body, never in an address. */
import {
  appointmentActSchema,
  appointmentStatusSchema,
  bookedSchema,
  bookSchema,
  fhirIdSchema,
  heldSchema,
  holdSchema,
  suggestionSchema,
  suggestSchema,
} from '@clearchart/api';
import { SPECIALTIES, suggest, symptomById, type SymptomId, type TriageInput } from '@clearchart/care';
import { VISIT_MINUTES } from '@clearchart/exchange';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ClinicalSession } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { answerOf } from '../routes/clinical-answer.ts';
import { parsePatient, type PatientLine } from '../routes/patient-lines.ts';
import { Allowance } from './allowance.ts';
import type { Bookings } from './bookings.ts';

const BOOKERS = { access: ['patient', 'administrator'] } as const;
/** Times shown of one practitioner. */
const MOST_TIMES = 24;
const MOST_DOCTORS = 8;
const YEAR_MS = 365.25 * 86_400_000;
/** Advice and times that one booker may ask for in a minute: a page asks with each tap and pause. */
const SUGGESTIONS_A_MINUTE = 60;
/** Of somebody whose birth date is not known, who is told what an adult is told. */
const ADULT_YEARS = 30;

export interface BookingRoutePorts {
  readonly bookings: Bookings;
  readonly session: ClinicalSession;
  readonly now: () => number;
  readonly emergencyNumber: string;
}

export const bookingRoutes =
  ({ bookings, session, now, emergencyNumber }: BookingRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const suggestions = new Allowance(SUGGESTIONS_A_MINUTE, 60_000);
    app.post(
      '/api/booking/suggest',
      { config: { ...BOOKERS, again: 'reads' }, schema: { body: suggestSchema, response: { 200: suggestionSchema } } },
      ({ caller, body }) => {
        const booker = bookerOf(caller, body.patientId);
        if (!suggestions.take(booker.holder, now())) throw new ApiError('too-many-requests', { retryAfterSeconds: 60 });
        const triage = suggest(triageInput(body.symptoms, body.text, patientOf(booker.patientId)));
        const chosen = SPECIALTIES.find(({ id }) => id === (body.specialty ?? triage.specialties[0]?.specialty));
        if (chosen === undefined) throw new ApiError('bad-request', { detail: 'look at specialty' });
        const doctors = bookings.doctors.of(chosen.id).map((doctor) => {
          const { rules: _rules, location: _location, ...line } = doctor;
          const times = bookings.free(doctor, booker.holder, MOST_TIMES);
          return { ...line, minutes: VISIT_MINUTES, times: times.map(({ start }) => new Date(start).toISOString()) };
        });
        const { count, deskBooksUntil } = bookings.missed(booker.patientId);
        return {
          redFlags: triage.redFlags.map(({ id, advice, why }) => ({ id, advice, why: [...why] })),
          askAbout: [...triage.askAbout],
          specialties: triage.specialties.map(({ specialty, because }) => ({ specialty, because: [...because] })),
          chosen: chosen.id,
          doctors: doctors
            .filter(({ times }) => times.length > 0)
            .toSorted((one, other) => ((one.times[0] ?? '') < (other.times[0] ?? '') ? -1 : 1))
            .slice(0, MOST_DOCTORS),
          emergencyNumber,
          ...(deskBooksUntil === undefined
            ? {}
            : { missed: { count, deskBooksUntil: new Date(deskBooksUntil).toISOString() } }),
        };
      },
    );

    app.post(
      '/api/booking/hold',
      { config: BOOKERS, schema: { body: holdSchema, response: { 200: heldSchema } } },
      async ({ caller, body }) => {
        const holder = holderOf(caller);
        return { until: await bookings.hold(holder, body.role, Date.parse(body.start)) };
      },
    );

    app.post(
      '/api/booking/appointments',
      { config: BOOKERS, schema: { body: bookSchema, response: { 201: bookedSchema } } },
      async ({ caller, body }, reply) => {
        const { holder, patientId, by } = bookerOf(caller, body.patientId);
        const { role, start, symptoms, text, since, replaces } = body;
        knownSymptoms(symptoms);
        const complaint = { symptoms, text, ...(since === undefined ? {} : { since }) };
        const booked = await answerOf(
          bookings.book({ holder, patientId, role, start: Date.parse(start), complaint, replaces, by }),
        );
        return await reply.code(201).send(booked);
      },
    );

    app.post(
      '/api/booking/appointments/:id/status',
      {
        config: BOOKERS,
        schema: {
          params: z.object({ id: fhirIdSchema }),
          body: appointmentActSchema,
          response: { 200: appointmentStatusSchema },
        },
      },
      async ({ caller, params, body }) => {
        const isDesk = caller?.role === 'administrator';
        const patientId = isDesk ? undefined : ownPatient(caller);
        return await answerOf(bookings.change(params.id, body.act, isDesk ? 'desk' : 'patient', patientId));
      },
    );
    done();

    function patientOf(id: string): PatientLine {
      const found = session.resolve(`Patient/${id}`);
      if (found === undefined) throw new ApiError('not-found');
      return parsePatient(found.content);
    }

    function triageInput(symptoms: readonly string[], text: string, { birthDate, gender }: PatientLine): TriageInput {
      const age = (now() - Date.parse(birthDate ?? '')) / YEAR_MS;
      return {
        symptoms: knownSymptoms(symptoms),
        text,
        age: age >= 0 && age <= 150 ? age : ADULT_YEARS,
        sex: gender === 'female' || gender === 'male' || gender === 'other' ? gender : 'unknown',
      };
    }
  };

function knownSymptoms(ids: readonly string[]): SymptomId[] {
  return ids.map((id) => {
    const known = symptomById(id);
    if (known === undefined) throw new ApiError('bad-request', { detail: 'look at symptoms' });
    return known.id;
  });
}

interface Booker {
  readonly holder: string;
  readonly patientId: string;
  readonly by: 'patient' | 'desk';
}

/** A patient books for the own person alone; the desk says for whom. */
function bookerOf(caller: Caller | undefined, patientId: string | undefined): Booker {
  const holder = holderOf(caller);
  if (caller?.role === 'administrator') {
    if (patientId === undefined) throw new ApiError('bad-request', { detail: 'look at patientId' });
    return { holder, patientId, by: 'desk' };
  }
  const own = ownPatient(caller);
  if (patientId !== undefined && patientId !== own) throw new ApiError('not-found');
  return { holder, patientId: own, by: 'patient' };
}

/** A patient is one, with however many pages and tokens. */
function holderOf(caller: Caller | undefined): string {
  if (caller?.role === 'patient') return ownPatient(caller);
  const holder = caller?.accountId ?? caller?.tokenId;
  if (holder === undefined) throw new ApiError('bad-credentials');
  return holder;
}

function ownPatient(caller: Caller | undefined): string {
  if (caller?.person?.startsWith('Patient/') !== true) throw new ApiError('not-found');
  return caller.person.slice('Patient/'.length);
}
