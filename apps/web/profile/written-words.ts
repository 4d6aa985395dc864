import { type Condition, conceptWords, type Resource } from '../record/fhir.ts';
import { formOf, PROFILE_FIELDS } from './profile-form.ts';

/** What stands in details or in a told problem, as the patient wrote it. */
export function writtenWords(resource: Resource): string {
  if (resource.resourceType === 'Condition') return conceptWords((resource as Condition).code) ?? '';
  const form = formOf(resource);
  return PROFILE_FIELDS.map((field) => form[field])
    .filter((value) => value !== '')
    .join(', ');
}
