/** Who asks to be admitted. An applicant asks again every half minute, so nothing is kept beyond a few of them. */
import type { SignatureVerifier } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import {
  applicationCheck,
  type ChainId,
  isRejection,
  type MembershipApplication,
  type OrganizationId,
  parseApplicationValue,
  type Rejection,
  reject,
} from '@clearchart/ledger';

const MOST_APPLICATIONS = 50;
/** An applicant that has been silent so long is no longer shown, milliseconds. */
const LASTS_MS = 10 * 60_000;

export interface Application {
  readonly application: MembershipApplication;
  /** Clock time, milliseconds. */
  readonly heardAt: number;
}

export class Applications {
  readonly #ports: { readonly chainId: ChainId; readonly verifier: SignatureVerifier; readonly clock: Clock };
  readonly #heard = new Map<OrganizationId, Application>();

  constructor(ports: { chainId: ChainId; verifier: SignatureVerifier; clock: Clock }) {
    this.#ports = ports;
  }

  hear(value: unknown): Rejection | undefined {
    const { chainId, clock, verifier } = this.#ports;
    const application = parseApplicationValue(value);
    if (isRejection(application)) return application;
    const check = applicationCheck(chainId, application);
    if (isRejection(check)) return check;
    if (!verifier.verify(check.publicKey, check.message, check.signature)) return reject('signature-invalid');
    this.#forgetSilent();
    if (!this.#heard.has(application.organization) && this.#heard.size >= MOST_APPLICATIONS)
      return reject('members-full');
    this.#heard.set(application.organization, { application, heardAt: clock.now() });
    return undefined;
  }

  list(): readonly Application[] {
    this.#forgetSilent();
    return [...this.#heard.values()];
  }

  of(organization: string): MembershipApplication | undefined {
    return this.list().find(({ application }) => application.organization === organization)?.application;
  }

  forget(organization: OrganizationId): void {
    this.#heard.delete(organization);
  }

  #forgetSilent(): void {
    const least = this.#ports.clock.now() - LASTS_MS;
    for (const [organization, { heardAt }] of this.#heard) if (heardAt < least) this.#heard.delete(organization);
  }
}
