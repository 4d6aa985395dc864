/**
 * Four hospitals as processes of their own, seen by a reader's browser: what it counts itself, what it refuses when its server lies, and a
 * fifth hospital that an administrator registers. One network for all tests, in this order.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { ProcessNetwork } from '../network/network.fixture.ts';
import { folderOf, freePort, NodeProcess } from '../network/processes.fixture.ts';
import { launchBrowser } from './launch.ts';
import { agreementOf, checkOf, enrolDesk, PATIENCE_MS, visitorAt } from './network.fixture.ts';
import type { Visitor } from './person.fixture.ts';

let browser: Browser;
let network: ProcessNetwork;
/** Comes again and again, and keeps what it checked. */
let reader: Visitor;
let desk: Visitor;

before(async () => {
  await buildWeb();
  // One after the other: whichever is there is closed again when the next fails.
  network = await ProcessNetwork.found(4);
  browser = await launchBrowser();
  reader = await visitorAt(browser, network.node(0));
  desk = await visitorAt(browser, network.node(0));
  await enrolDesk(desk.page, network.node(0));
});

after(async () => {
  await browser?.close();
  await network?.close();
});

type Json = Record<string, unknown>;

/** A reader that comes for the first time, to a server that changes its answers on the way. */
async function liedTo(path: RegExp, bend: (answer: Json, url: URL) => Json | Promise<Json>): Promise<Visitor> {
  const lied = await visitorAt(browser, network.node(0));
  await lied.page.route(path, async (route) => {
    const response = await route.fetch();
    const json = await bend((await response.json()) as Json, new URL(route.request().url()));
    await route.fulfill({ response, json });
  });
  return lied;
}

async function assertRefused(lied: Visitor, words: RegExp): Promise<void> {
  await lied.page.goto('/explorer');
  await checkOf(lied.page).getByText(words).waitFor();
  await checkOf(lied.page).getByText('Does not match').waitFor();
  assert.equal(await checkOf(lied.page).getByText('Checked in your browser').count(), 0);
  await lied.context.close();
}

test('a block shows which hospitals voted for it, each signature checked by the reader’s browser', async () => {
  await network.node(1).write('respond-final');
  await network.equal(network.nodes, PATIENCE_MS);
  await reader.page.goto('/explorer');
  await checkOf(reader.page).getByText('Counted the hospitals’ votes').waitFor();
  await checkOf(reader.page).getByText('Checked in your browser').waitFor();
  const voters = checkOf(reader.page).getByRole('region', { name: 'Who confirmed it' });
  await voters.getByText(/^[34] of 4 hospitals/).waitFor();
  assert.ok((await voters.getByText('your browser checked the signature').count()) >= 3);
  await reader.page.getByText('Confirmed by 4 of 4 hospitals just now').waitFor();
});

test('all four are compared by what each signed over the browser’s own number', async () => {
  await reader.page.goto('/hospitals');
  await agreementOf(reader.page)
    .getByText(/^All 4 hospitals hold the same chain up to block \d+\.$/)
    .waitFor();
  assert.equal(
    await reader.page
      .getByRole('row')
      .getByText(/^The same/)
      .count(),
    4,
  );
  const addresses = await reader.page
    .locator('.hospitals a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.deepEqual(
    addresses.toSorted((one, other) => String(one).localeCompare(String(other))),
    network.nodes.map(({ url }) => url).toSorted(),
  );
});

test('a header with too few votes is refused', async () => {
  const lied = await liedTo(/\/api\/ledger\/headers/, (answer) => {
    const votes = (answer['votes'] as { signatures: unknown[] }[]).map((link) => ({
      ...link,
      signatures: link.signatures.slice(0, 2),
    }));
    return { ...answer, votes };
  });
  await assertRefused(lied, /Fewer hospitals confirmed this than the rule asks/);
});

test('a member set that the browser was not led to is refused', async () => {
  const lied = await liedTo(/\/api\/ledger\/genesis/, (answer) => ({ ...answer, memberChanges: [] }));
  await assertRefused(lied, /not those who may sign here/);
});

test('a server that holds back the newest block is found out by what the other hospitals sign', async () => {
  await network.equal(network.nodes, PATIENCE_MS);
  const height = (await network.node(0).status()).finalHeight - 1;
  const lied = await liedTo(/\/api\/ledger\/headers/, async (answer, url) => {
    const from = Number(url.searchParams.get('from'));
    const limit = Math.min(Number(url.searchParams.get('limit')), height - from + 1);
    if (limit < 1) return { ...answer, headers: [], counts: [], votes: [], height };
    const held = (await network.node(0).get(`/api/ledger/headers?from=${from}&limit=${limit}`)) as Json;
    return { ...held, height };
  });
  await lied.page.goto('/hospitals');
  await agreementOf(lied.page).getByText('There is something newer than what is shown here').waitFor();
  await lied.context.close();
});

test('answers that were signed for an earlier question confirm nothing', async () => {
  const earlier = (await network.node(0).get(`/api/ledger/heads?nonce=${'ab'.repeat(32)}`)) as Json;
  const lied = await liedTo(/\/api\/ledger\/heads/, () => earlier);
  await lied.page.goto('/hospitals');
  await agreementOf(lied.page).getByText('Could not be confirmed just now').waitFor();
  await agreementOf(lied.page)
    .getByText(/^0 of 4 hospitals answered/)
    .waitFor();
  await lied.context.close();
});

test('an administrator registers a fifth hospital, and the browser that knew four follows', async () => {
  const elm = network.add(new NodeProcess('Elm', folderOf(network.folder, 'Elm'), await freePort()));
  await elm.init(network.node(0).url);
  await elm.start();
  const { page } = desk;
  await page.goto('/node');
  await page.getByRole('button', { name: 'Register Hospital Elm' }).click();
  const vote = page.getByRole('button', { name: 'Vote for it' });
  assert.ok(await vote.isDisabled(), 'nobody votes before the key was compared');
  await page.getByLabel('I compared the digits with that hospital').check();
  await vote.click();
  await page.getByText('Voted. The vote is kept on the ledger, and all members see it.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('1 of 3 votes needed').waitFor();
  await page.getByText('This hospital has voted').first().waitFor();
  // With that of the administrator they are three of four.
  await network.admit(elm.organization, network.nodes.slice(1, 3), 5);
  await network.equal([...network.nodes, elm], PATIENCE_MS);
  await reader.page.goto('/hospitals');
  await agreementOf(reader.page).getByText('Confirmed by 5 of 5 hospitals just now').waitFor();
  await reader.page
    .getByRole('row', { name: /Hospital Elm/ })
    .getByText(/^The same/)
    .waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...reader.faults, ...desk.faults], []);
});
