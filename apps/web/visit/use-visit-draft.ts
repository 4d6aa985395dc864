// The visit that is being written, kept as one types: on the page at once, and sealed on this device a moment later.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { dropDraft, keepDraft, keysOpen, onKeysChanged, openDraft } from '../session/index.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';
import { asVisitForm, emptyVisit, type VisitForm } from './visit-form.ts';

const KEEP_AFTER_MS = 300;

interface Kept {
  readonly form: VisitForm | undefined;
  /** When it was last sealed on this device (ms); undefined while only this page holds it. */
  readonly keptAt: number | undefined;
}

const NOTHING: Kept = { form: undefined, keptAt: undefined };

export interface VisitDraft {
  readonly form: VisitForm;
  readonly keptAt: number | undefined;
  /** False until it is known whether an earlier draft is here. */
  readonly ready: boolean;
  change(part: Partial<VisitForm>): void;
  drop(): void;
}

export function useVisitDraft(patientId: string): VisitDraft {
  const client = useQueryClient();
  const open = useKeysOpen();
  const name = `visit/${patientId}`;
  const key = ['visit-draft', patientId];
  const { data, isPending } = useQuery({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Kept> => {
      const found = await openDraft(name);
      const form = asVisitForm(found?.value);
      // Whatever has been typed meanwhile, even if it was deleted again, is newer than what lay on the device.
      const now = client.getQueryData<Kept>(key);
      if (now?.form !== undefined) return now;
      return form === undefined ? NOTHING : { form, keptAt: found?.keptAt };
    },
  });
  const form = data?.form;
  useEffect(
    () =>
      // The keys have come: what lies on the device can be read now, unless something newer is being written.
      onKeysChanged(() => {
        const typed = client.getQueryData<Kept>(['visit-draft', patientId])?.form !== undefined;
        if (keysOpen() && !typed) void client.refetchQueries({ queryKey: ['visit-draft', patientId] });
      }),
    [client, patientId],
  );
  const unkept = form !== undefined && data?.keptAt === undefined;
  useEffect(() => {
    if (!open || !unkept || form === undefined) return undefined;
    const timer = setTimeout(() => {
      void keepDraft(name, form).then((kept) => {
        const now = client.getQueryData<Kept>(['visit-draft', patientId]);
        if (kept && now?.form === form)
          client.setQueryData<Kept>(['visit-draft', patientId], { form, keptAt: Date.now() });
      });
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [open, unkept, form, name, client, patientId]);
  return {
    form: form ?? EMPTY,
    keptAt: data?.keptAt,
    ready: !isPending,
    change(part) {
      const now = client.getQueryData<Kept>(key)?.form ?? emptyVisit(crypto.randomUUID(), Date.now());
      client.setQueryData<Kept>(key, { form: { ...now, ...part }, keptAt: undefined });
    },
    drop() {
      client.setQueryData<Kept>(key, NOTHING);
      void dropDraft(name);
    },
  };
}

const EMPTY = emptyVisit('', 0);
