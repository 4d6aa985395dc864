/** Every page of the web app, by who sees it; what the page tests and the screenshots walk through. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { DemoHospital } from './demo-hospital.ts';

/** Waits are for conditions; a machine under load gets this long. */
const PATIENCE_MS = 60_000;

export type Reader = 'visitor' | 'patient' | 'practitioner' | 'administrator';

export interface PageUnderTest {
  readonly name: string;
  readonly reader: Reader;
  readonly path: string;
  /** What stands on the page once it is drawn. */
  readonly shows: string;
}

export function pagesOf(patientId: string): readonly PageUnderTest[] {
  return [
    { name: 'landing', reader: 'visitor', path: '/', shows: '.person' },
    { name: 'sign-in', reader: 'visitor', path: '/sign-in', shows: 'input[name=password]' },
    { name: 'register', reader: 'visitor', path: '/register', shows: '.choice' },
    { name: 'recover', reader: 'visitor', path: '/recover', shows: 'input[name=email]' },
    { name: 'new-key', reader: 'visitor', path: '/new-key', shows: '.state-title' },
    { name: 'mailbox', reader: 'visitor', path: '/mailbox', shows: '.state-title, .letters' },
    { name: 'enrol', reader: 'visitor', path: '/enrol', shows: '.state-title' },
    { name: 'explorer', reader: 'visitor', path: '/explorer', shows: '.steps .done' },
    { name: 'block', reader: 'visitor', path: '/explorer/blocks/2', shows: '.steps .done' },
    { name: 'hospitals', reader: 'visitor', path: '/hospitals', shows: '.hospitals .seal' },
    { name: 'lab', reader: 'visitor', path: '/lab', shows: '.lab-copies .same' },
    { name: 'sha-256', reader: 'visitor', path: '/learn/sha-256', shows: '.paper-value .tag' },
    { name: 'verify', reader: 'visitor', path: '/verify', shows: '.drop' },
    { name: 'not-found', reader: 'visitor', path: '/no-such-page', shows: 'h1' },
    { name: 'me', reader: 'patient', path: '/me', shows: '.who-top.verified' },
    { name: 'profile', reader: 'patient', path: '/me/profile', shows: 'input[name=phone]' },
    { name: 'told', reader: 'patient', path: '/me/problems', shows: 'form input' },
    { name: 'prescriptions', reader: 'patient', path: '/me/prescriptions', shows: '.prescription-slip .qr' },
    { name: 'book', reader: 'patient', path: '/book', shows: '.times button' },
    { name: 'schedule', reader: 'administrator', path: '/schedule', shows: 'h1' },
    { name: 'schedule-hours', reader: 'administrator', path: '/schedule/hours', shows: '.hours-roles li' },
    { name: 'hours', reader: 'practitioner', path: '/schedule/hours', shows: '.hours-day' },
    { name: 'accesses', reader: 'patient', path: '/me/accesses', shows: '.access-proof' },
    { name: 'receipt', reader: 'patient', path: `/receipts/Patient/${patientId}/1`, shows: '.paper dl dd code' },
    { name: 'account', reader: 'patient', path: '/account', shows: 'input[name=new-password]' },
    { name: 'link', reader: 'patient', path: '/account/link', shows: 'textarea' },
    { name: 'today', reader: 'practitioner', path: '/today', shows: '.today, .today-empty' },
    { name: 'patients', reader: 'practitioner', path: '/patients', shows: '.patient-link' },
    {
      name: 'patient',
      reader: 'practitioner',
      path: `/patients/${patientId}`,
      shows: '.visit textarea',
    },
    { name: 'registry', reader: 'administrator', path: '/registry', shows: '.person-cell' },
    { name: 'node', reader: 'administrator', path: '/node', shows: '.network-rows li' },
    { name: 'import', reader: 'administrator', path: '/registry/import', shows: '.file-button' },
  ];
}

export type Scheme = 'light' | 'dark';
export type PageLanguage = 'en' | 'hi';

export interface Look {
  readonly width: number;
  readonly scheme: Scheme;
  readonly language: PageLanguage;
}

/** As a reader who moves: a page that the node has drawn is taken over by the app. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.mouse.move(1, 1);
}

/** Signed-in browsers, one for each reader: signing in costs a second, so it is done once. */
export class Readers {
  readonly #browser: Browser;
  readonly #hospital: DemoHospital;
  readonly #states = new Map<Reader, Awaited<ReturnType<BrowserContext['storageState']>>>();

  constructor(browser: Browser, hospital: DemoHospital) {
    this.#browser = browser;
    this.#hospital = hospital;
  }

  async open(reader: Reader, look: Look): Promise<Page> {
    const storageState = reader === 'visitor' ? undefined : (this.#states.get(reader) ?? (await this.#signIn(reader)));
    const context = await this.#browser.newContext({
      viewport: { width: look.width, height: 900 },
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
      locale: look.language === 'hi' ? 'hi-IN' : 'en-GB',
      baseURL: this.#hospital.url,
      ...(storageState === undefined ? {} : { storageState }),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return await context.newPage();
  }

  async #signIn(reader: Reader): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
    const person = this.#hospital.people.find(({ role }) => role === reader);
    if (person === undefined) throw new Error(`The demo has no ${reader}.`);
    const context = await this.#browser.newContext({ baseURL: this.#hospital.url, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.fill('input[name=email]', person.email);
    await page.fill('input[name=password]', person.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/(?:me|today|registry)$/);
    const state = await context.storageState();
    this.#states.set(reader, state);
    await context.close();
    return state;
  }
}
