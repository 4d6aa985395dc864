import { MISSED_COUNT_FOR_MS, missedVisits } from '@clearchart/exchange';
import { useQuery } from '@tanstack/react-query';
import { searchFhir } from '../connection/fhir.ts';
import { type CodeableConcept, conceptWords, type Resource } from '../record/fhir.ts';
import type { Appointment, TodayLine } from './today.ts';

interface QuestionnaireResponse extends Resource {
  authored?: string;
  item?: QuestionnaireItem[];
}

interface QuestionnaireItem {
  text?: string;
  linkId?: string;
  answer?: { valueString?: string; valueCoding?: { display?: string; code?: string }; valueBoolean?: boolean }[];
  item?: QuestionnaireItem[];
}

interface ServiceRequest extends Resource {
  status?: string;
  code?: CodeableConcept;
}

export interface Preparation {
  /** What the patient wrote before coming, in the patient's words. */
  readonly answers: readonly string[];
  /** Orders that nobody has closed yet. */
  readonly openOrders: readonly string[];
  /** Visits that the patient has missed, when the desk books because of it. */
  readonly missed: number | undefined;
}

/** Answers older than this belong to another visit. */
const ANSWERS_COUNT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

/** The answers that came with the appointment; where it names none, the newest that are still fresh. */
export function usePreparation({ patientId, appointment }: TodayLine) {
  const named = new Set((appointment.supportingInformation ?? []).map(({ reference }) => reference));
  return useQuery({
    queryKey: ['record', patientId, 'preparation', appointment.id],
    queryFn: async ({ signal }): Promise<Preparation> => {
      const patient = encodeURIComponent(patientId);
      const now = Date.now();
      const since = encodeURIComponent(new Date(now - MISSED_COUNT_FOR_MS).toISOString());
      const [responses, orders, missed] = await Promise.all([
        searchFhir<QuestionnaireResponse>(`QuestionnaireResponse?patient=${patient}`, signal),
        searchFhir<ServiceRequest>(`ServiceRequest?patient=${patient}&status=active`, signal),
        searchFhir<Appointment>(`Appointment?patient=${patient}&status=noshow&date=ge${since}`, signal),
      ]);
      const [newest] = responses.toSorted((one, other) => (other.authored ?? '').localeCompare(one.authored ?? ''));
      const { count, deskBooksUntil } = missedVisits(
        missed.map(({ start }) => Date.parse(start ?? '')),
        now,
      );
      const fresh = now - Date.parse(newest?.authored ?? '') < ANSWERS_COUNT_FOR_MS ? newest : undefined;
      const own = responses.find(({ id }) => named.has(`QuestionnaireResponse/${id}`));
      return {
        answers: answersIn((own ?? fresh)?.item),
        missed: deskBooksUntil === undefined ? undefined : count,
        openOrders: orders.map(({ code }) => conceptWords(code) ?? '').filter((words) => words !== ''),
      };
    },
  });
}

function answersIn(items: readonly QuestionnaireItem[] = []): string[] {
  return items.flatMap(({ answer, item }) => [
    ...(answer ?? []).flatMap(
      ({ valueString, valueCoding }) => valueString ?? valueCoding?.display ?? valueCoding?.code ?? [],
    ),
    ...answersIn(item),
  ]);
}
