/** In which roles a visit was booked: as its participants name them, or the Schedules of its Slots. */
import { contentOf, type ClinicalSession } from '../clinical/index.ts';
import type { StoredAppointment } from './appointment-bundle.ts';

const ROLE = 'PractitionerRole/';

interface Reference {
  readonly reference?: string;
}

/** FHIR ids of PractitionerRoles. */
export function rolesOfVisit(session: Pick<ClinicalSession, 'resolve'>, id: string): ReadonlySet<string> {
  const follow = <Content>(to: string | undefined): Content | undefined => {
    const found = to === undefined ? undefined : session.resolve(to);
    return found === undefined ? undefined : contentOf<Content>(found);
  };
  const { participant = [], slot = [] } = follow<Partial<StoredAppointment>>(`Appointment/${id}`) ?? {};
  const ofSlots = slot.flatMap(({ reference }) => {
    const schedule = follow<{ schedule?: Reference }>(reference)?.schedule?.reference;
    return follow<{ actor?: readonly Reference[] }>(schedule)?.actor ?? [];
  });
  const named = [...participant.flatMap(({ actor }) => actor ?? []), ...ofSlots];
  return new Set(
    named.flatMap(({ reference }) => (reference?.startsWith(ROLE) === true ? [reference.slice(ROLE.length)] : [])),
  );
}
