/** The session ends in the middle of every form: after signing in on the spot each field still holds what was typed, and is sent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { bookArrived, type Clinic, DESK, DOCTOR, MEERA, openClinic } from './clinic.fixture.ts';

const PASSWORDS = {
  desk: DESK.password,
  patient: MEERA.password,
  doctor: DOCTOR.password,
} as const;
type Who = keyof typeof PASSWORDS;

interface Form {
  readonly what: string;
  readonly who: Who;
  /** What a person does to stand before the form. */
  readonly reach: (page: Page) => Promise<void>;
  /** Fields by their label, with what is typed or chosen. */
  readonly fields: readonly (readonly [label: string, value: string])[];
  /** What the fields are looked for in. */
  readonly inside: (page: Page) => Locator;
  readonly send: (page: Page) => Promise<void>;
  /** Seen only when it was stored. */
  readonly stored: (page: Page) => Promise<void>;
}

let clinic: Clinic;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  await bookArrived(clinic);
});

after(async () => {
  await clinic?.close();
});

const main = (page: Page) => page.locator('main');
const dialog = (page: Page) => page.getByRole('dialog').first();
const panel = (page: Page) => page.getByRole('complementary', { name: 'This visit' });

const again = (page: Page) => page.getByRole('dialog', { name: 'Please sign in' });

/** Presses it, unless the way back in has come up meanwhile: the page beneath is hidden then. */
async function press(page: Page, button: Locator): Promise<void> {
  await button.or(again(page)).first().waitFor();
  if (await again(page).isVisible()) return;
  await button.click({ timeout: 5_000 }).catch(async (fault: unknown) => {
    if (!(await again(page).isVisible())) throw fault;
  });
}

async function reviewAndSeal(page: Page): Promise<void> {
  const seal = page.getByRole('button', { name: 'Seal it' });
  if (!(await seal.isVisible())) await page.getByRole('button', { name: /^Review \S+ changes?$/ }).click();
  await press(page, seal);
}

async function hoursOfDoctor(page: Page): Promise<void> {
  await page.goto('/schedule/hours');
  await page.getByRole('link', { name: DOCTOR.name }).click();
}

const FORMS: readonly Form[] = [
  {
    what: 'the profile',
    who: 'patient',
    reach: async (page) => void (await page.goto('/me/profile')),
    fields: [
      ['House and street', '9 Lake View'],
      ['Town', 'Nashik'],
    ],
    inside: main,
    send: reviewAndSeal,
    stored: (page) => page.getByRole('heading', { name: 'Sealed', exact: true }).waitFor(),
  },
  {
    what: 'what a patient tells in the own words',
    who: 'patient',
    reach: async (page) => void (await page.goto('/me/problems')),
    fields: [['Illness 1', 'Hay fever, every March']],
    inside: main,
    send: reviewAndSeal,
    stored: (page) => page.getByText('Hay fever, every March').first().waitFor(),
  },
  {
    what: 'a booking',
    who: 'patient',
    async reach(page) {
      await page.goto('/book');
      await page.getByText('Cough', { exact: true }).first().click();
    },
    fields: [['In your own words', 'Since the weekend, worse at night.']],
    inside: main,
    async send(page) {
      const held = page.getByText(/is held for you until/);
      const times = page.getByRole('group', { name: /^Times with/ }).getByRole('button', { name: /^\d\d:\d\d$/ });
      if (!(await held.isVisible())) await times.first().click();
      await press(page, page.getByRole('button', { name: 'Book this visit' }));
    },
    stored: (page) => page.getByRole('heading', { name: 'Your visit is booked' }).waitFor(),
  },
  {
    what: 'a new patient at the desk',
    who: 'desk',
    async reach(page) {
      await page.goto('/registry');
      await page.getByRole('button', { name: 'New patient' }).click();
    },
    fields: [
      ['Given name', 'Asha'],
      ['Family name', 'Nene'],
      ['Born on', '1990-02-11'],
      ['Gender', 'female'],
      ['House and street', '9 Lake View'],
      ['Town', 'Pune'],
    ],
    inside: dialog,
    send: (page) => dialog(page).getByRole('button', { name: 'Add the patient' }).click(),
    stored: (page) => page.getByRole('row').filter({ hasText: 'Asha Nene' }).waitFor(),
  },
  {
    what: 'an invitation',
    who: 'desk',
    async reach(page) {
      await page.goto('/registry');
      await page.getByText('Staff', { exact: true }).click();
      await page.getByRole('button', { name: 'Invite somebody' }).click();
    },
    fields: [
      ['Name', 'Dr Leela Menon'],
      ['E-mail', 'leela.menon@city.example'],
      ['Specialty', 'cardiology'],
    ],
    inside: dialog,
    send: (page) => dialog(page).getByRole('button', { name: 'Make the invitation' }).click(),
    stored: (page) => dialog(page).locator('.issued-code').waitFor(),
  },
  {
    what: 'the hours of a week',
    who: 'desk',
    async reach(page) {
      await hoursOfDoctor(page);
      await page.getByRole('button', { name: 'Add hours on Monday' }).click();
    },
    fields: [
      ['Monday, hours 1: from', '10:15'],
      ['Monday, hours 1: until', '12:35'],
    ],
    inside: main,
    send: (page) => page.getByRole('button', { name: 'Save hours' }).click(),
    stored: (page) => page.getByText('Saved. New times are offered from now on.').waitFor(),
  },
  {
    what: 'a time off',
    who: 'desk',
    reach: hoursOfDoctor,
    fields: [
      ['First day', '2099-01-04'],
      ['Last day', '2099-01-09'],
      ['Reason', 'A course in Pune'],
    ],
    inside: main,
    send: (page) => page.getByRole('button', { name: 'Block this time' }).click(),
    stored: (page) => page.getByText('Blocked. Nobody is offered a time in it.').waitFor(),
  },
  {
    what: 'the note of a visit',
    who: 'doctor',
    async reach(page) {
      await page.getByRole('link', { name: 'Start the visit' }).click();
    },
    fields: [['Note', 'Tight chest on two flights of stairs for ten days.']],
    inside: panel,
    async send(page) {
      const seal = page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' });
      if (!(await seal.isVisible())) await panel(page).getByRole('button', { name: 'Finish & seal' }).click();
      await press(page, seal);
    },
    stored: (page) => panel(page).getByText('Signed by you').waitFor(),
  },
];

async function fill(field: Locator, value: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
  else await field.fill(value);
}

for (const { what, who, reach, fields, inside, send, stored } of FORMS) {
  test(`a session that ends in the middle of ${what} loses no field`, async () => {
    const { page, context } = clinic[who];
    await reach(page);
    for (const [label, value] of fields) await fill(inside(page).getByLabel(label, { exact: true }), value);
    await context.clearCookies();
    await send(page);
    const asked = again(page);
    await asked.getByText('what you typed is kept').waitFor();
    await asked.getByLabel('Password', { exact: true }).fill(PASSWORDS[who]);
    await asked.getByRole('button', { name: 'Sign in' }).click();
    await asked.waitFor({ state: 'hidden' });
    for (const [label, value] of fields) {
      const field = inside(page).getByLabel(label, { exact: true });
      if (await field.isVisible()) assert.equal(await field.inputValue(), value, label);
      else await page.getByText(value).first().waitFor();
    }
    await send(page);
    await stored(page);
  });
}

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.doctor.faults, ...clinic.patient.faults], []);
});
