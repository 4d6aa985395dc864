/** Every name that stands on the ledger: lower-case hexadecimal digits of a fixed length, never a bare string. */
declare const brand: unique symbol;
type Hex<Name extends string> = string & { readonly [brand]: Name };

/** Hash of the genesis file, 64 digits. */
export type ChainId = Hex<'ChainId'>;
export type TransactionId = Hex<'TransactionId'>;
export type HeaderHash = Hex<'HeaderHash'>;
/** 32 digits. */
export type OrganizationId = Hex<'OrganizationId'>;
/** 32 random digits; a person has one for each hospital. */
export type Pseudonym = Hex<'Pseudonym'>;
/** 32 digits that only the custodian can compute from a FHIR id. */
export type RecordId = Hex<'RecordId'>;
export type AccessId = Hex<'AccessId'>;
export type CategoryTag = Hex<'CategoryTag'>;
/** 64 digits. */
export type Commitment = Hex<'Commitment'>;
export type PublicKey = Hex<'PublicKey'>;
/** 128 digits. */
export type Signature = Hex<'Signature'>;
/** Any other 32-byte value, 64 digits. */
export type Hash = Hex<'Hash'>;

const DIGITS = /^[0-9a-f]*$/;

export function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && DIGITS.test(value);
}

/** The parsers throw TypeError. */
function parser<Id extends string>(name: string, digits: number): (text: string) => Id {
  return (text) => {
    if (!isHex(text, digits)) throw new TypeError(`${name}: ${digits} lower-case hexadecimal digits expected`);
    return text as Id;
  };
}

export const parseChainId = parser<ChainId>('chain id', 64);
export const parseTransactionId = parser<TransactionId>('transaction id', 64);
export const parseHeaderHash = parser<HeaderHash>('header hash', 64);
export const parseOrganizationId = parser<OrganizationId>('organization', 32);
export const parsePseudonym = parser<Pseudonym>('pseudonym', 32);
export const parseRecordId = parser<RecordId>('record', 32);
export const parseAccessId = parser<AccessId>('access', 32);
export const parseCategoryTag = parser<CategoryTag>('category tag', 32);
export const parseSignature = parser<Signature>('signature', 128);
export const parsePublicKey = parser<PublicKey>('public key', 64);
export const parseCommitment = parser<Commitment>('commitment', 64);
