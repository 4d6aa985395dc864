/**
 * The tamper lab of the demo, as a visitor uses it: one letter changed on one hospital's disk, found, and put back from another's copy.
 * What the page tells is compared with the files. Broken variants that this catches: a page that tells a repair which did not happen,
 * a change made in no file, a second change before the first is repaired.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type DemoHospital, startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { checkOf, PATIENCE_MS } from './network.fixture.ts';
import { signIn, type Visitor, visitor } from './person.fixture.ts';

const TAMPERED = 'Ambegaon Rural Clinic';
/** Until it has begun and ended for certain. */
const FIRST_ROUND_MS = 100_000;

let browser: Browser;
let demo: DemoHospital;
let anybody: Visitor;
/** Looks at the same page, elsewhere. */
let onlooker: Visitor;

before(async () => {
  await buildWeb();
  browser = await launchBrowser();
  demo = await startDemoHospital();
  await letFirstRoundPass();
  anybody = await visitor(browser, demo.url);
  onlooker = await visitor(browser, demo.url);
  for (const { context } of [anybody, onlooker]) context.setDefaultTimeout(PATIENCE_MS);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

interface Told {
  readonly change: { readonly offset: number };
  readonly copies: readonly { readonly kept: string; readonly found: string }[];
}

async function lab<Answer>(path: string, body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const options = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (await fetch(`${demo.url}/api/demo/lab${path}`, options)).json()) as Answer;
}

async function tampered(): Promise<string> {
  const { hospitals } = await lab<{ hospitals: { organization: string; name: string }[] }>('');
  return hospitals.find(({ name }) => name === TAMPERED)?.organization ?? '';
}

/** A minute after its start a node looks through its files by itself, and then not for an hour: later it is known who finds what. */
async function letFirstRoundPass(): Promise<void> {
  const organization = await tampered();
  const height = 1;
  const { text } = await lab<{ text: string }>(`/blocks/${height}?organization=${organization}`);
  const position = text.indexOf('"proposer":"') + '"proposer":"'.length;
  await lab('/change', { organization, height, position, letter: text[position] === 'a' ? 'b' : 'a' });
  const isWhole = async (): Promise<boolean> => {
    const { story } = await lab<{ story: Told }>(`/blocks/${height}?organization=${organization}`);
    return story.copies.every(({ kept, found }) => kept === found);
  };
  for (const until = Date.now() + FIRST_ROUND_MS; Date.now() < until && !(await isWhole()); ) await pause(1_000);
  await lab('/read', { organization, height });
  assert.ok(await isWhole());
}

/** Every file of blocks of the demo's hospitals, by its path. */
function blockFiles(): Map<string, Buffer> {
  const root = dirname(demo.dataFolder);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const ours = names.filter((name) => name.endsWith('.blocks') && !name.includes('evidence'));
  return new Map(ours.map((name) => [name, readFileSync(join(root, name))]));
}

const storyOf = (page: Page) => page.getByRole('region', { name: 'What happens' });
const copiesOf = (page: Page) => page.getByRole('region', { name: 'The same block at each hospital' });
const copyOf = (page: Page, name: string) => copiesOf(page).getByRole('listitem').filter({ hasText: name });

test('the explorer and the node page of the demo lead to the lab', async () => {
  const { page } = anybody;
  await page.goto('/explorer');
  await page.getByRole('link', { name: 'Tamper lab: change a letter yourself' }).click();
  await page.getByRole('heading', { name: 'Tamper lab' }).waitFor();
  const desk = await visitor(browser, demo.url);
  desk.context.setDefaultTimeout(PATIENCE_MS);
  const farida = demo.people.find(({ role }) => role === 'administrator');
  await signIn(desk.page, farida?.email ?? '', farida?.password ?? '');
  await desk.page.goto('/node');
  await desk.page.getByRole('link', { name: 'Tamper lab: change a letter yourself' }).click();
  await desk.page.getByRole('heading', { name: 'Tamper lab' }).waitFor();
  await desk.context.close();
});

test('a letter is changed in one file of one hospital, at the byte and into the letter that the page tells', async () => {
  const { page } = anybody;
  await onlooker.page.goto('/lab');
  await onlooker.page.getByLabel('As it will be').waitFor();
  await page.getByLabel('At which hospital').selectOption(TAMPERED);
  for (const one of await copiesOf(page).getByRole('listitem').all())
    await one.getByText('As it was written').waitFor();
  const typed = page.getByLabel('As it will be');
  const wanted = await typed.inputValue();
  await typed.fill(`${wanted}x`);
  await page.getByText('Exactly one letter or digit must be another.').waitFor();
  const act = page.getByRole('button', { name: `Change it at ${TAMPERED}` });
  assert.ok(await act.isDisabled());
  await typed.fill(wanted);
  const before_ = blockFiles();
  await act.click();
  await storyOf(page).getByText(`Changed on the disk of ${TAMPERED}`).waitFor();
  await copyOf(page, TAMPERED).getByText('Differs from what was written').waitFor();
  assert.equal(await copiesOf(page).getByText('As it was written').count(), 3);
  const told = /“(.)” became “(.)” at byte ([\d,]+) of (\d+\.blocks)/.exec((await storyOf(page).textContent()) ?? '');
  assert.ok(told !== null);
  const [, was, is, at = '', file] = told;
  const changed = [...blockFiles()].flatMap(([name, bytes]) => {
    const old = before_.get(name) ?? bytes;
    const offsets = [...old.keys()].filter((offset) => old[offset] !== bytes[offset]);
    return offsets.map((offset) => ({
      name,
      offset,
      was: old.toString('latin1', offset, offset + 1),
      is: bytes.toString('latin1', offset, offset + 1),
    }));
  });
  assert.equal(changed.length, 1);
  const [one] = changed;
  assert.deepEqual([one?.was, one?.is, one?.offset], [was, is, Number(at.replaceAll(',', ''))]);
  assert.ok(one?.name.endsWith(file ?? '-'));
});

test('until it is repaired nobody may change another letter, and who tries is led to it', async () => {
  const { page } = onlooker;
  await page.getByLabel('At which hospital').selectOption('Koyna District Hospital');
  await page.getByRole('button', { name: 'Change it at Koyna District Hospital' }).click();
  await page.getByText(/^A letter of block \d+ at Ambegaon Rural Clinic is changed and not repaired yet\./).waitFor();
  await page.getByRole('button', { name: 'Show it' }).click();
  await storyOf(page).getByText(`Changed on the disk of ${TAMPERED}`).waitFor();
  await page.getByText('Another letter is changed and not repaired yet.').waitFor({ state: 'detached' });
  // And whoever comes later sees it first.
  await page.reload();
  await storyOf(page).getByText(`Changed on the disk of ${TAMPERED}`).waitFor();
});

test('its hospital finds it, takes the block from another, keeps the damage, and all four are the same again', async () => {
  const { page } = anybody;
  await page.getByRole('button', { name: `Let ${TAMPERED} read it` }).click();
  const story = storyOf(page);
  await story.getByText(`${TAMPERED} read it, and found the change`).waitFor();
  await story
    .getByText(/^(City General Hospital|Tamhini Heart Institute|Koyna District Hospital) gave the block$/)
    .waitFor();
  await story.getByText('The block is the same again at all 4 hospitals.').waitFor();
  const [, kept = '-'] = /folder evidence\/(\S+) of the hospital/.exec((await story.textContent()) ?? '') ?? [];
  const root = dirname(demo.dataFolder);
  const evidence = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith(join('evidence', kept)),
  );
  assert.ok(evidence !== undefined, kept);
  const { from } = JSON.parse(readFileSync(join(root, evidence, 'damage.json'), 'utf8')) as { from: string };
  await story.getByText(`${from} gave the block`).waitFor();
  assert.equal(await copiesOf(page).getByText('As it was written').count(), 4);
  // The same block at each, byte for byte; a file may have grown meanwhile.
  const files = [...blockFiles().values()];
  const shortest = Math.min(...files.map(({ length }) => length));
  for (const bytes of files) assert.ok(bytes.subarray(0, shortest).equals(files[0]?.subarray(0, shortest) ?? bytes));
  // Not the demo's word: the visitor's own browser counts the votes on it.
  await checkOf(page).getByText('Checked in your browser').waitFor();
  // Whoever looked on sees it too, without a click.
  await storyOf(onlooker.page).getByText('The block is the same again at all 4 hospitals.').waitFor();
});

