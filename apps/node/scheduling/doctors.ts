/** Who can be booked: active practitioner roles with a specialty, a practitioner and hours. */
import type { Doctor } from '@clearchart/api';
import { SPECIALTIES, type SpecialtyId, specialtyByCode } from '@clearchart/care';
import type { ClinicalSession } from '../clinical/index.ts';
import { personName } from '../routes/patient-lines.ts';
import type { AvailabilityRules } from './availability.ts';

/** Of one specialty at one hospital. */
const MOST_DOCTORS = 200;

interface PractitionerRole extends AvailabilityRules {
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
    return found.flatMap(({ content }) => this.#doctorOf(JSON.parse(textOf(content)) as PractitionerRole) ?? []);
  }

  /** Undefined when the role is not there, has ended or has no hours. */
  byRole(id: string): BookableDoctor | undefined {
    const role = this.#session.resolve(`PractitionerRole/${id}`);
    return role === undefined ? undefined : this.#doctorOf(JSON.parse(textOf(role.content)) as PractitionerRole);
  }

  #doctorOf(role: PractitionerRole): BookableDoctor | undefined {
    const reference = role.practitioner?.reference;
    const practitioner = reference === undefined ? undefined : this.#session.resolve(reference);
    const specialty = (role.specialty ?? [])
      .flatMap(({ coding = [] }) => coding)
      .map(({ code }) => specialtyByCode(code ?? ''))
      .find((id) => id !== undefined);
    const usable = role.active !== false && (role.availableTime ?? []).length > 0;
    if (!usable || practitioner === undefined || specialty === undefined) return undefined;
    const person = JSON.parse(textOf(practitioner.content)) as Practitioner;
    if (person.active === false) return undefined;
    const location = role.location?.[0]?.reference;
    const place = location === undefined ? undefined : this.#placeOf(location);
    return {
      role: role.id,
      practitioner: practitioner.id,
      name: personName(person),
      specialty,
      ...(place === undefined ? {} : { place }),
      languages: (person.communication ?? []).flatMap(({ coding }) => coding?.[0]?.code ?? []),
      rules: role,
      location,
    };
  }

  #placeOf(location: string): string | undefined {
    const found = this.#session.resolve(location);
    if (found === undefined) return undefined;
    const { name, description } = JSON.parse(textOf(found.content)) as { name?: string; description?: string };
    return [name, description].filter((part) => part !== undefined).join(', ');
  }
}

type Practitioner = Parameters<typeof personName>[0] & {
  readonly active?: boolean;
  readonly communication?: readonly { readonly coding?: readonly { readonly code?: string }[] }[];
};

function textOf(content: Uint8Array): string {
  return Buffer.from(content).toString('utf8');
}
