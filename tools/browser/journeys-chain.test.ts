/** What a reader's own browser accepts of the chain, and what it refuses whoever serves it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { type Visitor, visitor } from './person.fixture.ts';

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let other: Hospital;
let reader: Visitor;
let port: number;
/** The hospital's folder as it was when the ledger had one block. */
let early: string;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, early] = await Promise.all([launchBrowser(), hospitals.folder('early')]);
  hospital = await hospitals.found('City Hospital');
  port = Number(new URL(hospital.url).port);
  await hospital.growTo(1);
  await hospital.stopServing();
  await hospital.copyTo(early);
  await hospital.serve(port);
  await hospital.growTo(4);
  reader = await visitor(browser, hospital.url);
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

const checkOf = (page: Page) => page.getByRole('region', { name: 'Check in your browser' });

test('a block opened in the explorer is verified by the reader’s own browser, step by step, in three lenses', async () => {
  const { page } = reader;
  await page.goto('/explorer');
  const height = await heightOfAnchor(page.url());
  await page.getByRole('link', { name: String(height), exact: true }).click();
  await page.waitForURL(new RegExp(`/explorer/blocks/${height}$`));
  await checkOf(page).getByText('Checked in your browser').waitFor();
  const steps = checkOf(page).getByRole('list').first().getByRole('listitem');
  assert.equal(await steps.count(), await checkOf(page).locator('li.done').count());
  await page
    .getByText(/sealed one new record version/)
    .first()
    .waitFor();
  for (const lens of ['Clinical', 'Expert', 'Plain words']) await page.getByText(lens, { exact: true }).click();
});

test('the ledger that goes on is accepted by the browser that kept its last header', async () => {
  await hospital.growTo(5);
  await reader.page.goto('/explorer');
  await reader.page.getByRole('heading', { name: 'Block 5' }).waitFor();
  await checkOf(reader.page).getByText('Checked in your browser').waitFor();
});

test('while a hospital fetches older blocks its page says how many are here, and goes on by itself when all are', async () => {
  const newcomer = await visitor(browser, hospital.url);
  const { page } = newcomer;
  let have = 120;
  await page.route(/\/api\/ledger\/headers\?from=1&/, async (route) => {
    if (have === 400) return route.continue();
    const json = { type: 'about:blank', title: 'On its way', status: 503, code: 'history-incomplete' };
    return route.fulfill({ status: 503, contentType: 'application/problem+json', json });
  });
  await page.route('**/api/ledger/status', async (route) => {
    const answer = await route.fetch();
    const history = have === 400 ? {} : { history: { have, of: 400 } };
    return route.fulfill({ response: answer, json: { ...(await answer.json()), ...history } });
  });
  await page.goto('/explorer');
  await checkOf(page).getByText('120 of 400 older blocks are here.').waitFor();
  assert.equal(await page.locator('.seal-mark.problem').count(), 0, 'nothing speaks against the chain');
  await page.goto('/');
  // What the node has drawn is taken over by the app.
  await page.mouse.move(1, 1);
  await page.getByText(/^Not checked yet: .*, 120 of 400 are here$/).waitFor();
  have = 250;
  await page.getByText(/250 of 400 are here$/).waitFor();
  await page.goto('/explorer');
  await checkOf(page).getByText('250 of 400 older blocks are here.').waitFor();
  have = 400;
  await checkOf(page).getByText('Checked in your browser').waitFor();
  assert.deepEqual(newcomer.faults, []);
  await newcomer.context.close();
});

test('a chain re-mined from block 2 is refused by the browser that kept a later header, and not by one that comes first', async () => {
  const kept = await hospital.height();
  await hospital.stopServing();
  await hospital.replaceBy(early);
  await hospital.serve(port);
  await hospital.growTo(kept + 1);
  await reader.page.goto('/explorer');
  await checkOf(reader.page).getByText('Does not match').waitFor();
  await checkOf(reader.page)
    .getByText(/does not continue the one your browser checked before/)
    .waitFor();
  assert.equal(await checkOf(reader.page).getByText('Checked in your browser').count(), 0);
  const newcomer = await visitor(browser, hospital.url);
  await newcomer.page.goto('/explorer');
  await checkOf(newcomer.page).getByText('Checked in your browser').waitFor();
  await newcomer.context.close();
});

test('a history shorter than the one the browser checked is refused', async () => {
  await hospital.stopServing();
  await hospital.replaceBy(early);
  await hospital.serve(port);
  await reader.page.goto('/explorer');
  await checkOf(reader.page)
    .getByText(/shorter than the one your browser checked before/)
    .waitFor();
});

test('another chain of the same height at the same address is refused', async () => {
  other = await hospitals.found('Other Hospital');
  await hospital.growTo(3);
  const newcomer = await visitor(browser, hospital.url);
  await newcomer.page.goto('/explorer');
  await checkOf(newcomer.page).getByText('Checked in your browser').waitFor();
  await other.growTo(await hospital.height());
  assert.equal(await other.height(), await hospital.height());
  await hospital.stopServing();
  await other.stopServing();
  await other.serve(port);
  await newcomer.page.goto('/explorer');
  await checkOf(newcomer.page).getByText('Does not match').waitFor();
  await checkOf(newcomer.page)
    .getByText(/belongs to another chain/)
    .waitFor();
  await newcomer.context.close();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...reader.faults], []);
});

/** The first block that holds a commitment to one record: which it is depends on what came together. */
async function heightOfAnchor(address: string): Promise<number> {
  const answer = await fetch(new URL('/api/ledger/chain', address));
  const { chain } = (await answer.json()) as {
    chain: { transactions: { type: string; body: { records?: readonly unknown[] } }[] }[];
  };
  const holds = ({ type, body }: { type: string; body: { records?: readonly unknown[] } }): boolean =>
    type === 'anchor-records' && body.records?.length === 1;
  const at = chain.findIndex(({ transactions }) => transactions.some(holds));
  assert.ok(at >= 0, 'no block holds the commitment to one record');
  return at + 1;
}
