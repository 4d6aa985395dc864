/**
 * Who may be the same person as somebody already known: a warning for a human, never a decision. Same birth date and similar
 * name; or the same phone or e-mail together with one of the two, since families share both. Pure.
 */
export interface PersonTraits {
  readonly given: string;
  readonly family: string;
  /** YYYY-MM-DD */
  readonly birthDate?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export type Likeness = 'name' | 'email' | 'phone';

/** What speaks for it, the strongest first; empty when nothing does. */
export function likeness(one: PersonTraits, other: PersonTraits): readonly Likeness[] {
  const sameBirth = one.birthDate !== undefined && one.birthDate === other.birthDate;
  const similar = isSimilarName(one, other);
  if (!sameBirth && !similar) return [];
  const found: Likeness[] = [];
  if (sameBirth && similar) found.push('name');
  if (sameText(emailOf(one), emailOf(other))) found.push('email');
  if (sameText(phoneOf(one), phoneOf(other))) found.push('phone');
  return found;
}

const SHORTEST_WITH_SLIPS = 5;
/** Digits at the end of a phone number that tell it apart, with or without a country's prefix. */
const PHONE_DIGITS = 9;

/** One slip of the pen in longer names; given and family name the other way round; further given names do not count. */
function isSimilarName(one: PersonTraits, other: PersonTraits): boolean {
  const [given, family] = [words(one.given), words(one.family)];
  const [otherGiven, otherFamily] = [words(other.given), words(other.family)];
  return (
    (isSimilar(family.join(''), otherFamily.join('')) && isSimilar(given[0] ?? '', otherGiven[0] ?? '')) ||
    (isSimilar(family.join(''), otherGiven[0] ?? '') && isSimilar(given[0] ?? '', otherFamily.join('')))
  );
}

/** Without accents, case and marks. Letters of other scripts stay whole, their vowel signs included. */
function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

function isSimilar(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  if (one === other) return true;
  return Math.min(one.length, other.length) >= SHORTEST_WITH_SLIPS && isOneSlipApart(one, other);
}

/** One letter more, less or another, or two neighbours swapped. */
function isOneSlipApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

const emailOf = ({ email }: PersonTraits): string => (email ?? '').trim().toLowerCase();
const phoneOf = ({ phone }: PersonTraits): string => (phone ?? '').replace(/\D/g, '').slice(-PHONE_DIGITS);
const sameText = (one: string, other: string): boolean => one !== '' && one === other;
