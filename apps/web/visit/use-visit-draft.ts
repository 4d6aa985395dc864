// The visit that is being written, kept as one types: on the page at once, and sealed on this device a moment later.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
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
const EMPTY = emptyVisit('', 0);

export interface VisitDraft {
  readonly form: VisitForm;
  readonly keptAt: number | undefined;
  /** False until it is known whether an earlier draft is here. */
  readonly ready: boolean;
  change(part: Partial<VisitForm>): void;
  drop(): void;
}

/**
 * What is fetched from this device, and what other charts' drafts wait in, is the cache of queries: it is emptied when another
 * person signs in. What is drawn is state of its own: a field whose value came late would lose the place of the cursor.
 */
export function useVisitDraft(patientId: string): VisitDraft {
  const client = useQueryClient();
  const open = useKeysOpen();
  const name = `visit/${patientId}`;
  const cached = useCallback(() => client.getQueryData<Kept>(['visit-draft', patientId]), [client, patientId]);
  const [kept, setKept] = useState<Kept>(() => cached() ?? NOTHING);
  const put = (next: Kept) => {
    // The cache may keep an equal object that it already had: what is drawn is the same one, so that the two can be compared.
    setKept(client.setQueryData<Kept>(['visit-draft', patientId], next) ?? next);
  };
  const { data, isPending } = useQuery({
    queryKey: ['visit-draft', patientId],
    meta: ONLY_IN_BROWSER,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Kept> => {
      const found = await openDraft(name);
      const form = asVisitForm(found?.value);
      // Whatever has been typed meanwhile, even if it was deleted again, is newer than what lay on the device.
      const now = cached();
      if (now?.form !== undefined) return now;
      return form === undefined ? NOTHING : { form, keptAt: found?.keptAt };
    },
  });
  const { form, keptAt } = kept;
  useEffect(() => {
    const found = cached();
    if (form === undefined && found?.form !== undefined) setKept(found);
  }, [data, form, cached]);
  useEffect(
    () =>
      // The keys have come: what lies on the device can be read now, unless something newer is being written.
      onKeysChanged(() => {
        if (keysOpen() && cached()?.form === undefined)
          void client.refetchQueries({ queryKey: ['visit-draft', patientId] });
      }),
    [client, patientId, cached],
  );
  const unkept = form !== undefined && keptAt === undefined;
  useEffect(() => {
    if (!open || !unkept) return undefined;
    const timer = setTimeout(() => {
      void keepDraft(name, form).then((done) => {
        if (!done || cached()?.form !== form) return;
        const next = client.setQueryData<Kept>(['visit-draft', patientId], { form, keptAt: Date.now() });
        setKept((now) => (now.form === form && next !== undefined ? next : now));
      });
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [open, unkept, form, name, client, patientId, cached]);
  return {
    form: form ?? EMPTY,
    keptAt,
    ready: !isPending,
    change(part) {
      const now = cached()?.form ?? emptyVisit(crypto.randomUUID(), Date.now());
      put({ form: { ...now, ...part }, keptAt: undefined });
    },
    drop() {
      put(NOTHING);
      void dropDraft(name);
    },
  };
}
