import type { PatientListWriting } from '@clearchart/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { breakOffList, checkList, lastList, startList } from './patient-lists.ts';

const LOOK_AGAIN_MS = 500;
const LAST = ['patient-list'];

/** One list on its way: chosen, looked at, being written; `list` also tells of one that another visit to this page began. */
export function useImport() {
  const client = useQueryClient();
  const [csv, setCsv] = useState('');
  /** Lists that ended before this page was opened are not told. */
  const [isFollowed, setFollowed] = useState(false);
  const last = useQuery({
    queryKey: LAST,
    queryFn: ({ signal }) => lastList(signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'being-written' ? LOOK_AGAIN_MS : false),
    gcTime: 0,
  });
  const isWriting = last.data?.state === 'being-written';
  const [seen, setSeen] = useState<PatientListWriting>();
  useEffect(() => {
    if (last.data) setSeen(last.data);
  }, [last.data]);
  // A hospital's server that was started anew knows of no list: this one broke off where it was last seen, or a little later.
  const told = last.data ?? (seen && { ...seen, state: 'broken-off' as const });
  useEffect(() => {
    if (isWriting) setFollowed(true);
    else void client.invalidateQueries({ queryKey: ['registry'] });
  }, [isWriting, client]);

  const check = useMutation({ mutationFn: checkList });
  const start = useMutation({
    mutationFn: ({ alsoKnown, expected }: { alsoKnown: boolean; expected: number }) =>
      startList(csv, alsoKnown, expected),
    onSuccess: (list) => {
      setFollowed(true);
      client.setQueryData(LAST, list);
    },
  });
  const breakOff = useMutation({
    mutationFn: breakOffList,
    onSettled: () => client.invalidateQueries({ queryKey: LAST }),
  });

  function look(text = csv): void {
    start.reset();
    setFollowed(false);
    check.mutate(text);
  }

  return {
    csv,
    check,
    start,
    breakOff,
    look: () => look(),
    list: isFollowed ? told : undefined,
    /** Why the hospital does not say how far it is. */
    unanswered: last.error,
    async choose(file: File | undefined) {
      if (file === undefined) return;
      const text = await file.text();
      setCsv(text);
      look(text);
    },
  };
}
