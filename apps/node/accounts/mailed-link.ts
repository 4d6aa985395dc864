/**
 * The link that goes by mail to whoever forgot the password. Asking says the same for known and unknown addresses. The link
 * shows that the mailbox is the person's; the recovery words still have to open the vault.
 */
import { ApiError } from '../http/errors.ts';
import { type BrakeRule, Brakes } from './brakes.ts';
import type { OpenCode } from './code-table.ts';
import type { AccountLetters, AccountsPorts } from './ports.ts';
import type { Asking, SignIn } from './sign-in.ts';

/** So that nobody's mailbox is filled by a stranger. */
const TO_ONE_ADDRESS: BrakeRule = { freeTries: 3, firstWaitMs: 60_000, longestWaitMs: 10 * 60_000 };

export class MailedLink {
  readonly #ports: AccountsPorts;
  readonly #signIn: SignIn;
  readonly #letters: AccountLetters;
  readonly #brakes: Brakes;

  constructor(ports: AccountsPorts, letters: AccountLetters, signIn: SignIn) {
    this.#ports = ports;
    this.#signIn = signIn;
    this.#letters = letters;
    this.#brakes = new Brakes(TO_ONE_ADDRESS, ports.store.random);
  }

  /** @throws ApiError `too-many-requests`, also for an address without an account. */
  request(email: string, asking: Asking): void {
    const { store } = this.#ports;
    const now = store.clock.now();
    const userIdentifier = store.accounts.userIdentifier(email);
    const { knownDevice } = this.#signIn.originOf(userIdentifier, asking);
    this.#brakes.begin(knownDevice === undefined ? userIdentifier : `${userIdentifier} ${knownDevice}`, now);
    const account = store.accounts.byEmail(email);
    if (account?.state !== 'active' && account?.state !== 'unverified') return;
    const about = { role: account.role, accountId: account.id };
    const issued = store.transaction(() => store.codes.issue('recovery', about, now));
    if (issued !== undefined) this.#letters.recoveryLink(account.identity.email, `/recover#${issued.code}`);
  }

  /** @throws ApiError `code-invalid` for every code that is not one of a letter, or no longer. */
  open(code: string): OpenCode<'recovery'> & { readonly accountId: string } {
    const { codes, clock } = this.#ports.store;
    const found = codes.findRecovery(code, clock.now());
    if (found?.accountId === undefined) throw new ApiError('code-invalid');
    codes.countAttempt(found.id);
    return { ...found, accountId: found.accountId };
  }
}
