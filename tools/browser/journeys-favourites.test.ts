/** A practitioner's favourite medicines: starred, ordered, taken out and put back, and the same on the next device. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { bookArrived, type Clinic, DOCTOR, openClinic } from './clinic.fixture.ts';
import { signIn, type Visitor, visitor } from './person.fixture.ts';

let clinic: Clinic;
let second: Visitor;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  await bookArrived(clinic);
});

after(async () => {
  await clinic?.close();
});

const panel = (page: Page) => page.getByRole('complementary', { name: 'This visit' });
const chips = (page: Page) => panel(page).getByRole('group', { name: 'Favourites' }).getByRole('button');
const lines = (page: Page) => panel(page).getByRole('list', { name: 'Favourites' }).getByRole('listitem');

const startVisit = (page: Page) => page.getByRole('link', { name: 'Start the visit' }).click();
const arrange = (page: Page) => panel(page).getByRole('button', { name: 'Arrange favourites' }).click();

/** The first word of each, when they have come to `expected` or time is over. */
async function assertOrder(page: Page, expected: readonly string[]): Promise<void> {
  const names = async () =>
    (await chips(page).or(lines(page)).allInnerTexts()).map((text) => /\p{L}+/u.exec(text)?.[0] ?? '');
  const until = Date.now() + 10_000;
  while ((await names()).join() !== expected.join() && Date.now() < until) await page.waitForTimeout(50);
  assert.deepEqual(await names(), expected);
}

const AT_FIRST = ['Paracetamol', 'Amoxicillin', 'Aspirin', 'Atorvastatin', 'Amlodipine', 'Metformin'];
const ORDERED = ['Paracetamol', 'Azithromycin', 'Aspirin', 'Atorvastatin', 'Amlodipine', 'Metformin'];

test('a starred medicine stands first; it is moved by keyboard, and what is taken out can be put back', async () => {
  const { page } = clinic.doctor;
  await startVisit(page);
  await assertOrder(page, AT_FIRST);
  await panel(page).getByRole('button', { name: 'Add a medicine' }).click();
  await panel(page).getByLabel('Medicine, by name or brand').fill('azithro');
  await panel(page)
    .getByRole('button', { name: /^Azithromycin/ })
    .first()
    .click();
  await panel(page).getByRole('button', { name: 'Add it' }).click();
  const star = panel(page).getByRole('button', { name: /^Keep Azithromycin .* among the favourites$/ });
  await star.click();
  await assertOrder(page, ['Azithromycin', ...AT_FIRST]);
  assert.equal(await star.getAttribute('aria-pressed'), 'true');
  await arrange(page);
  await panel(page)
    .getByRole('button', { name: /^Move Azithromycin .* down$/ })
    .focus();
  await page.keyboard.press('Enter');
  await assertOrder(page, ['Paracetamol', 'Azithromycin', ...AT_FIRST.slice(1)]);
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Move Azithro'));
  const takeOut = panel(page).getByRole('button', { name: /^Take Amoxicillin .* out/ });
  await takeOut.click();
  await assertOrder(page, ORDERED);
  await panel(page).getByRole('button', { name: 'Put it back' }).click();
  await assertOrder(page, ['Paracetamol', 'Azithromycin', ...AT_FIRST.slice(1)]);
  await takeOut.click();
  await assertOrder(page, ORDERED);
  assert.deepEqual(await violationsOn(page), []);
  await panel(page).getByRole('button', { name: 'Done', exact: true }).click();
  await assertOrder(page, ORDERED);
});

test('on another device the favourites are the same, in the same order, and one click prescribes', async () => {
  second = await visitor(clinic.browser, clinic.hospital.url);
  const { page } = second;
  await signIn(page, DOCTOR.email, DOCTOR.password);
  await startVisit(page);
  await assertOrder(page, ORDERED);
  await chips(page).first().click();
  await panel(page).getByRole('button', { name: 'Remove Paracetamol 500 mg' }).waitFor();
});

test('what two devices change is both kept', async () => {
  const { page } = clinic.doctor;
  await arrange(second.page);
  await panel(second.page)
    .getByRole('button', { name: /^Take Metformin .* out/ })
    .click();
  await assertOrder(second.page, ORDERED.slice(0, -1));
  await arrange(page);
  await panel(page)
    .getByRole('button', { name: /^Move Paracetamol .* down$/ })
    .click();
  await assertOrder(page, ['Azithromycin', 'Paracetamol', 'Aspirin', 'Atorvastatin', 'Amlodipine']);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.doctor.faults, ...second.faults], []);
});
