/** A visit from "what is bothering you?" to the desk's day, at real browsers; the clicks of the interface's budget are counted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { claimRecord, enrol, issueClaimCode, openInRegistry, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', email: 'desk@city.example', password: 'saffron-lantern-harbour-930' };
const MEERA = { email: 'meera.kulkarni@mail.example', password: 'sparrow-marigold-temple-918' };
const BALDEV = { email: 'baldev.singh@mail.example', password: 'walnut-monsoon-bridge-417' };
const PATIENT_CLICKS = 4;
const DESK_CLICKS = 5;

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let desk: Visitor;
let meera: Visitor;
let baldev: Visitor;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  await hospital.importPeople();
  [desk, meera, baldev] = await Promise.all([
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
  ]);
  await enrol(desk.page, hospital.enrolPath, { name: DESK.name, password: DESK.password });
  for (const [person, who, name] of [
    [MEERA, meera, 'Meera Kulkarni'],
    [BALDEV, baldev, 'Baldev Singh'],
  ] as const) {
    await claimRecord(who.page, await issueClaimCode(desk.page, person.email, name), person);
    await who.page.waitForURL(/\/me$/);
  }
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

/** Counts what a person has to press. */
function counted() {
  let clicks = 0;
  return {
    get clicks() {
      return clicks;
    },
    async click(target: Locator): Promise<void> {
      clicks += 1;
      await target.click();
    },
  };
}

const times = (page: Page) =>
  page.getByRole('group', { name: /^Times with/ }).getByRole('button', { name: /^\d\d:\d\d$/ });
const chip = (page: Page, name: string) => page.getByText(name, { exact: true }).first();

test(`a patient books by symptoms with ${PATIENT_CLICKS} clicks and own words, and finds the visit on the own page`, async () => {
  const { page } = meera;
  await page.goto('/me');
  const hand = counted();
  await hand.click(page.getByRole('link', { name: 'Book', exact: true }));
  await hand.click(chip(page, 'Cough'));
  await page.getByLabel('In your own words').fill('Since the weekend, worse at night.');
  await hand.click(times(page).first());
  await page.getByText(/is held for you until/).waitFor();
  await hand.click(page.getByRole('button', { name: 'Book this visit' }));
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  assert.equal(hand.clicks, PATIENT_CLICKS);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'To my calendar' }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'clearchart-visit.ics');
  await page.getByRole('link', { name: 'To my record' }).click();
  await page.getByRole('region', { name: 'Next visit' }).getByRole('button', { name: 'Cancel' }).waitFor();
});

test('warning signs come first: what to look out for, then the number to call', async () => {
  const { page } = baldev;
  await page.goto('/book');
  await chip(page, 'Tight chest').click();
  await page.getByText('Do not wait if any of this is true now').waitFor();
  await page.getByRole('button', { name: 'Pain in arm or jaw' }).click();
  await page.getByRole('heading', { name: /This can be an emergency/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Call 112' }).getAttribute('href'), 'tel:112');
  await page.getByText('Suggested: Heart (cardiology)').waitFor();
});

test('when the answer to a booking is lost on the way, pressing once more books nothing twice and says that it is booked', async () => {
  const { page } = baldev;
  await page.goto('/book');
  await times(page).nth(3).click();
  await page.getByText(/is held for you until/).waitFor();
  const booking = '**/api/booking/appointments';
  let ids: unknown;
  await page.route(booking, async (route) => {
    ids = (await (await route.fetch()).json()) as unknown;
    await route.abort();
  });
  const book = page.getByRole('button', { name: 'Book this visit' });
  await book.click();
  await page.getByRole('alert').waitFor();
  await page.unroute(booking);
  const [answered] = await Promise.all([page.waitForResponse(booking), book.click()]);
  assert.equal(answered.status(), 201);
  assert.deepEqual(await answered.json(), ids);
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
});

test('a time that somebody else has just booked is said to be taken, and another one is booked', async () => {
  const [{ page: first }, { page: second }] = [meera, baldev];
  for (const page of [first, second]) {
    await page.goto('/book');
    await times(page).nth(2).waitFor();
  }
  await times(first).nth(2).click();
  await first.getByRole('button', { name: 'Book this visit' }).click();
  await first.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  await times(second).nth(2).click();
  await second.getByText('Somebody else has just taken this time').waitFor();
  await times(second).nth(2).click();
  await second.getByText(/is held for you until/).waitFor();
  await second.getByRole('button', { name: 'Book this visit' }).click();
  await second.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
});

test(`the desk books for somebody with ${DESK_CLICKS} clicks, and its day shows times and names and no reason`, async () => {
  const { page } = desk;
  await openInRegistry(page, BALDEV.email, 'Baldev Singh');
  // The search and the line that it finds are the first two.
  const hand = counted();
  await hand.click(page.getByRole('link', { name: 'Book a visit' }));
  await hand.click(times(page).nth(4));
  const when = await page.getByRole('complementary', { name: 'Your visit' }).locator('dd').first().textContent();
  await hand.click(page.getByRole('button', { name: 'Book this visit' }));
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  assert.ok(hand.clicks + 2 <= DESK_CLICKS);
  await page.getByRole('link', { name: 'To the schedule' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const day = (when ?? '').split(',')[0] ?? '';
  for (let turns = 0; turns < 7; turns += 1) {
    if ((await page.getByRole('heading', { level: 1 }).textContent()) === day) break;
    await page.getByRole('button', { name: 'Day after' }).click();
  }
  await page.getByRole('heading', { name: 'Baldev Singh' }).first().waitFor();
  assert.equal(await page.getByText('worse at night').count(), 0);
});

test('a patient moves the next visit and cancels it; what is free again is offered', async () => {
  const { page } = meera;
  await page.goto('/me');
  const next = page.getByRole('region', { name: 'Next visit' });
  await next.getByRole('link', { name: 'Move' }).click();
  await page.getByRole('heading', { name: 'Choose another time' }).waitFor();
  await times(page).last().click();
  await page.getByRole('button', { name: 'Book this visit' }).click();
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  await page.getByRole('link', { name: 'To my record' }).click();
  const moved = await next.getByRole('heading').textContent();
  await next.getByRole('button', { name: 'Cancel' }).click();
  await next.getByRole('button', { name: 'Yes, cancel it' }).click();
  await page.getByText('The visit is cancelled').waitFor();
  await page.waitForFunction((text) => document.querySelector('.next-visit h2')?.textContent !== text, moved);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...meera.faults, ...baldev.faults], []);
});
