// What a patient says is wrong in the record, and what was answered: read as FHIR Tasks, written by routes of their own.
import type { RecordAnswerRequest } from '@clearchart/api';
import { parseRecordDispute, RECORD_DISPUTES, type RecordDispute, type RecordDisputeTask } from '@clearchart/exchange';
import { useQuery } from '@tanstack/react-query';
import { searchFhir } from '../connection/fhir.ts';
import { sendJson } from '../connection/send-json.ts';
import type { Resource } from './fhir.ts';

/** As the API takes them. */
export const WORDS_AT_MOST = 1_000;

export interface ToldDispute extends RecordDispute {
  /** FHIR id of the Task. */
  id: string;
}

type Task = Resource & Partial<RecordDisputeTask>;

/** Of one patient (`patient=1`) or one record (`focus=Condition/1`), the newest first; what is taken back is left out. */
export function useRecordDisputes(criteria: string | undefined) {
  return useQuery({
    queryKey: ['record-disputes', criteria],
    enabled: criteria !== undefined,
    queryFn: async ({ signal }): Promise<ToldDispute[]> => {
      const tasks = await searchFhir<Task>(`Task?${RECORD_DISPUTES}&${criteria}`, signal);
      return tasks
        .flatMap((task) => {
          const dispute = parseRecordDispute(task);
          return dispute === undefined || dispute.state === 'withdrawn' ? [] : [{ ...dispute, id: task.id }];
        })
        .toSorted((left, right) => Date.parse(right.askedAt) - Date.parse(left.askedAt));
    },
  });
}

/** FHIR id of the patient whom a resource is about. */
export function patientIdOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  const { subject, patient } = resource as Resource & Partial<Record<'subject' | 'patient', { reference?: string }>>;
  return /^Patient\/([^/]+)$/.exec(subject?.reference ?? patient?.reference ?? '')?.[1];
}

export function disputeOfRecord(
  { resourceType, id }: Resource,
  disputes: readonly ToldDispute[],
): ToldDispute | undefined {
  return disputes.find(({ type, record }) => type === resourceType && record === id);
}

export function disputeVersion(type: string, id: string, version: string, words: string): Promise<unknown> {
  const path = `/api/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}/dispute`;
  return sendJson('POST', path, { words: words.trim() });
}

export function takeBackDispute(id: string): Promise<unknown> {
  return sendJson('POST', `/api/record-disputes/${encodeURIComponent(id)}/withdraw`, {});
}

export function answerDisputeOf(id: string, answer: RecordAnswerRequest): Promise<unknown> {
  return sendJson('POST', `/api/record-disputes/${encodeURIComponent(id)}/answer`, answer);
}
