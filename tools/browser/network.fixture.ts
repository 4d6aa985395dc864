/** What the journeys over several hospitals share: the parts of a page they look at, and the administrator of a new hospital. */
import type { Locator, Page } from 'playwright-core';
import type { NodeProcess } from '../network/processes.fixture.ts';
import { enrol } from './person.fixture.ts';

const PASSWORD = 'copper-orchard-river-936';

export const checkOf = (page: Page): Locator => page.getByRole('region', { name: 'Check in your browser' });
export const agreementOf = (page: Page): Locator => page.getByRole('region', { name: 'Compare the hospitals' });

/** Takes up the invitation that `init` printed, and lands on the registry. */
export async function enrolDesk(page: Page, node: NodeProcess): Promise<void> {
  await enrol(page, node.enrolPath, { name: `Nisha ${node.name}`, password: PASSWORD });
  await page.waitForURL(/\/registry$/);
}
