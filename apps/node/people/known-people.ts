/** Who of the hospital's patients somebody may be: a few are looked up by what is equal, the rest is core/exchange's judgement. */
import type { Alike } from '@clearchart/api';
import { likeness, type PersonTraits } from '@clearchart/exchange';
import type { ClinicalSession } from '../clinical/index.ts';
import { contactOf, parsePatient, personName } from '../routes/patient-lines.ts';

type Found = ReturnType<ClinicalSession['find']>[number];

/** Looked at for each thing that is equal. */
const MOST_CANDIDATES = 100;
const MOST_ALIKE = 10;

export interface KnownPeople {
  readonly alike: readonly Alike[];
  /** What the answer tells of, to be disclosed by who asked. */
  readonly versions: readonly Found[];
}

/** @param counts whether somebody alike is told of; everybody, when nothing is said */
export function knownPeople(
  session: ClinicalSession,
  traits: PersonTraits,
  counts: (found: Found) => boolean = () => true,
): KnownPeople {
  const candidates = new Map<string, Found>();
  for (const criteria of criteriaOf(traits))
    for (const found of session.find('Patient', criteria, MOST_CANDIDATES)) candidates.set(found.id, found);
  const known = [...candidates.values()]
    .map((version) => ({ version, ...judged(version, traits) }))
    .filter(({ because, version }) => because.length > 0 && counts(version))
    .slice(0, MOST_ALIKE);
  return {
    versions: known.map(({ version }) => version),
    alike: known.map(({ version, name, birthDate, because }) => ({
      id: version.id,
      name,
      ...(birthDate === undefined ? {} : { birthDate }),
      because: [...because],
    })),
  };
}

function criteriaOf({ birthDate, email, phone }: PersonTraits): string[] {
  const equal = (name: string, value: string | undefined): string[] =>
    value === undefined || value.trim() === ''
      ? []
      : [`${name}=${encodeURIComponent(value.trim().replace(/[\\$,|]/g, String.raw`\$&`))}`];
  return [...equal('birthdate', birthDate), ...equal('email', email), ...equal('phone', phone)];
}

function judged({ content }: Found, traits: PersonTraits) {
  const patient = parsePatient(content);
  const [name] = patient.name ?? [];
  const { birthDate } = patient;
  const other: PersonTraits = {
    given: name?.given?.join(' ') ?? '',
    family: name?.family ?? '',
    birthDate,
    email: contactOf(patient, 'email'),
    phone: contactOf(patient, 'phone'),
  };
  return { name: personName(patient), birthDate, because: likeness(traits, other) };
}
