// Reading and saving hours; a change is checked for the visits that it would leave outside before it is saved.
import type { HoursChecked, HoursSpan, RoleHours, TimeOff } from '@clearchart/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson } from '../connection/get-json.ts';
import { postJson } from '../connection/post-json.ts';

const LIST = ['hours', 'list'];
const keyOf = (role: string) => ['hours', 'role', role];
const pathOf = (role: string) => `/api/hours/${encodeURIComponent(role)}`;

/** The own roles of a practitioner, all for the desk. */
export function useHoursList(enabled = true) {
  return useQuery({
    queryKey: LIST,
    enabled,
    queryFn: async ({ signal }) => (await getJson('/api/hours', (shapes) => shapes.hoursListSchema, signal)).roles,
  });
}

export function useRoleHours(role: string) {
  return useQuery({
    queryKey: keyOf(role),
    queryFn: ({ signal }) => getJson(pathOf(role), (shapes) => shapes.roleHoursSchema, signal),
  });
}

export type VisitOutside = HoursChecked['visits'][number];

interface Hours {
  readonly week: readonly HoursSpan[];
  readonly timesOff: readonly TimeOff[];
}

export type Act = 'week' | 'add' | 'remove' | 'undo';

/** A change as it waits for the answer of whoever makes it, and as it was saved. */
export interface Change {
  readonly act: Act;
  readonly after: Hours;
  readonly before: Hours;
  readonly visits: readonly VisitOutside[];
}

/** `onSaved` forgets what was typed. */
export function useHoursChange({ role, versionId, week, timesOff }: RoleHours, onSaved: (act: Act) => void) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Change>();
  const save = useMutation({
    mutationFn: ({ after }: Change) =>
      postJson(pathOf(role), { versionId, ...after }, (shapes) => shapes.roleHoursSchema),
    onSuccess: (saved, { act }) => {
      client.setQueryData(keyOf(role), saved);
      void client.invalidateQueries({ queryKey: LIST });
      void client.invalidateQueries({ queryKey: ['booking'] });
      onSaved(act);
    },
    onError: () => client.invalidateQueries({ queryKey: keyOf(role) }),
    onSettled: () => setAsked(undefined),
  });
  const check = useMutation({
    mutationFn: async ({ after }: Change) =>
      (await postJson(`${pathOf(role)}/check`, after, (shapes) => shapes.hoursCheckedSchema)).visits,
    onSuccess: (visits, change) => {
      if (visits.length === 0) save.mutate(change);
      else setAsked({ ...change, visits });
    },
  });
  const changed = (act: Act, change: Partial<Hours>): Change => {
    save.reset();
    const before = { week, timesOff };
    return { act, before, after: { ...before, ...change }, visits: [] };
  };
  return {
    /** Waits for an answer because visits would be left outside. */
    asked,
    saved: save.isSuccess ? save.variables : undefined,
    error: check.error ?? save.error,
    pending: check.isPending ? check.variables.act : save.isPending ? save.variables.act : undefined,
    setWeek: (spans: readonly HoursSpan[]) => check.mutate(changed('week', { week: spans })),
    add: (timeOff: TimeOff) => check.mutate(changed('add', { timesOff: [...timesOff, timeOff] })),
    // No visit is left outside when a time is given back.
    remove: (at: number) => save.mutate(changed('remove', { timesOff: timesOff.toSpliced(at, 1) })),
    undo: ({ before }: Change) => save.mutate(changed('undo', before)),
    confirm: () => {
      if (asked !== undefined) save.mutate(asked);
    },
    drop: () => setAsked(undefined),
  };
}
