/** A practitioner at work: invited by the desk, and booked by whoever holds the hospital's own token. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { type Founding, type Hospital, Hospitals, type People } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { claimRecord, enrol, issueClaimCode, type Visitor, visitor } from './person.fixture.ts';

export interface Doctor {
  readonly name: string;
  readonly family: string;
  readonly email: string;
  readonly password: string;
}

/** Whom the journeys invite, when nothing hangs on who it is. */
export const DOCTOR: Doctor = {
  name: 'Dr Leela Bose',
  family: 'Bose',
  email: 'leela.bose@city.example',
  password: 'copper-orchard-river-936',
};

/** The administrator invites, the practitioner enrols from the link and lands on the list of today. */
export async function inviteDoctor(desk: Page, page: Page, doctor: Doctor): Promise<void> {
  await desk.goto('/registry');
  await desk.getByText('Staff', { exact: true }).click();
  await desk.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(doctor.name);
  await dialog.getByLabel('E-mail').fill(doctor.email);
  await dialog.getByLabel('Specialty').selectOption('general-medicine');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = (await dialog.getByText('/enrol#').textContent()) ?? '';
  await enrol(page, link, { password: doctor.password });
  await page.waitForURL(/\/today$/);
}

export async function fhir(
  hospital: Hospital,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${hospital.url}/fhir/R4/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await hospital.token('system')}`,
      'content-type': 'application/fhir+json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

export const DESK = { name: 'Farida Shaikh', password: 'saffron-lantern-harbour-930' };
export const MEERA = { email: 'meera.kulkarni@mail.example', password: 'sparrow-marigold-temple-918' };

export interface Clinic {
  readonly browser: Browser;
  readonly hospital: Hospital;
  readonly patients: People;
  readonly desk: Visitor;
  /** Meera Kulkarni. */
  readonly patient: Visitor;
  readonly doctor: Visitor;
  close(): Promise<void>;
}

/** One hospital with administrator, patient and practitioner, each signed in at a browser of their own. */
export async function openClinic(invited: Doctor, founding: Founding = {}): Promise<Clinic> {
  const hospitals = new Hospitals();
  const [browser, hospital]: [Browser, Hospital] = await Promise.all([
    launchBrowser(),
    hospitals.found('City Hospital', founding),
  ]);
  const patients = await hospital.importPeople();
  const [desk, patient, doctor] = await Promise.all([
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
  ]);
  const { clock } = founding;
  if (clock !== undefined)
    for (const { context } of [desk, patient, doctor]) await context.clock.install({ time: clock.now() });
  await enrol(desk.page, hospital.enrolPath, DESK);
  await claimRecord(patient.page, await issueClaimCode(desk.page, MEERA.email, 'Meera Kulkarni'), MEERA);
  await inviteDoctor(desk.page, doctor.page, invited);
  return {
    browser,
    hospital,
    patients,
    desk,
    patient,
    doctor,
    async close() {
      await browser.close();
      await hospitals.close();
    },
  };
}

export interface Booking {
  readonly patientId: string;
  readonly status: 'booked' | 'arrived';
  readonly minutesFromNow: number;
  readonly reason: string;
}

/** Books for today, as a booking system would: never before midnight; soon after it later instead, still one behind the other. */
export async function book(hospital: Hospital, doctor: Doctor, booking: Booking): Promise<void> {
  const found = await fhir(hospital, 'GET', `Practitioner?family=${doctor.family}`);
  const [entry] = (found['entry'] ?? []) as { resource: { id: string } }[];
  const start = Math.max(
    new Date().setHours(1, 2 * (30 + booking.minutesFromNow), 0, 0),
    Date.now() + booking.minutesFromNow * 60_000,
  );
  await fhir(hospital, 'POST', 'Appointment', {
    resourceType: 'Appointment',
    status: booking.status,
    reasonCode: [{ text: booking.reason }],
    start: new Date(start).toISOString(),
    end: new Date(start + 20 * 60_000).toISOString(),
    participant: [
      { actor: { reference: `Patient/${booking.patientId}` }, status: 'accepted' },
      { actor: { reference: `Practitioner/${entry?.resource.id}` }, status: 'accepted' },
    ],
  });
}

/** Meera Kulkarni has come and waits. */
export function bookArrived({ hospital, patients }: Clinic): Promise<void> {
  return book(hospital, DOCTOR, {
    patientId: patients.meera,
    status: 'arrived',
    minutesFromNow: -20,
    reason: 'Tight chest',
  });
}

/** After a reload the keys are closed; the panel of the visit says so, and the password opens them. */
export async function openKeys(page: Page, doctor: Doctor): Promise<void> {
  await page.getByRole('complementary', { name: 'This visit' }).getByRole('button', { name: 'Open my keys' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open my keys' });
  await dialog.getByLabel('Password', { exact: true }).fill(doctor.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
}
