/** The own visits outside these pages: calendar programs fetch them by an address with a secret; letters remind of them. */
import {
  calendarFeedListSchema,
  calendarFeedMadeSchema,
  remindersChangeSchema,
  remindersSchema,
} from '@clearchart/api';
import { calendarFile, type CalendarVisit, type Clock } from '@clearchart/exchange';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { AccountStore } from '../accounts/index.ts';
import type { JoinedRecords } from '../accesses/index.ts';
import { contentOf, type ClinicalSession } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { Allowance } from './allowance.ts';

const WHO = { access: ['patient', 'practitioner'] } as const;
const DAY_MS = 24 * 60 * 60_000;
/** What a feed holds: what was, for a month, and what is booked ahead. */
const SPAN_MS = { before: 30 * DAY_MS, ahead: 90 * DAY_MS };
const MOST_VISITS = 1_000;
/** A calendar program asks a few times an hour. */
const FETCHES_AN_HOUR = 60;
const HOUR_MS = 60 * 60_000;

export interface CalendarRoutePorts {
  readonly accounts: Pick<AccountStore, 'accounts' | 'feeds'>;
  /** With the hospital's own right: what leaves is decided here. */
  readonly session: ClinicalSession;
  readonly joined: Pick<JoinedRecords, 'sameAs'>;
  readonly clock: Clock;
  /** Name of the hospital. */
  readonly hospital: string;
  readonly sendsMail: boolean;
}

interface Appointment {
  readonly id: string;
  readonly status?: string;
  readonly start?: string;
  readonly end?: string;
  readonly created?: string;
}

const GONE: ReadonlySet<string | undefined> = new Set(['cancelled', 'noshow', 'entered-in-error']);

export const calendarRoutes =
  ({
    accounts: { accounts, feeds },
    session,
    joined,
    clock,
    hospital,
    sendsMail,
  }: CalendarRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const fetches = new Allowance(FETCHES_AN_HOUR, HOUR_MS);

    function accountOf(caller: Caller | undefined) {
      // A token is a program's: what belongs to a person's account is changed by the person.
      const account = caller?.accountId === undefined ? undefined : accounts.byId(caller.accountId);
      if (account === undefined) throw new ApiError('not-found');
      return account;
    }

    app.get(
      '/api/account/reminders',
      { config: WHO, schema: { response: { 200: remindersSchema } } },
      ({ caller }) => ({
        byMail: accountOf(caller).identity.mailReminders !== false,
        possible: sendsMail,
      }),
    );

    app.post(
      '/api/account/reminders',
      { config: WHO, schema: { body: remindersChangeSchema, response: { 200: remindersSchema } } },
      ({ caller, body: { byMail } }) => {
        const account = accountOf(caller);
        accounts.update(account, account.state, { ...account.identity, mailReminders: byMail });
        return { byMail, possible: sendsMail };
      },
    );

    app.get(
      '/api/calendar-feeds',
      { config: WHO, schema: { response: { 200: calendarFeedListSchema } } },
      ({ caller }) => ({
        feeds: feeds.list(accountOf(caller).id),
      }),
    );

    app.post(
      '/api/calendar-feeds',
      {
        config: { ...WHO, again: 'done' },
        schema: { body: z.strictObject({}), response: { 201: calendarFeedMadeSchema } },
      },
      async ({ caller }, reply) => {
        const made = feeds.create(accountOf(caller).id, clock.now());
        if (made === undefined) throw new ApiError('too-many-feeds');
        return await reply.code(201).send({ id: made.id, path: `/api/calendar/${made.secret}.ics` });
      },
    );

    app.delete(
      '/api/calendar-feeds/:id',
      {
        config: WHO,
        schema: { params: z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) }), response: { 200: z.strictObject({}) } },
      },
      ({ caller, params }) => {
        if (!feeds.end(params.id, accountOf(caller).id)) throw new ApiError('not-found');
        return {};
      },
    );

    app.get(
      '/api/calendar/:secret',
      { config: { access: 'public' }, schema: { params: z.object({ secret: z.string().max(100) }) } },
      async ({ params, headers }, reply) => {
        const secret = /^([A-Za-z0-9_-]{43})\.ics$/.exec(params.secret)?.[1];
        const id = secret === undefined ? undefined : feeds.accountOf(secret, clock.now());
        const account = id === undefined ? undefined : accounts.byId(id);
        if (account?.state !== 'active' || account.identity.person === undefined) throw new ApiError('not-found');
        if (!fetches.take(account.id, clock.now())) throw new ApiError('too-many-requests', { retryAfterSeconds: 600 });
        const text = calendarFile(visitsOf(account.identity.person));
        const tag = `"${hash('sha256', text, 'base64url')}"`;
        void reply.header('etag', tag).header('cache-control', 'private, no-cache');
        if (headers['if-none-match'] === tag) return await reply.code(304).send();
        return await reply.type('text/calendar; charset=utf-8').send(text);
      },
    );
    done();

    function visitsOf(person: string): CalendarVisit[] {
      const at = (time: number) => encodeURIComponent(new Date(time).toISOString());
      const [from, until] = [clock.now() - SPAN_MS.before, clock.now() + SPAN_MS.ahead];
      const joinedWith = person.startsWith('Patient/') ? joined.sameAs(person.slice('Patient/'.length)) : [];
      const people = [person, ...joinedWith.map((id) => `Patient/${id}`)].join(',');
      const criteria = `actor=${people}&date=ge${at(from)}&date=lt${at(until)}`;
      return session.find('Appointment', criteria, MOST_VISITS).flatMap(({ content, updated }): CalendarVisit[] => {
        const { id, status, start, end = start } = contentOf<Appointment>({ content });
        if (start === undefined || end === undefined) return [];
        const utc = (time: string | number) => new Date(time).toISOString();
        const visit = { id, start: utc(start), end: utc(end), title: hospital, madeAt: utc(updated) };
        return [{ ...visit, cancelled: GONE.has(status) }];
      });
    }
  };
