/**
 * Four hospitals as processes of their own, in browsers at each: one history at all four, what the node page tells, one asleep, two
 * asleep, and all awake again. One network for all tests, in this order.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { ProcessNetwork } from '../network/network.fixture.ts';
import { launchBrowser } from './launch.ts';
import { agreementOf, checkOf, enrolDesk, PATIENCE_MS, visitorAt } from './network.fixture.ts';
import type { Visitor } from './person.fixture.ts';

const ALL = [0, 1, 2, 3];
const WAITS = 'Too few hospitals answer, so nothing new becomes final just now.';

let browser: Browser;
let network: ProcessNetwork;
/** Nobody in particular, at each hospital. */
let readers: Visitor[];
/** The administrators of the first two, which stay awake. */
let desks: [Visitor, Visitor];

before(async () => {
  await buildWeb();
  network = await ProcessNetwork.found(4);
  browser = await launchBrowser();
  readers = await Promise.all(network.nodes.map((node) => visitorAt(browser, node)));
  desks = [await visitorAt(browser, network.node(0)), await visitorAt(browser, network.node(1))];
  for (const [index, { page }] of desks.entries()) await enrolDesk(page, network.node(index));
});

after(async () => {
  await browser?.close();
  await network?.close();
});

/** At the desk, as any day: a new patient in the registry. */
async function register(page: Page, given: string): Promise<void> {
  await page.goto('/registry');
  await page.getByRole('button', { name: 'New patient' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Given name').fill(given);
  await dialog.getByLabel('Family name').fill('Nene');
  await dialog.getByLabel('Born on').fill('1990-11-02');
  await dialog.getByLabel('Gender').selectOption('female');
  await dialog.getByRole('button', { name: 'Add the patient' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await rowOf(page, given).waitFor();
}

const rowOf = (page: Page, given: string) => page.getByRole('row').filter({ hasText: `${given} Nene` });
const memberOf = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Members' })
    .getByRole('listitem')
    .filter({ hasText: `Hospital ${name}` });

interface Shown {
  fingerprint: string;
  madeBy: string;
  voters: string[];
}

/** What the explorer of a hospital shows of a block, once the browser has checked it. */
async function shownOf(page: Page, height: number): Promise<Shown> {
  await page.goto(`/explorer/blocks/${height}`);
  await checkOf(page).getByText('Checked in your browser').waitFor();
  const facts = page.locator('.block-facts dd');
  const voters = checkOf(page).getByRole('region', { name: 'Who confirmed it' }).locator('li.voted > span');
  await voters.first().waitFor();
  return {
    madeBy: (await facts.first().textContent()) ?? '',
    fingerprint: (await facts.nth(1).textContent()) ?? '',
    voters: (await voters.allTextContents()).toSorted(),
  };
}

test('what each hospital writes stands in the same blocks at all four, with votes that each browser counts itself', async () => {
  const written = await Promise.all(ALL.map((index) => network.node(index).write('respond-final')));
  await network.final(
    written.flatMap(({ transactions }) => transactions),
    network.nodes,
    PATIENCE_MS,
  );
  const height = (await network.equal(network.nodes, PATIENCE_MS)) - 1;
  const shown: Shown[] = [];
  for (const { page } of readers) shown.push(await shownOf(page, height));
  for (const { fingerprint, madeBy, voters } of shown) {
    assert.deepEqual([fingerprint, madeBy], [shown[0]?.fingerprint, shown[0]?.madeBy]);
    // Each keeps the votes that made it final there: a quorum, perhaps not the same one.
    assert.ok(voters.length >= 3, voters.join());
  }
});

test('each hospital names all four, and finds that they hold the same chain', async () => {
  for (const { page } of readers) {
    await page.goto('/hospitals');
    await agreementOf(page)
      .getByText(/^All 4 hospitals hold the same chain up to block \d+\.$/)
      .waitFor();
    for (const { name } of network.nodes)
      await page
        .getByRole('row', { name: new RegExp(`Hospital ${name}`) })
        .getByText(/^The same/)
        .waitFor();
  }
});

test('the node page tells who is reached, how far each is final, that nothing is amiss, and resolves', async () => {
  const [{ page }] = desks;
  await page.goto('/node');
  await memberOf(page, 'Ash').getByText('this hospital').waitFor();
  for (const name of ['Birch', 'Cedar', 'Dogwood']) {
    await memberOf(page, name)
      .getByText(/^Reached/)
      .waitFor();
    await memberOf(page, name)
      .getByText(/Final up to block \d+/)
      .waitFor();
  }
  const votes = page.getByRole('region', { name: 'Last votes' });
  for (const name of ['Ash', 'Birch', 'Cedar', 'Dogwood'])
    await votes
      .getByRole('listitem')
      .filter({ hasText: `Hospital ${name}` })
      .getByText(/^Voted for block \d+, on top of block \d+$/)
      .waitFor();
  await page.getByText('No member has voted for two things at once.').waitFor();
  await page.getByText('Nobody asks to join').waitFor();
  await page.getByText('Nothing is being voted on').waitFor();
  await page.getByRole('button', { name: 'Compare with the others' }).click();
  await page.getByText(/^Asked 3: this copy /).waitFor();
});

test('with one of four asleep everything goes on, and it is seen which one', async () => {
  assert.equal(await network.node(3).stop(), 0);
  const [{ page }] = desks;
  await register(page, 'Asha');
  await rowOf(page, 'Asha').getByText('Final').waitFor();
  await page.goto('/node');
  await memberOf(page, 'Dogwood')
    .getByText(/^Not reached since/)
    .waitFor();
  await memberOf(page, 'Dogwood').getByText('nothing listens at its address').waitFor();
  await memberOf(page, 'Dogwood')
    .getByText(/Was at block \d+ when last heard/)
    .waitFor();
  const { page: reader } = readers[0] as Visitor;
  await reader.goto('/hospitals');
  await agreementOf(reader).getByText('Confirmed by 3 of 4 hospitals just now').waitFor();
  await reader
    .getByRole('row', { name: /Hospital Dogwood/ })
    .getByText('No answer')
    .waitFor();
  assert.equal(await page.getByText(WAITS).count(), 0);
});

test('with two asleep the pages say calmly that it waits, and each hospital goes on reading and writing its own', async () => {
  assert.equal(await network.node(2).stop(), 0);
  for (const [index, given] of ['Bina', 'Chitra'].entries()) {
    const { page } = desks[index] as Visitor;
    await register(page, given);
    await page.getByText(WAITS).waitFor();
    // Written and read here, and not told to be more than it is.
    await rowOf(page, given).getByText('Sealing').waitFor();
    await rowOf(page, given).getByRole('button').click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Who takes care' }).waitFor();
  }
  const { page: desk } = desks[0] as Visitor;
  await desk.goto('/node');
  await desk.getByText('2 of 4 hospitals answer, and 3 are needed').waitFor();
  const { page: reader } = readers[0] as Visitor;
  await reader.goto('/hospitals');
  await agreementOf(reader).getByText('Could not be confirmed just now').waitFor();
  await agreementOf(reader)
    .getByText(/^2 of 4 hospitals answered/)
    .waitFor();
  assert.equal(await reader.locator('.seal-mark.problem').count(), 0);
});

test('when both are back it ends by itself, and everything is final everywhere', async () => {
  await Promise.all([network.node(2).start(), network.node(3).start()]);
  for (const [index, given] of ['Bina', 'Chitra'].entries()) {
    const { page } = desks[index] as Visitor;
    await page.getByText(WAITS).waitFor({ state: 'detached' });
    await page.goto('/registry');
    await rowOf(page, given).getByText('Final').waitFor();
  }
  await network.equal(network.nodes, PATIENCE_MS);
  await network.assertOneHistory();
  const { page: reader } = readers[3] as Visitor;
  await reader.goto('/hospitals');
  await agreementOf(reader).getByText('Confirmed by 4 of 4 hospitals just now').waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual(
    [...readers, ...desks].flatMap(({ faults }) => faults),
    [],
  );
});
