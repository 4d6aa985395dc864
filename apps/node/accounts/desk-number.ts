/** The number by which the desk knows that who stands there is who registered: the account shows it, no line of the desk does. */
import type { Sealing } from './sealing.ts';

const NUMBERS = 1_000_000;
const DIGITS = 6;

/** Six digits, always the same for one account. */
export function deskNumberOf(sealing: Sealing, accountId: string): string {
  const hash = sealing.hash('desk-number', accountId);
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0) % NUMBERS;
  return String(number).padStart(DIGITS, '0');
}
