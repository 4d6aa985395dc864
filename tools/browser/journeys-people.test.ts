/** The desk at work on people: invited, listed, closed and opened again; and people who come back to a forgotten password. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { enrol, signIn, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', password: 'saffron-lantern-harbour-930' };
const ANIL = { name: 'Anil Deshpande', email: 'anil@city.example', password: 'copper-monsoon-kettle-551' };

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let desk: Visitor;
let anil: Visitor;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  [desk, anil] = await Promise.all([visitor(browser, hospital.url), visitor(browser, hospital.url)]);
  await enrol(desk.page, hospital.enrolPath, DESK);
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

test('the desk invites a colleague, who takes up the invitation', async () => {
  const { page } = desk;
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Administrator', { exact: true }).click();
  await dialog.getByLabel('Name').fill(ANIL.name);
  await dialog.getByLabel('E-mail').fill(ANIL.email);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const code = (await dialog.locator('.issued-code').textContent()) ?? '';
  await enrol(anil.page, `/enrol#${code}`, { password: ANIL.password });
});

test('an account closed by mistake is open again at once; one closed for a while is opened from the list', async () => {
  const { page } = desk;
  const close = async () => {
    const line = page
      .getByRole('region', { name: 'Accounts in use' })
      .getByRole('listitem')
      .filter({ hasText: ANIL.name });
    await line.getByRole('button', { name: 'Close' }).click();
    await line.getByRole('button', { name: 'Really close it' }).click();
    await page.getByText(`The account of ${ANIL.name} is closed.`).waitFor();
  };
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await close();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`The account of ${ANIL.name} is closed.`).waitFor({ state: 'hidden' });
  await signIn(anil.page, ANIL.email, ANIL.password);
  await close();
  const closed = page
    .getByRole('region', { name: 'Closed accounts' })
    .getByRole('listitem')
    .filter({ hasText: ANIL.name });
  await closed.getByText(`by ${DESK.name}`).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await anil.page.goto('/sign-in');
  await anil.page.getByLabel('E-mail').fill(ANIL.email);
  await anil.page.getByLabel('Password', { exact: true }).fill(ANIL.password);
  await anil.page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await anil.page.getByText('This account has been closed.').waitFor();
  await closed.getByRole('button', { name: 'Open again' }).click();
  await closed.waitFor({ state: 'hidden' });
  await signIn(anil.page, ANIL.email, ANIL.password);
});

test('a cardiologist enters the directory and is invited in one form', async () => {
  const { page } = desk;
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Dr Leela Menon');
  await dialog.getByLabel('E-mail').fill('leela@city.example');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await dialog.getByText('Choose what they practise.').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await dialog.getByLabel('Specialty').selectOption('cardiology');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await dialog.locator('.issued-code').waitFor();
});

const LIST = [
  'given,family,birth date,gender,mobile,e-mail,address,town',
  'Meera,Kulkarni,1985-03-14,female,+91 98220 11111,meera@mail.example,"12, Lake Road",Pune',
  'Ravi,Rao,1990-02-30,male,,,,',
];

test('a list of patients is shown first, put right, and then written whole; the next list warns of who is known', async () => {
  const { page } = desk;
  const choose = async (lines: readonly string[]) => {
    const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) };
    await page.locator('input[type=file]').setInputFiles(file);
  };
  await page.goto('/registry');
  await page.getByRole('link', { name: 'Import a list of patients' }).click();
  await page.getByRole('heading', { name: 'Import a list of patients' }).waitFor();
  await choose(LIST);
  await page.getByText('Not a day as 2001-12-31').waitFor();
  await page.getByText('Nothing has been written').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const right = [...LIST.slice(0, 2), 'Ravi,Rao,1990-02-28,male,,,,'];
  await choose(right);
  await page.getByRole('button', { name: 'Add 2 people' }).click();
  await page.getByText('2 people have been added').waitFor();
  await page.goto('/registry/import');
  await choose([LIST[0] ?? '', 'Meera,Kulkarny,1985-03-14,female,,,,', 'Asha,Nene,1990-02-11,female,,,,']);
  await page.getByRole('region', { name: 'May be known already' }).waitFor();
  await page.getByRole('button', { name: 'Add one person' }).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await page.getByRole('button', { name: 'Add one person' }).click();
  await page.getByText('One person has been added').waitFor();
  await page.getByRole('link', { name: 'To the registry' }).click();
  await page.getByRole('row').filter({ hasText: 'Meera Kulkarni' }).waitFor();
});

test('a long list tells how far it is, also after the page was left; broken off, it goes on with the rest', async () => {
  const { page } = desk;
  const people = Array.from(
    { length: 1_500 },
    (_, at) => `Long${at},Listed${at}q,19${10 + (at % 90)}-01-${10 + (at % 19)},male,,,,`,
  );
  await page.goto('/registry/import');
  const buffer = Buffer.from([LIST[0], ...people].join('\r\n'));
  await page.locator('input[type=file]').setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Add 1500 people' }).click();
  await page.getByText(/[1-9][\d,]* of 1,500 people are written/).waitFor();
  await page.reload();
  await page.getByRole('progressbar', { name: 'The list is being written' }).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await page.getByRole('button', { name: 'Break off' }).click();
  const told = await page.getByText(/^Broken off: [\d,]+ of 1,500 people are written/).textContent();
  const written = Number(/: ([\d,]+) of/.exec(told ?? '')?.[1]?.replace(',', ''));
  assert.ok(written > 0 && written < 1_500, told ?? '');
  assert.deepEqual(await violationsOn(page), []);
  await page.locator('input[type=file]').setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer });
  await page.getByText('written already').waitFor();
  await page.getByRole('button', { name: `Add ${1_500 - written} people` }).click();
  await page.getByText(`${written} of this list had been written before.`).waitFor({ timeout: 60_000 });
});

test('the desk is warned before it enters somebody twice, and can hand out the code at once', async () => {
  const { page } = desk;
  await page.goto('/registry');
  await page.getByRole('button', { name: 'New patient' }).click();
  const dialog = page.getByRole('dialog');
  for (const [label, value] of [
    ['Given name', 'Meera'],
    ['Family name', 'Kulkarny'],
    ['Born on', '1985-03-14'],
  ] as const)
    await dialog.getByLabel(label).fill(value);
  await dialog.getByLabel('Gender').selectOption('female');
  await dialog.getByLabel('Make a claim code at once').check();
  await dialog.getByRole('button', { name: 'Add the patient' }).click();
  await dialog.getByText('same birth date, similar name').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await dialog.getByRole('button', { name: 'It is somebody else: add' }).click();
  await dialog.locator('.issued-code').waitFor();
});

test('who registers alone is told where, and is told nothing of who is known', async () => {
  const { page, context } = await visitor(browser, hospital.url);
  await page.goto('/register');
  await page.getByRole('button', { name: 'I am new here' }).click();
  await page.locator('form').getByText('City Hospital').waitFor();
  await page.getByText('Have you been here before?').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const told = await page.evaluate(async () => {
    const answer = await fetch('/api/patients/alike', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ given: 'Meera', family: 'Kulkarni' }),
    });
    return answer.status;
  });
  assert.equal(told, 401);
  await context.close();
});

test('a forgotten password: the link comes by mail, works once, and needs the words', async () => {
  const demo = await hospitals.found('Demo Hospital', { demo: true });
  const { page, faults } = await visitor(browser, demo.url);
  const words = await enrol(page, demo.enrolPath, DESK);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Password forgotten?' }).click();
  await page.getByRole('heading', { name: 'Password forgotten', exact: true }).waitFor();
  await page.getByLabel('E-mail').fill('nobody@city.example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await page.getByText('If nobody@city.example has an account here').waitFor();
  await page.getByLabel('E-mail').fill('desk@city.example');
  await page.getByRole('button', { name: 'Send it again' }).click();
  await page.getByText('If desk@city.example has an account here').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await page.getByRole('link', { name: 'To the mailbox of the demo' }).click();
  await page.getByRole('heading', { name: 'Mailbox of the demo' }).waitFor();
  const letters = page.locator('.letters li');
  await letters.first().waitFor();
  assert.equal(await letters.count(), 1, 'nobody@city.example got none');
  assert.ok((await letters.locator('p[lang=hi]').count()) > 0, 'the letter is told in Hindi too');
  const fonts = await page.evaluate(() => [...document.fonts].map(({ family, status }) => `${family} ${status}`));
  assert.ok(
    fonts.some((font) => /Devanagari.* loaded$/.test(font)),
    'drawn with its own font for readers of English',
  );
  assert.deepEqual(await violationsOn(page), []);
  const link = (await letters.getByRole('link').getAttribute('href')) ?? '';
  const recover = async (list: readonly string[]) => {
    await page.goto('/');
    await page.goto(link);
    await page.getByLabel('Your 24 recovery words').fill(list.join(' '));
    await page.getByLabel('New password').fill(ANIL.password);
    await page.getByRole('button', { name: 'Set the new password' }).click();
  };
  await recover(words.toReversed());
  await page.getByText('These words and this address do not belong together.').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await recover(words);
  await page.getByRole('heading', { name: 'Registry' }).waitFor();
  await recover(words);
  await page.getByText('This code is not valid').waitFor();
  await page.goto('/mailbox');
  await page.getByRole('heading', { name: 'Demo Hospital: password changed' }).waitFor();
  await page.context().close();
  assert.deepEqual(faults, []);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...anil.faults], []);
});
