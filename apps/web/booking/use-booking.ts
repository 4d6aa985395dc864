// Asking for advice and free times, holding one, booking it; what bothers somebody travels in the body.
import type { Booked, Suggestion } from '@clearchart/api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../connection/send-json.ts';

export interface Complaint {
  symptoms: readonly string[];
  text: string;
  since: string | undefined;
}

export interface ChosenTime {
  role: string;
  start: string;
}

export type DoctorTimes = Suggestion['doctors'][number];

/** `patientId` for the desk alone. */
export function useSuggestion(complaint: Complaint, specialty: string | undefined, patientId: string | undefined) {
  return useQuery({
    queryKey: ['booking', 'suggestion', patientId, complaint, specialty],
    placeholderData: keepPreviousData,
    staleTime: 0,
    queryFn: async (): Promise<Suggestion> => {
      const [answer, { suggestionSchema }] = await Promise.all([
        sendJson('POST', '/api/booking/suggest', {
          ...bodyOf(complaint),
          ...(specialty === undefined ? {} : { specialty }),
          ...(patientId === undefined ? {} : { patientId }),
        }),
        import('@clearchart/api'),
      ]);
      return suggestionSchema.parse(answer);
    },
  });
}

export function useHold() {
  return useMutation({
    mutationFn: async ({ role, start }: ChosenTime) => {
      const { until } = (await sendJson('POST', '/api/booking/hold', { role, start })) as { until: number };
      return until;
    },
  });
}

export function useBook(patientId: string | undefined, replaces: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ time, complaint }: { time: ChosenTime; complaint: Complaint }): Promise<Booked> => {
      const [answer, { bookedSchema }] = await Promise.all([
        sendJson('POST', '/api/booking/appointments', {
          ...bodyOf(complaint),
          role: time.role,
          start: time.start,
          ...(patientId === undefined ? {} : { patientId }),
          ...(replaces === undefined ? {} : { replaces }),
        }),
        import('@clearchart/api'),
      ]);
      return bookedSchema.parse(answer);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['booking'] }),
  });
}

/** Check in, not come, cancel, or take either back. */
export function useAppointmentAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act }: { id: string; act: 'check-in' | 'no-show' | 'cancel' | 'take-back' }) =>
      sendJson('POST', `/api/booking/appointments/${encodeURIComponent(id)}/status`, { act }),
    onSettled: () => client.invalidateQueries({ queryKey: ['booking'] }),
  });
}

function bodyOf({ symptoms, text, since }: Complaint): object {
  return { symptoms, text, ...(since === undefined ? {} : { since }) };
}
