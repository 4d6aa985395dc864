/** What an administrator does about accounts: invite, hand out claim codes, check who registered, close. */
import type {
  AccountChecked,
  AccountLine,
  Invitation,
  IssuedCode,
  NewPractitioner,
  PatientProfile,
} from '@clearchart/api';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { type Account, type AccountState, type Identity, type PersonReference } from './account-table.ts';
import type { CodeAbout, ComingInKind } from './code-table.ts';
import { deskNumberOf } from './desk-number.ts';
import type { AccountsPorts } from './ports.ts';

const PAGE_SIZE = 25;
const VERIFYING_MS = 60_000;

export class Desk {
  readonly #ports: AccountsPorts;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
  }

  async invite({ role, email, name, person }: Invitation, by: Caller): Promise<IssuedCode> {
    const { store, patients } = this.#ports;
    if ((role === 'practitioner') !== (person?.startsWith('Practitioner/') ?? false)) {
      throw new ApiError('bad-request', { detail: 'look at person' });
    }
    if (person !== undefined && !(await patients.practitionerExists(person.slice('Practitioner/'.length)))) {
      throw new ApiError('not-found');
    }
    if (store.accounts.byEmail(email) !== undefined) throw new ApiError('email-taken');
    const whom = person === undefined ? {} : { person: person as PersonReference };
    return this.#issue('invitation', { role, email, name, ...whom }, by);
  }

  /** Into the directory with a specialty, and invited. */
  async addPractitioner(practitioner: NewPractitioner, by: Caller): Promise<IssuedCode> {
    const { store, patients } = this.#ports;
    if (store.accounts.byEmail(practitioner.email) !== undefined) throw new ApiError('email-taken');
    const created = await patients.createPractitioner(practitioner);
    if (created === undefined) throw new ApiError('bad-request', { detail: 'look at specialty' });
    const { name, email } = practitioner;
    const person = `Practitioner/${created.practitionerId}`;
    return this.invite({ role: 'practitioner', email, name, person }, by);
  }

  async issueClaimCode(patientId: string, by: Caller): Promise<IssuedCode> {
    if (!(await this.#ports.patients.exists(patientId))) throw new ApiError('not-found');
    return this.#issue('claim', { role: 'patient', person: `Patient/${patientId}` }, by);
  }

  #refuseSecondAccount(person: PersonReference): void {
    const account = this.#ports.store.accounts.byPerson(person);
    if (account !== undefined) throw new ApiError('already-claimed');
  }

  #issue(kind: ComingInKind, whom: CodeAbout, { accountId }: Caller): IssuedCode {
    const { store } = this.#ports;
    const about = accountId === undefined ? whom : { ...whom, issuedBy: accountId };
    const issued = store.transaction(() => {
      if (about.person !== undefined) this.#refuseSecondAccount(about.person);
      return store.codes.issue(kind, about, store.clock.now());
    });
    if (issued === undefined) throw new ApiError('busy');
    const page = kind === 'claim' ? '/register' : '/enrol';
    return { id: issued.id, code: issued.code, path: `${page}#${issued.code}`, expires: issued.expiresAt };
  }

  invitations() {
    const { codes, clock } = this.#ports.store;
    const invitations = codes.open(clock.now()).map(({ expiresAt, ...code }) => ({ ...code, expires: expiresAt }));
    return { invitations };
  }

  withdrawInvitation(id: string): void {
    const { codes, clock } = this.#ports.store;
    if (!codes.end(id, clock.now())) throw new ApiError('not-found');
  }

  accounts(state: AccountState | undefined, page: number) {
    const { accounts } = this.#ports.store;
    return {
      accounts: accounts.list(state, (page - 1) * PAGE_SIZE, PAGE_SIZE).map((account) => this.#lineOf(account)),
      page,
      pageSize: PAGE_SIZE,
      total: accounts.count(state),
    };
  }

  /**
   * The desk has seen the person and heard the number: the account gets this Patient, or one made from what was registered.
   * What two desks decide at once is decided in the store: the same decision makes one Patient, another one is refused.
   */
  async verify(id: string, { deskNumber, patientId }: AccountChecked): Promise<{ patientId: string }> {
    const { store, patients } = this.#ports;
    if (deskNumberOf(store.sealing, this.#unverified(id).id) !== deskNumber) throw new ApiError('desk-number-wrong');
    if (patientId !== undefined && !(await patients.exists(patientId))) throw new ApiError('not-found');
    const link = patientId ?? 'new';
    const profile = store.transaction(() => this.#beginVerifying(id, link));
    try {
      const linked = patientId ?? (await patients.createPatient(profile, id)).patientId;
      const pseudonym = await patients.pseudonymOf(linked);
      store.transaction(() => {
        const account = this.#unverified(id);
        const { profile: _checked, verifying, ...identity } = account.identity;
        if (verifying?.link !== link) throw new ApiError('wrong-state');
        const person: PersonReference = `Patient/${linked}`;
        this.#refuseSecondAccount(person);
        store.codes.endOf(person);
        const found = pseudonym === undefined ? {} : { pseudonym };
        store.accounts.update(account, 'active', { ...identity, ...found, person });
      });
      return { patientId: linked };
    } catch (error) {
      store.transaction(() => this.#stopVerifying(id, link));
      throw error;
    }
  }

  #beginVerifying(id: string, link: string): PatientProfile {
    const { accounts, clock } = this.#ports.store;
    const account = this.#unverified(id);
    const { profile, verifying } = account.identity;
    if (profile === undefined) throw new ApiError('wrong-state');
    if (link !== 'new') this.#refuseSecondAccount(`Patient/${link}`);
    const now = clock.now();
    if (verifying !== undefined && verifying.until > now && verifying.link !== link) throw new ApiError('wrong-state');
    accounts.update(account, 'unverified', { ...account.identity, verifying: { link, until: now + VERIFYING_MS } });
    return profile;
  }

  #stopVerifying(id: string, link: string): void {
    const { accounts } = this.#ports.store;
    const account = accounts.byId(id);
    if (account?.state !== 'unverified' || account.identity.verifying?.link !== link) return;
    const { verifying: _ended, ...identity } = account.identity;
    accounts.update(account, 'unverified', identity satisfies Identity);
  }

  #unverified(id: string): Account {
    const account = this.#ports.store.accounts.byId(id);
    if (account === undefined) throw new ApiError('not-found');
    if (account.state !== 'unverified') throw new ApiError('wrong-state');
    return account;
  }

  #lineOf({ id, role, state, createdAt, lastSignInAt, identity }: Account): AccountLine {
    const { store, people } = this.#ports;
    const { accounts, codes, clock } = store;
    const { name, email, person, pseudonym, profile, changes } = identity;
    const waits = pseudonym !== undefined && people.keys.waiting(pseudonym) !== undefined;
    const changed = changes?.at(-1);
    return {
      id,
      role,
      state,
      name,
      email,
      createdAt,
      newKeyBegun: waits || accounts.newKeyOf(id) !== undefined || codes.isNewKeyBegun(id, clock.now()),
      ...(person === undefined ? {} : { person }),
      ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
      ...(profile === undefined || state !== 'unverified' ? {} : { profile }),
      ...(changed === undefined ? {} : { changed: { at: changed.at, by: changed.by.name } }),
    };
  }

  /** For the registry: what the desk can do next about this patient. */
  stateOfPatient(patientId: string): 'none' | 'invited' | 'active' | 'deactivated' {
    const { accounts, codes, clock } = this.#ports.store;
    const person: PersonReference = `Patient/${patientId}`;
    const account = accounts.byPerson(person);
    if (account !== undefined) return account.state === 'deactivated' ? 'deactivated' : 'active';
    return codes.isInvited(person, clock.now()) ? 'invited' : 'none';
  }
}
