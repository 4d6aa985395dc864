/** `demo-people.json`: everybody's login at every hospital, with the address where it is used. Whole, or as it was before. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DemoLogin } from '@clearchart/demo';

export const PEOPLE_FILE = 'demo-people.json';

export interface DemoAccount {
  readonly role: DemoLogin['role'];
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly recoveryWords: readonly string[];
  readonly about: string;
  readonly patientId?: string;
  /** Name of the hospital; missing where a demo of one hospital wrote it. */
  readonly hospital?: string;
  readonly url: string;
}

export function readAccounts(file: string): readonly DemoAccount[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : [];
}

export function writeAccounts(file: string, accounts: readonly DemoAccount[]): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
