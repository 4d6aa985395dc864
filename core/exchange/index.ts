export * from './access-decision.ts';
export * from './access-window.ts';
export * from './appointment-state.ts';
export { AUTHOR_SIGNATURE } from './author-signature.ts';
export * from './calendar-file.ts';
export * from './care-relationship.ts';
export * from './dispute-access.ts';
export * from './dispute-record.ts';
export { equalJson } from './equal-json.ts';
export * from './free-slots.ts';
export * from './joined-records.ts';
export {
  LIST_COLUMNS,
  type ListedPatient,
  type ListFault,
  MOST_LISTED,
  parsePatientList,
  type PatientList,
} from './patient-list.ts';
export * from './missed-visits.ts';
export { isPersonSignature, maySign } from './own-signature.ts';
export * from './period.ts';
export * from './ports.ts';
export { likeness, type Likeness, type PersonTraits } from './same-person.ts';
export { reminderDue, type ReminderKind, REMINDED_WITHIN_MS } from './visit-reminders.ts';
export * from './taken-time.ts';
export { REGISTRY_VIEWS, type TypeView, type TypeViews } from './registry-view.ts';
export { isMadeByPatient } from './written-by-patient.ts';
export { TOLD_WORDS_AT_MOST, toldProblem } from './told-by-patient.ts';
