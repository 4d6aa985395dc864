// Finish & seal: send the visit, wait for its block, sign it, keep the signature. A step that failed can be tried again alone.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Written } from '../connection/fhir.ts';
import type { Resource } from '../record/fhir.ts';
import type { Provenance } from './provenance.ts';
import { type SentVisit, sendVisit } from './send-visit.ts';
import { type Author, signVersions } from './sign-versions.ts';
import type { AppointmentResource } from './visit-bundle.ts';
import type { VisitForm } from './visit-form.ts';

export interface Finishing {
  readonly sent: SentVisit | undefined;
  readonly sentAt: number | undefined;
  readonly signed: Written<Provenance> | undefined;
  readonly signedAt: number | undefined;
  readonly sending: boolean;
  readonly sendFault: unknown;
  readonly signFault: unknown;
  send(form: VisitForm, appointment: AppointmentResource | undefined): void;
  signAgain(): void;
  reset(): void;
}

export function useFinishVisit(author: Author, onSent: () => void): Finishing {
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['record', author.patientId] });
    void client.invalidateQueries({ queryKey: ['today'] });
  };
  const sign = useMutation({
    mutationFn: async (resources: readonly Resource[]) => {
      const written = await signVersions(resources, author);
      return { written, at: Date.now() };
    },
    onSuccess: refresh,
  });
  const send = useMutation({
    mutationFn: async ({ form, appointment }: { form: VisitForm; appointment: AppointmentResource | undefined }) => ({
      sent: await sendVisit(form, {
        patientId: author.patientId,
        practitioner: author.person,
        practitionerName: author.personName,
        appointment,
      }),
      at: Date.now(),
    }),
    onSuccess: ({ sent }) => {
      onSent();
      refresh();
      sign.mutate(sent.resources);
    },
  });
  return {
    sent: send.data?.sent,
    sentAt: send.data?.at,
    signed: sign.data?.written,
    signedAt: sign.data?.at,
    sending: send.isPending,
    sendFault: send.error ?? undefined,
    signFault: sign.error ?? undefined,
    send: (form, appointment) => send.mutate({ form, appointment }),
    signAgain: () => {
      if (send.data !== undefined) sign.mutate(send.data.sent.resources);
    },
    reset: () => {
      send.reset();
      sign.reset();
    },
  };
}
