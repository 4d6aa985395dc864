/** Who is asking, as the authentication hook found out; every decision about data starts from here. */
export type Role = 'administrator' | 'practitioner' | 'patient' | 'system';

export interface Caller {
  readonly role: Role;
  readonly accountId?: string;
  readonly tokenId?: string;
  readonly person?: `Patient/${string}` | `Practitioner/${string}`;
  /** 32 hexadecimal digits on the ledger. */
  readonly pseudonym?: string;
  /** For display in the list of accesses; 'operator' for tokens made on the command line. */
  readonly name: string;
  readonly authorisedBy?: string;
}
