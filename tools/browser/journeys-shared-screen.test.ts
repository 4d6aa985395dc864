/** Two practitioners at one screen: what the first was writing is unseen once the session has ended, stays with its owner, and is nothing to the second. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { book, bookArrived, type Clinic, type Doctor, DOCTOR, inviteDoctor, openClinic } from './clinic.fixture.ts';
import { signIn, visitor } from './person.fixture.ts';

const SECOND: Doctor = {
  name: 'Dr Arun Dalvi',
  family: 'Dalvi',
  email: 'arun.dalvi@city.example',
  password: 'velvet-monsoon-anchor-417',
};
const OTHER_NOTE = 'Palpitations at night, since Tuesday.';
const NOTE = 'Tight chest on two flights of stairs for ten days.';

let clinic: Clinic;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  await bookArrived(clinic);
  const other = await visitor(clinic.browser, clinic.hospital.url);
  await inviteDoctor(clinic.desk.page, other.page, SECOND);
  await other.context.close();
  // Both treat her, so that nothing but the draft's owner keeps the second from the note.
  await book(clinic.hospital, SECOND, {
    patientId: clinic.patients.meera,
    status: 'arrived',
    minutesFromNow: 20,
    reason: 'Second opinion',
  });
});

after(async () => {
  await clinic?.close();
});

const again = (page: Page) => page.getByRole('dialog', { name: 'Please sign in' });
const panel = (page: Page) => page.getByRole('complementary', { name: 'This visit' });
const note = (page: Page) => panel(page).getByLabel('Note', { exact: true });

const sealedDrafts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([name]) => name.startsWith('clearchart.sealed.'))
      .map(([, text]) => String(text)),
  );

async function writeNote(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await note(page).fill(NOTE);
  await panel(page)
    .getByText(/^Draft kept/)
    .waitFor();
}

/** Something is asked of the hospital, and it no longer knows who asks. */
async function endSession({ context, page }: Clinic['doctor']): Promise<void> {
  await context.clearCookies();
  await panel(page).getByRole('button', { name: 'Finish & seal' }).click();
  // Whatever the page asks first tells it, also while the pointer is on its way.
  const seal = page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' });
  await seal.or(again(page)).first().waitFor();
  if (await seal.isVisible()) await seal.click({ timeout: 2_000 }).catch(() => {});
  await again(page).waitFor();
}

async function signInAs(page: Page, { email, password }: Doctor): Promise<void> {
  await again(page).getByLabel('E-mail').fill(email);
  await again(page).getByLabel('Password', { exact: true }).fill(password);
  await again(page).getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/today$/);
}

test('while the sign-in dialog is there nothing of the page beneath is seen, and no key closes it', async () => {
  const { page } = clinic.doctor;
  await writeNote(page);
  await endSession(clinic.doctor);
  assert.ok(!(await note(page).isVisible()));
  const seen = await page.locator('body').innerText();
  assert.ok(!seen.includes('Kulkarni') && !seen.includes('Tight chest'), seen);
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  assert.ok(await again(page).isVisible());
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await note(page).isVisible()), 'nor is it printed');
  await page.emulateMedia({ media: 'screen' });
});

test('another practitioner who signs in there begins on a page of the own, without the draft, and asks for no chart by it', async () => {
  const { page } = clinic.doctor;
  const before_ = await sealedDrafts(page);
  assert.equal(before_.length, 1);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(page.url()).pathname !== '/today') asked.push(request.url());
  });
  await signInAs(page, SECOND);
  await page.getByRole('link', { name: 'Start the visit' }).waitFor();
  assert.deepEqual(
    asked.filter((url) => url.includes(clinic.patients.meera)),
    [],
    'the chart that the first had open was asked for as the second',
  );
  assert.ok(!(await page.content()).includes('Tight chest on two'));
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await note(page).waitFor();
  // Longer than a draft takes to be kept.
  await page.waitForTimeout(1_000);
  assert.equal(await note(page).inputValue(), '');
  assert.deepEqual(await sealedDrafts(page), before_, 'nothing was sealed for the second');
  await page.goBack();
  await page.waitForURL(/\/today$/);
  await page.goBack();
  assert.ok(!new URL(page.url()).pathname.startsWith('/patients/'), 'the way back leads to no chart of the first');
});

test('the first finds the draft again, as it was', async () => {
  const { page, context } = clinic.doctor;
  await context.clearCookies();
  await signIn(page, DOCTOR.email, DOCTOR.password);
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await note(page).waitFor();
  await page.waitForFunction(
    (text) => [...document.querySelectorAll('textarea')].some((one) => one.value === text),
    NOTE,
  );
});

test('it is the same when the first has come to the chart by its address, and the node had drawn it', async () => {
  const { page, context } = clinic.doctor;
  const isDrawn = async (): Promise<boolean> => {
    await page.goto(`/patients/${clinic.patients.meera}`);
    return (await page.locator('#drawn-page-seed').count()) > 0;
  };
  // A drawing that takes longer than a reader waits for it is not sent.
  for (let tries = 0; tries < 30; tries += 1) if (await isDrawn()) break;
  assert.equal(await page.locator('#drawn-page-seed').count(), 1);
  await page.mouse.move(200, 300);
  await note(page).fill(OTHER_NOTE);
  assert.equal(await page.locator('#drawn-page-seed').count(), 0);
  await endSession(clinic.doctor);
  await signInAs(page, SECOND);
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await note(page).waitFor();
  // Longer than a draft takes to be kept.
  await page.waitForTimeout(1_000);
  assert.equal(await note(page).inputValue(), '');
  assert.equal((await sealedDrafts(page)).length, 1, 'only the draft of the first');
  await context.clearCookies();
  await signIn(page, DOCTOR.email, DOCTOR.password);
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await note(page).waitFor();
});

test('who leaves the page instead is signed out, and it is closed for everybody', async () => {
  const { page } = clinic.doctor;
  await endSession(clinic.doctor);
  await again(page).getByRole('button', { name: 'Leave this page' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  assert.equal((await sealedDrafts(page)).length, 1);
  await page.goBack();
  await page
    .getByText('You are not signed in')
    .or(page.getByRole('heading', { name: 'Please sign in' }))
    .first()
    .waitFor();
  assert.ok(!(await page.locator('body').innerText()).includes('Kulkarni'));
});

test('two tabs of one browser are never two people’s: the one left behind is covered, and its owner takes it up again', async () => {
  const { page, context } = clinic.doctor;
  await signIn(page, DOCTOR.email, DOCTOR.password);
  await writeNote(page);
  const other = await context.newPage();
  await other.goto('/account');
  await other.getByRole('heading', { name: 'My account' }).waitFor();
  assert.ok(!(await again(page).isVisible()), 'a second tab of the same person changes nothing');
  await other.getByRole('button', { name: DOCTOR.name }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await again(page).waitFor();
  assert.ok(!(await note(page).isVisible()));
  await signIn(other, SECOND.email, SECOND.password);
  assert.ok(!(await note(page).isVisible()));
  await again(page).getByLabel('Password', { exact: true }).fill(DOCTOR.password);
  await again(page).getByRole('button', { name: 'Sign in' }).click();
  await again(page).waitFor({ state: 'hidden' });
  assert.equal(await note(page).inputValue(), NOTE);
  await again(other).waitFor();
  await other.close();
});

test('no page of these journeys threw', () => {
  assert.deepEqual(clinic.doctor.faults, []);
});
