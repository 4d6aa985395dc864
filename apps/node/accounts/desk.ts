/** What an administrator does about accounts: invite, hand out claim codes, check who registered, close. */
import type { AccountLine, Invitation, IssuedCode } from '@clearchart/api';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { type Account, type AccountState, isTaken, type PersonReference } from './account-table.ts';
import type { CodeAbout, CodeKind } from './code-table.ts';
import type { AccountsPorts } from './ports.ts';

const PAGE_SIZE = 25;

export class Desk {
  readonly #ports: AccountsPorts;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
  }

  async invite({ role, email, name, person }: Invitation): Promise<IssuedCode> {
    const { store, patients } = this.#ports;
    if ((role === 'practitioner') !== (person?.startsWith('Practitioner/') ?? false)) {
      throw new ApiError('bad-request', { detail: 'look at person' });
    }
    if (person !== undefined && !(await patients.practitionerExists(person.slice('Practitioner/'.length)))) {
      throw new ApiError('not-found');
    }
    if (store.accounts.byEmail(email) !== undefined) throw new ApiError('email-taken');
    if (person !== undefined) this.#refuseSecondAccount(person as PersonReference);
    return this.#issue('invitation', {
      role,
      email,
      name,
      ...(person === undefined ? {} : { person: person as PersonReference }),
    });
  }

  async issueClaimCode(patientId: string): Promise<IssuedCode> {
    if (!(await this.#ports.patients.exists(patientId))) throw new ApiError('not-found');
    const person: PersonReference = `Patient/${patientId}`;
    this.#refuseSecondAccount(person);
    return this.#issue('claim', { role: 'patient', person });
  }

  #refuseSecondAccount(person: PersonReference): void {
    const account = this.#ports.store.accounts.byPerson(person);
    if (account !== undefined) throw new ApiError('already-claimed');
  }

  #issue(kind: CodeKind, about: CodeAbout): IssuedCode {
    const { store } = this.#ports;
    const issued = store.transaction(() => store.codes.issue(kind, about, store.clock.now()));
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
      accounts: accounts.list(state, (page - 1) * PAGE_SIZE, PAGE_SIZE).map(lineOf),
      page,
      pageSize: PAGE_SIZE,
      total: accounts.count(state),
    };
  }

  /** The desk has seen the person: the account gets this Patient, or one made from what was registered. */
  async verify(id: string, patientId: string | undefined, administrator: Caller): Promise<{ patientId: string }> {
    const { store, patients } = this.#ports;
    const account = this.#unverified(id);
    const { profile } = account.identity;
    if (profile === undefined) throw new ApiError('wrong-state');
    if (patientId !== undefined && !(await patients.exists(patientId))) throw new ApiError('not-found');
    if (patientId !== undefined) this.#refuseSecondAccount(`Patient/${patientId}`);
    const { accountId = '', name } = administrator;
    const linked = patientId ?? (await patients.createPatient(profile, { accountId, name })).patientId;
    const pseudonym = await patients.pseudonymOf(linked);
    try {
      store.transaction(() => {
        const unverified = this.#unverified(id);
        const { profile: _checked, ...identity } = unverified.identity;
        const found = pseudonym === undefined ? {} : { pseudonym };
        store.accounts.update(unverified, 'active', { ...identity, ...found, person: `Patient/${linked}` });
      });
    } catch (error) {
      throw isTaken(error) === 'person' ? new ApiError('already-claimed') : error;
    }
    return { patientId: linked };
  }

  #unverified(id: string): Account {
    const account = this.#ports.store.accounts.byId(id);
    if (account === undefined) throw new ApiError('not-found');
    if (account.state !== 'unverified') throw new ApiError('wrong-state');
    return account;
  }

  /** Ends every session and token; the record and what stands on the ledger stay. */
  deactivate(id: string): void {
    const { store } = this.#ports;
    store.transaction(() => {
      const account = store.accounts.byId(id);
      if (account === undefined) throw new ApiError('not-found');
      if (account.state === 'deactivated') return;
      const isLast = account.role === 'administrator' && store.accounts.count('active', 'administrator') <= 1;
      if (isLast && account.state === 'active') throw new ApiError('last-administrator');
      store.accounts.update(account, 'deactivated', account.identity);
      store.sessions.endAll(id);
      const { person } = account.identity;
      if (person !== undefined) store.tokens.endOf(person);
    });
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

function lineOf({ id, role, state, createdAt, lastSignInAt, identity }: Account): AccountLine {
  const { name, email, person, profile } = identity;
  return {
    id,
    role,
    state,
    name,
    email,
    createdAt,
    ...(person === undefined ? {} : { person }),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
    ...(profile === undefined || state !== 'unverified' ? {} : { profile }),
  };
}
