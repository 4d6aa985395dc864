/**
 * What an administrator sees of each registry type: who is registered and how to be reached, times of
 * appointments, who is in a care team. What is not named here is not shown, searched or written.
 */
export interface TypeView {
  /** Elements at the top of the resource. */
  readonly elements: ReadonlySet<string>;
  /** Codes of search parameters that look at these elements alone. */
  readonly parameters: ReadonlySet<string>;
}

/** Part of a type, or all of it. */
export type TypeViews = ReadonlyMap<string, TypeView | 'whole'>;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const APPOINTMENT: TypeView = {
  elements: words('identifier status slot start end minutesDuration created participant requestedPeriod'),
  parameters: words('actor date identifier location part-status patient practitioner slot status'),
};

const CARE_TEAM: TypeView = {
  elements: words('identifier status name subject period participant managingOrganization telecom'),
  parameters: words('date identifier participant patient status subject'),
};

const PATIENT: TypeView = {
  elements: words(`
    identifier active name telecom gender birthDate deceasedBoolean deceasedDateTime address maritalStatus
    multipleBirthBoolean multipleBirthInteger photo contact communication generalPractitioner managingOrganization link
  `),
  parameters: words(`
    active address address-city address-country address-postalcode address-state address-use birthdate death-date
    deceased email family gender general-practitioner given identifier language link name organization phone phonetic
    telecom
  `),
};

const SCHEDULE: TypeView = {
  elements: words('identifier active serviceCategory serviceType specialty actor planningHorizon'),
  parameters: words('active actor date identifier service-category service-type specialty'),
};

const SLOT: TypeView = {
  elements: words('identifier serviceCategory serviceType specialty schedule status start end overbooked'),
  parameters: words('identifier schedule service-category service-type specialty start status'),
};

export const REGISTRY_VIEWS: TypeViews = new Map<string, TypeView | 'whole'>([
  ['Appointment', APPOINTMENT],
  ['CareTeam', CARE_TEAM],
  ['HealthcareService', 'whole'],
  ['Location', 'whole'],
  ['Organization', 'whole'],
  ['Patient', PATIENT],
  ['Practitioner', 'whole'],
  ['PractitionerRole', 'whole'],
  ['Schedule', SCHEDULE],
  ['Slot', SLOT],
]);
