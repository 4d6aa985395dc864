/** Who is near (RelatedPerson), and what runs in the family (FamilyMemberHistory). */
import type { CodeableConcept } from '@medplum/fhirtypes';
import { CONDITIONS, concept } from '../codes.ts';
import type { Relative } from '../people.ts';
import { RELATIONS } from '../relations.ts';
import type { Chart } from './chart.ts';
import type { Visit } from './visits.ts';

export function family(chart: Chart, { name, relation, illness }: Relative, asked: Visit): void {
  const relationship: CodeableConcept = concept(
    'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
    relation,
    RELATIONS[relation],
  );
  chart.add({
    resourceType: 'RelatedPerson',
    active: true,
    patient: chart.patient,
    relationship: [relationship],
    name: [{ text: name }],
  });
  if (illness === undefined) return;
  chart.add({
    resourceType: 'FamilyMemberHistory',
    status: 'completed',
    patient: chart.patient,
    date: chart.calendar.date(asked.daysAgo),
    name,
    relationship,
    condition: [{ code: CONDITIONS[illness] }],
  });
}
