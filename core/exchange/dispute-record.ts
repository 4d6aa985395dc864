/**
 * "Something is wrong here": a patient disputes one record of the own, whoever treats the patient answers, and both stand
 * beside the record. Kept as a FHIR Task for the patient, seen by whoever sees the record (docs/protocol/access.md).
 */
const CODES = 'urn:clearchart:task';
const CODE = 'record-dispute';

/** System of the identifier that names the disputed version: `Condition/1/_history/2`. */
const DISPUTED_VERSION = 'urn:clearchart:record-version';

/** FHIR R4 search criteria that find every one. */
export const RECORD_DISPUTES = `code=${encodeURIComponent(`${CODES}|${CODE}`)}`;

/** What a patient may dispute: what is said about the own person, and not what is only filed about it. */
export const DISPUTABLE_TYPES = [
  'AllergyIntolerance',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Immunization',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Patient',
  'Procedure',
] as const;
export type DisputableType = (typeof DISPUTABLE_TYPES)[number];

/** The record was put right in a newer version, or stands as it is. */
export const RECORD_OUTCOMES = ['amended', 'stands'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

export interface RecordAnswer {
  readonly outcome: RecordOutcome;
  readonly words: string;
  /** Who answered. */
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface RecordDispute {
  readonly type: DisputableType;
  /** FHIR id of the record. */
  readonly record: string;
  /** Version that was disputed. */
  readonly version: number;
  /** FHIR id of the patient. */
  readonly patient: string;
  readonly words: string;
  /** RFC 3339. */
  readonly askedAt: string;
  readonly state: 'open' | 'answered' | 'withdrawn';
  readonly answer?: RecordAnswer;
}

interface Coded {
  readonly coding: readonly [{ readonly system: string; readonly code: string }];
}

interface Reference {
  readonly reference: string;
}

export interface RecordDisputeTask {
  readonly resourceType: 'Task';
  readonly identifier: readonly [{ readonly system: string; readonly value: string }];
  readonly status: 'requested' | 'completed' | 'cancelled';
  readonly intent: 'proposal';
  readonly code: Coded;
  readonly description: string;
  readonly focus: Reference;
  readonly for: Reference;
  readonly requester: Reference;
  readonly authoredOn: string;
  readonly lastModified: string;
  readonly owner?: { readonly display: string };
  readonly output?: readonly [
    { readonly type: Coded; readonly valueCode: RecordOutcome },
    { readonly type: Coded; readonly valueString: string },
  ];
}

const coded = (code: string): Coded => ({ coding: [{ system: CODES, code }] });

export function disputeRecord({
  type,
  record,
  version,
  patient,
  words,
  askedAt,
}: Omit<RecordDispute, 'state' | 'answer'>): RecordDisputeTask {
  const person = { reference: `Patient/${patient}` };
  return {
    resourceType: 'Task',
    identifier: [{ system: DISPUTED_VERSION, value: `${type}/${record}/_history/${version}` }],
    status: 'requested',
    intent: 'proposal',
    code: coded(CODE),
    description: words,
    focus: { reference: `${type}/${record}` },
    for: person,
    requester: person,
    authoredOn: askedAt,
    lastModified: askedAt,
  };
}

/** The task taken back by the patient; undefined when it is no longer open. */
export function withdrawDispute<Task extends RecordDisputeTask>(task: Task, at: string): Task | undefined {
  return task.status === 'requested' ? { ...task, status: 'cancelled', lastModified: at } : undefined;
}

/**
 * The task with the answer, or why there can be none.
 * @param newest Version of the record as it stands now: `amended` is no answer while it is the disputed one.
 */
export function answerRecordDispute<Task extends RecordDisputeTask>(
  task: Task,
  { outcome, words, by, at }: RecordAnswer,
  newest: number,
): Task | 'already-answered' | 'not-amended-yet' {
  const dispute = parseRecordDispute(task);
  if (dispute?.state !== 'open') return 'already-answered';
  if (outcome === 'amended' && newest <= dispute.version) return 'not-amended-yet';
  return {
    ...task,
    status: 'completed',
    lastModified: at,
    owner: { display: by },
    output: [
      { type: coded('outcome'), valueCode: outcome },
      { type: coded('answer'), valueString: words },
    ],
  };
}

/** Whether it passes for a dispute of a record: nobody but the patient asks, and nobody answers but by name. */
export function isRecordDispute(resource: {
  readonly resourceType: string;
  readonly [field: string]: unknown;
}): boolean {
  const { coding } = (resource['code'] ?? {}) as { coding?: unknown };
  return (
    resource.resourceType === 'Task' &&
    Array.isArray(coding) &&
    coding.some((one: { system?: unknown; code?: unknown }) => one.system === CODES && one.code === CODE)
  );
}

const VERSION = /^([A-Za-z]{1,64})\/([A-Za-z0-9.-]{1,64})\/_history\/([1-9]\d{0,9})$/;

/** What a task says, if it is a dispute as `disputeRecord` makes them: a program may have written any Task. */
export function parseRecordDispute(task: Partial<RecordDisputeTask>): RecordDispute | undefined {
  const named = task.identifier?.find(({ system }) => system === DISPUTED_VERSION)?.value ?? '';
  const [, typeName, record, version] = VERSION.exec(named) ?? [];
  const type = DISPUTABLE_TYPES.find((one) => one === typeName);
  const patient = /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(task.for?.reference ?? '')?.[1];
  const { description: words, authoredOn: askedAt } = task;
  if (type === undefined || record === undefined || patient === undefined) return undefined;
  if (words === undefined || askedAt === undefined) return undefined;
  const state = STATES[task.status ?? 'requested'];
  const outcome = RECORD_OUTCOMES.find((one) => one === task.output?.[0]?.valueCode);
  const answer = outcome && {
    outcome,
    words: task.output?.[1]?.valueString ?? '',
    by: task.owner?.display ?? '',
    at: task.lastModified ?? askedAt,
  };
  const dispute = { type, record, version: Number(version), patient, words, askedAt, state };
  return answer === undefined ? dispute : { ...dispute, answer };
}

const STATES = { requested: 'open', completed: 'answered', cancelled: 'withdrawn' } as const;
