/**
 * Which sensitivity category a record belongs to, decided once when it is written. The names follow
 * HL7 confidentiality practice (design: sharing, Who may open what); the rules read resource types, the
 * HL7 v3 ActCode sensitivity labels and short published code prefixes, and claim no more than that.
 */
import { codings, type Coding, hasCodingOf, type ResourceLike } from './fhir/codings.ts';

export const CATEGORIES = [
  'general',
  'medications',
  'laboratory',
  'imaging',
  'mental-health',
  'sexual-health',
  'genetic',
  'substance-use',
  'emergency-summary',
  'donor',
] as const;

export type Category = (typeof CATEGORIES)[number];

export const SENSITIVE_CATEGORIES: ReadonlySet<Category> = new Set([
  'mental-health',
  'sexual-health',
  'genetic',
  'substance-use',
]);

const ICD10 = /^http:\/\/hl7\.org\/fhir\/sid\/icd-10(-cm)?$/;
const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

/** meta.security labels that say it outright: HL7 v3 ActCode, InformationSensitivityPolicy. */
const BY_SECURITY_LABEL: Readonly<Record<string, Category>> = {
  PSY: 'mental-health',
  MH: 'mental-health',
  PSYTHPN: 'mental-health',
  BH: 'mental-health',
  SEX: 'sexual-health',
  HIV: 'sexual-health',
  STD: 'sexual-health',
  GDIS: 'genetic',
  ETH: 'substance-use',
  SUD: 'substance-use',
  ETHUD: 'substance-use',
  OPIOIDUD: 'substance-use',
};

/** ICD-10 chapters and blocks (WHO ICD-10, 2019): F10–F19, the rest of F, A50–A64, B20–B24, Z21. */
const BY_ICD10: readonly (readonly [RegExp, Category])[] = [
  [/^F1\d/, 'substance-use'],
  [/^F\d\d/, 'mental-health'],
  [/^(A5\d|A6[0-4]|B2[0-4]|Z21|Z11\.[34])/, 'sexual-health'],
  [/^(Z14|Z15|Z31\.[45])/, 'genetic'],
];

/** SNOMED CT concepts at the top of their subject, as Synthea and common problem lists use them. */
const BY_SNOMED: Readonly<Record<string, Category>> = {
  '74732009': 'mental-health',
  '35489007': 'mental-health',
  '370143000': 'mental-health',
  '197480006': 'mental-health',
  '47505003': 'mental-health',
  '58214004': 'mental-health',
  '13746004': 'mental-health',
  '86406008': 'sexual-health',
  '62479008': 'sexual-health',
  '165816005': 'sexual-health',
  '15628003': 'sexual-health',
  '7200002': 'substance-use',
  '6525002': 'substance-use',
  '66214007': 'substance-use',
  '55680006': 'substance-use',
  '266707007': 'substance-use',
};

/** LOINC terms: HIV, genetic analysis, depression and anxiety scores, alcohol and drug screens. */
const BY_LOINC: Readonly<Record<string, Category>> = {
  '7917-8': 'sexual-health',
  '75622-1': 'sexual-health',
  '25836-8': 'sexual-health',
  '20447-9': 'sexual-health',
  '51969-4': 'genetic',
  '81247-9': 'genetic',
  '48018-6': 'genetic',
  '69548-6': 'genetic',
  '44249-1': 'mental-health',
  '44261-6': 'mental-health',
  '55758-7': 'mental-health',
  '70274-6': 'mental-health',
  '69737-5': 'mental-health',
  '75626-2': 'substance-use',
  '72109-2': 'substance-use',
  '82667-7': 'substance-use',
  '19659-2': 'substance-use',
};

const BY_TYPE: Readonly<Record<string, Category>> = {
  Medication: 'medications',
  MedicationAdministration: 'medications',
  MedicationDispense: 'medications',
  MedicationRequest: 'medications',
  MedicationStatement: 'medications',
  Immunization: 'medications',
  ImmunizationRecommendation: 'medications',
  DiagnosticReport: 'laboratory',
  Specimen: 'laboratory',
  ImagingStudy: 'imaging',
  Media: 'imaging',
  MolecularSequence: 'genetic',
  FamilyMemberHistory: 'genetic',
  AllergyIntolerance: 'emergency-summary',
  BiologicallyDerivedProduct: 'donor',
};

/** Observation.category and DiagnosticReport.category codes (HL7 observation-category, v2 table 0074). */
const BY_REPORT_CATEGORY: Readonly<Record<string, Category>> = {
  laboratory: 'laboratory',
  LAB: 'laboratory',
  CH: 'laboratory',
  HM: 'laboratory',
  imaging: 'imaging',
  RAD: 'imaging',
  CT: 'imaging',
  NMR: 'imaging',
  GE: 'genetic',
};

/** Sensitive content wins over the kind of document it stands in. */
export function categoryOf(resource: ResourceLike): Category {
  const label = bySecurityLabel(resource);
  if (label !== undefined) return label;
  const found = codings(resource)
    .map(byClinicalCode)
    .filter((category) => category !== undefined);
  const sensitive = found.find((category) => SENSITIVE_CATEGORIES.has(category));
  if (sensitive !== undefined) return sensitive;
  const report = byReportCategory(resource);
  if (report !== undefined) return report;
  return BY_TYPE[resource.resourceType] ?? 'general';
}

function bySecurityLabel(resource: ResourceLike): Category | undefined {
  const labels = (resource['meta'] as { security?: Coding[] } | undefined)?.security ?? [];
  for (const { code } of labels) {
    if (typeof code === 'string' && Object.hasOwn(BY_SECURITY_LABEL, code)) return BY_SECURITY_LABEL[code];
  }
  return undefined;
}

function byClinicalCode({ system, code }: Coding): Category | undefined {
  if (system === undefined || code === undefined) return undefined;
  if (system === SNOMED) return Object.hasOwn(BY_SNOMED, code) ? BY_SNOMED[code] : undefined;
  if (system === LOINC) return Object.hasOwn(BY_LOINC, code) ? BY_LOINC[code] : undefined;
  if (ICD10.test(system)) return BY_ICD10.find(([pattern]) => pattern.test(code))?.[1];
  return undefined;
}

function byReportCategory(resource: ResourceLike): Category | undefined {
  if (resource.resourceType !== 'Observation' && resource.resourceType !== 'DiagnosticReport') return undefined;
  for (const [code, category] of Object.entries(BY_REPORT_CATEGORY)) {
    if (hasCodingOf(resource['category'], code)) return category;
  }
  return undefined;
}
