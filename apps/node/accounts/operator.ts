/** What the operator does to accounts from the command line, whether the node runs or stands still. */
import type { PersonReference } from './account-table.ts';
import { type AccountStore, type AccountStorePorts, openAccountStore } from './store.ts';
import type { TokenRole } from './token-table.ts';

/** Makes accounts.db and the one-time code with which the first administrator sets a password. */
export function createEnrolment({ email, ...ports }: AccountStorePorts & { readonly email: string }): string {
  const store = openAccountStore(ports);
  try {
    const issued = store.codes.issue('enrolment', { role: 'administrator', email: email.trim() }, ports.clock.now());
    if (issued === undefined) throw new Error('too many codes are open');
    return issued.code;
  } finally {
    store.close();
  }
}

export interface RenewedEnrolment {
  /** Relative to the node's address; works once, in place of every one before. */
  readonly enrolUrl: string;
  /** ISO 8601. */
  readonly expires: string;
}

/** For a hospital whose first administrator never came in. @throws RangeError when there is one, or the e-mail is not known. */
export function renewEnrolment(store: AccountStore, email: string | undefined): RenewedEnrolment {
  return store.transaction(() => {
    if (store.accounts.count(undefined, 'administrator') > 0)
      throw new RangeError('this hospital has an administrator, who invites others');
    const before = store.codes.endEnrolment();
    const to = email ?? before;
    if (to === undefined) throw new RangeError('say for whom: --admin-email');
    const issued = store.codes.issue('enrolment', { role: 'administrator', email: to }, store.clock.now());
    if (issued === undefined) throw new RangeError('too many codes are open');
    return { enrolUrl: `/enrol#${issued.code}`, expires: new Date(issued.expiresAt).toISOString() };
  });
}

export interface CreatedToken {
  /** Told once; only its hash is kept. */
  readonly token: string;
  readonly id: string;
  /** ISO 8601. */
  readonly expires: string;
}

export interface TokenParameters {
  readonly role: TokenRole;
  /** FHIR id, with or without its type. */
  readonly person?: string | undefined;
  readonly days: number;
}

export interface TokenPorts {
  readonly accounts: AccountStore;
  readonly exists: (person: PersonReference) => boolean;
}

/** @throws RangeError when role and person do not go together, or nobody has this id. */
export function createToken({ accounts, exists }: TokenPorts, parameters: TokenParameters): CreatedToken {
  const { role, days } = parameters;
  const person = referenceOf(role, parameters.person);
  if (person !== undefined && !exists(person))
    throw new RangeError(`there is no ${person.replace('/', ' with the id ')}`);
  const made = accounts.tokens.create(
    { role, ...(person === undefined ? {} : { person }), days, authorisedBy: 'operator' },
    accounts.clock.now(),
  );
  return { token: made.token, id: made.id, expires: new Date(made.expiresAt).toISOString() };
}

function referenceOf(role: TokenRole, person: string | undefined): PersonReference | undefined {
  if ((person === undefined) !== (role === 'system')) {
    throw new RangeError(role === 'system' ? 'a system token acts for nobody' : `a ${role} token needs a person`);
  }
  if (person === undefined) return undefined;
  const type = role === 'patient' ? 'Patient' : 'Practitioner';
  const id = person.startsWith(`${type}/`) ? person.slice(type.length + 1) : person;
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new RangeError(`a ${role} token needs a ${type}`);
  return `${type}/${id}`;
}
