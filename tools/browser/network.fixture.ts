/** What the journeys over several hospitals share: the parts of a page they look at, and the administrator of a new hospital. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { NodeProcess } from '../network/processes.fixture.ts';
import { enrol, type Visitor, visitor } from './person.fixture.ts';

/** Two busy cores make blocks and count votes for four; what waits for them gets this long. */
export const PATIENCE_MS = 180_000;
const PASSWORD = 'copper-orchard-river-936';

export const checkOf = (page: Page): Locator => page.getByRole('region', { name: 'Check in your browser' });
export const agreementOf = (page: Page): Locator => page.getByRole('region', { name: 'Compare the hospitals' });

/** Somebody new at a hospital, with the patience that four of them on one machine need. */
export async function visitorAt(browser: Browser, node: NodeProcess): Promise<Visitor> {
  const one = await visitor(browser, node.url);
  one.context.setDefaultTimeout(PATIENCE_MS);
  return one;
}

/** Takes up the invitation that `init` printed, and lands on the registry. */
export async function enrolDesk(page: Page, node: NodeProcess): Promise<void> {
  await enrol(page, node.enrolPath, { name: `Nisha ${node.name}`, password: PASSWORD });
  await page.waitForURL(/\/registry$/);
}
