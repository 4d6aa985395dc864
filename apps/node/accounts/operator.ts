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
