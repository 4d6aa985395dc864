/** Brings a membership application to a member's node. */
import type { MembershipApplication } from '@clearchart/ledger';
import { openConnections } from '../peers/index.ts';

const WITHIN_MS = 10_000;
const LONGEST_ANSWER_BYTES = 16 * 1024;

/**
 * @param ca PEM certificates to believe beside those the machine believes.
 * @throws Error in our own words when it is not taken.
 */
export async function postApplication(
  address: string,
  application: MembershipApplication,
  ca: string | undefined,
): Promise<void> {
  const connections = openConnections(ca, 1);
  try {
    const answer = await connections.post(
      new URL('/api/ledger/nodes/apply', address),
      { 'content-type': 'application/json' },
      new TextEncoder().encode(JSON.stringify(application)),
      { mostBytes: LONGEST_ANSWER_BYTES, signal: AbortSignal.timeout(WITHIN_MS) },
    );
    if (answer.status !== 202) throw new Error(`the member's node answers ${answer.status}`);
  } finally {
    connections.close();
  }
}
