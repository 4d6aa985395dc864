/** Somebody who can be booked at any hour, and who asks for it: two patients and the desk. */
import { type Answer, type TestNode } from './test-node.fixture.ts';

/**
 * Resolves to the FHIR id of a PractitionerRole in general medicine that is open all day, unless `elements` say otherwise. `who`: one of
 * the test's practitioners.
 */
export async function bookableRole(host: TestNode, who: 'mine' | 'strange', elements: object = {}): Promise<string> {
  const made = await host.ask('POST', '/fhir/R4/PractitionerRole', {
    token: host.tokens.system,
    body: {
      resourceType: 'PractitionerRole',
      practitioner: { reference: `Practitioner/${host.ids[who]}` },
      specialty: [{ coding: [{ system: 'http://snomed.info/sct', code: '394802001' }] }],
      availableTime: [{ allDay: true }],
      ...elements,
    },
  });
  return made.json().id;
}

export type Booker = (path: string, body: unknown) => Promise<Answer>;

/** `/api/booking/…` as each of them. */
export function bookers(host: TestNode): { readonly patient: Booker; readonly other: Booker; readonly desk: Booker } {
  const as =
    (who: 'patient' | 'other'): Booker =>
    (path, body) =>
      host.ask('POST', `/api/booking/${path}`, { token: host.tokens[who], body });
  return {
    patient: as('patient'),
    other: as('other'),
    desk: (path, body) => host.askAsAdministrator('POST', `/api/booking/${path}`, body),
  };
}

/** Why it was refused; the desk's connection hands on the code alone. */
export const code = ({ body }: Answer) => (body.startsWith('{') ? (JSON.parse(body) as { code?: string }).code : body);