test('another letter can be tried then, and one that nobody here changed is told as such', async () => {
  const { page } = anybody;
  await page.getByRole('button', { name: 'Try it with another letter' }).click();
  const root = dirname(demo.dataFolder);
  const height = Number(await page.getByLabel('In which block').inputValue());
  const { story } = await lab<{ story: Told }>(`/blocks/${height}?organization=${await tampered()}`);
  const changedFile = [...blockFiles()].find(([name]) => /ambegaon/i.test(name))?.[0] ?? '';
  const path = join(root, changedFile);
  const bytes = readFileSync(path);
  const { offset } = story.change;
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  await page.reload();
  await page.getByRole('button', { name: `Let ${TAMPERED} read it` }).click();
  await storyOf(page).getByText('By whom and when, nobody here wrote down.').waitFor();
  await storyOf(page).getByText('The block is the same again at all 4 hospitals.').waitFor();
});

test('axe finds nothing wrong at any step, on a phone and at a desk, light and dark, in both languages', async () => {
  const found: string[] = [];
  for (const locale of ['en-GB', 'hi-IN']) {
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1280, 'dark'],
    ] as const) {
      const { context, page, faults } = await visitor(browser, demo.url, locale);
      context.setDefaultTimeout(PATIENCE_MS);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto('/lab');
      const act = page.locator('.lab .card [data-variant=filled]');
      for (const [step, drawn] of [
        ['choose', '.lab-typed'],
        ['changed', '.lab-copies .differs'],
        ['mended', '.steps li:nth-child(5).done'],
      ] as const) {
        if (step !== 'choose') await act.click();
        await page.locator(drawn).waitFor();
        for (const fault of await violationsOn(page)) found.push(`${step} ${width} ${colorScheme} ${locale}: ${fault}`);
        const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(wide) > 0) found.push(`${step} ${width} ${locale}: scrolls sideways by ${String(wide)}`);
      }
      assert.deepEqual(faults, []);
      await context.close();
    }
  }
  assert.deepEqual(found, []);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...anybody.faults, ...onlooker.faults], []);
});
