/** Who can be booked: active practitioner roles with a specialty, a practitioner and hours. */
import type { Doctor } from '@clearchart/api';
import { SPECIALTIES, type SpecialtyId, specialtyByCode } from '@clearchart/care';
import { contentOf, type ClinicalSession } from '../clinical/index.ts';
import { personName } from '../routes/patient-lines.ts';
import type { AvailabilityRules } from './availability.ts';

/** Of one specialty at one hospital. */
const MOST_DOCTORS = 200;
/** Of one hospital. */
const MOST_ROLES = 1_000;

export interface PractitionerRole extends AvailabilityRules {
  readonly id: string;
  readonly active?: boolean;
  readonly practitioner?: { readonly reference?: string };
  readonly specialty?: readonly { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] }[];
  readonly location?: readonly { readonly reference?: string }[];
}

export interface BookableDoctor extends Doctor {
  readonly rules: AvailabilityRules;
  /** `Location/id` */
  readonly location: string | undefined;
}

/** A role as it stands in the records, whether somebody can be booked in it or not. */
export interface RoleOfPractitioner {
  readonly role: string;
  readonly version: number;
  /** FHIR id */
  readonly practitioner: string;
  readonly name: string;
  readonly specialty: SpecialtyId | undefined;
  readonly place: string | undefined;
  /** `Location/id` */
  readonly location: string | undefined;
  /** BCP 47. */
  readonly languages: readonly string[];
  readonly rules: PractitionerRole;
}

export class Doctors {
  readonly #session: ClinicalSession;

  /** @param session With the hospital's own right: nothing of a patient is read. */
  constructor(session: ClinicalSession) {
    this.#session = session;
  }

  of(specialty: SpecialtyId): BookableDoctor[] {
    const known = SPECIALTIES.find(({ id }) => id === specialty);
    if (known === undefined) return [];
    const criteria = `active=true&specialty=${encodeURIComponent(`${known.system}|${known.code}`)}`;
    const found = this.#session.find('PractitionerRole', criteria, MOST_DOCTORS);
    return found.flatMap((version) => bookable(this.#roleOf(version)) ?? []);
  }

  /** Undefined when the role is not there, has ended or has no hours. */
  byRole(id: string): BookableDoctor | undefined {
    return bookable(this.role(id));
  }

  /** Undefined when it is not there, has ended, or is of nobody who works here. */
  role(id: string): RoleOfPractitioner | undefined {
    const found = this.#session.resolve(`PractitionerRole/${id}`);
    return found === undefined ? undefined : this.#roleOf(found);
  }

  /** Active roles of one practitioner, or of all. */
  roles(practitioner: string | undefined): RoleOfPractitioner[] {
    const whose = practitioner === undefined ? '' : `&practitioner=Practitioner/${practitioner}`;
    const found = this.#session.find('PractitionerRole', `active=true${whose}`, MOST_ROLES);
    return found.flatMap((version) => this.#roleOf(version) ?? []);
  }

  #roleOf(found: OpenedRole): RoleOfPractitioner | undefined {
    const rules = contentOf<PractitionerRole>(found);
    const reference = rules.practitioner?.reference;
    const practitioner = reference === undefined ? undefined : this.#session.resolve(reference);
    if (rules.active === false || practitioner === undefined) return undefined;
    const person = contentOf<Practitioner>(practitioner);
    if (person.active === false) return undefined;
    const location = rules.location?.[0]?.reference;
    return {
      role: found.id,
      version: found.version,
      practitioner: practitioner.id,
      name: personName(person),
      specialty: (rules.specialty ?? [])
        .flatMap(({ coding = [] }) => coding)
        .map(({ code }) => specialtyByCode(code ?? ''))
        .find((id) => id !== undefined),
      place: location === undefined ? undefined : this.#placeOf(location),
      location,
      languages: (person.communication ?? []).flatMap(({ coding }) => coding?.[0]?.code ?? []),
      rules,
    };
  }

  #placeOf(location: string): string | undefined {
    const found = this.#session.resolve(location);
    if (found === undefined) return undefined;
    const { name, description } = contentOf<{ name?: string; description?: string }>(found);
    return [name, description].filter((part) => part !== undefined).join(', ');
  }
}

type OpenedRole = ReturnType<ClinicalSession['find']>[number];
type Practitioner = Parameters<typeof personName>[0] & {
  readonly active?: boolean;
  readonly communication?: readonly { readonly coding?: readonly { readonly code?: string }[] }[];
};

function bookable(found: RoleOfPractitioner | undefined): BookableDoctor | undefined {
  if (found?.specialty === undefined || (found.rules.availableTime ?? []).length === 0) return undefined;
  const { version: _version, place, specialty, languages, ...doctor } = found;
  return { ...doctor, specialty, languages: [...languages], ...(place === undefined ? {} : { place }) };
}
