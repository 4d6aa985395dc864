/**
 * "I don't recognise this": a patient asks the hospital about one access of the list, and the hospital must answer.
 * Kept as a FHIR Task that has no subject, so that whoever treats the patient does not come upon it (docs/protocol/access.md).
 */
const CODES = 'urn:clearchart:task';
const CODE = 'access-dispute';

/** System of the identifier that names the access; its value is the access's id on the ledger. */
export const DISPUTED_ACCESS = 'urn:clearchart:access';
/**
 * Search criteria of FHIR R4 that find every dispute: who may write a Task only for patients in care, and so with
 * a subject, can make none that looks like one.
 */
export const DISPUTES = `code=${encodeURIComponent(`${CODES}|${CODE}`)}&patient:missing=true&focus:missing=true`;

/** What the hospital has found: all was as it should be, somebody erred, somebody looked without a reason. */
export const DISPUTE_OUTCOMES = ['explained', 'mistake', 'misuse'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

export interface DisputeAnswer {
  readonly outcome: DisputeOutcome;
  readonly words: string;
  /** Who answered for the hospital. */
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface Dispute {
  /** 32 hex digits. */
  readonly access: string;
  /** FHIR id of the patient. */
  readonly patient: string;
  readonly words?: string;
  /** RFC 3339. */
  readonly askedAt: string;
  readonly answer?: DisputeAnswer;
}

interface Coded {
  readonly coding: readonly [{ readonly system: string; readonly code: string }];
}

interface Output {
  readonly type: Coded;
  readonly valueString?: string;
  readonly valueCode?: string;
}

export interface DisputeTask {
  readonly resourceType: 'Task';
  readonly identifier: readonly [{ readonly system: string; readonly value: string }];
  readonly status: 'requested' | 'completed';
  readonly intent: 'order';
  readonly code: Coded;
  readonly requester: { readonly reference: string };
  readonly authoredOn: string;
  readonly lastModified: string;
  readonly note?: readonly [{ readonly text: string }];
  readonly owner?: { readonly display: string };
  readonly output?: readonly [Output, Output];
}

const coded = (code: string): Coded => ({ coding: [{ system: CODES, code }] });

export function disputeAccess({ access, patient, words, askedAt }: Omit<Dispute, 'answer'>): DisputeTask {
  return {
    resourceType: 'Task',
    identifier: [{ system: DISPUTED_ACCESS, value: access }],
    status: 'requested',
    intent: 'order',
    code: coded(CODE),
    requester: { reference: `Patient/${patient}` },
    authoredOn: askedAt,
    lastModified: askedAt,
    ...(words === undefined ? {} : { note: [{ text: words }] }),
  };
}

/** The task with the hospital's answer; undefined when it has one already, which stands. */
export function answerDispute<Task extends DisputeTask>(
  task: Task,
  { outcome, words, by, at }: DisputeAnswer,
): Task | undefined {
  if (task.status !== 'requested') return undefined;
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

/** What a task says, if it is a dispute as `disputeAccess` makes them: a program may have written any Task. */
export function parseDispute({
  identifier,
  code,
  requester,
  authoredOn,
  ...task
}: Partial<DisputeTask>): Dispute | undefined {
  const access = identifier?.find(({ system }) => system === DISPUTED_ACCESS)?.value;
  const patient = /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(requester?.reference ?? '')?.[1];
  const isOne = code?.coding?.some((one) => one.system === CODES && one.code === CODE) === true;
  if (!isOne || access === undefined || patient === undefined || authoredOn === undefined) return undefined;
  const words = task.note?.[0]?.text;
  const outcome = DISPUTE_OUTCOMES.find((one) => one === task.output?.[0]?.valueCode);
  const answer = outcome && {
    outcome,
    words: task.output?.[1]?.valueString ?? '',
    by: task.owner?.display ?? '',
    at: task.lastModified ?? authoredOn,
  };
  return {
    access,
    patient,
    ...(words === undefined ? {} : { words }),
    askedAt: authoredOn,
    ...(answer === undefined ? {} : { answer }),
  };
}
