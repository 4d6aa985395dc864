// A practitioner's favourite prescriptions, kept at the hospital; until any were kept, a few that are written every day.
import type { Favourite, FavouriteList } from '@clearchart/api';
import { favouriteName, medicineById, medicineConcept } from '@clearchart/care';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { codeOf } from '../connection/fault-words.ts';
import { getJson } from '../connection/get-json.ts';
import { postJson } from '../connection/post-json.ts';
import type { Prescription } from './visit-form.ts';

const PATH = '/api/favourites';
const KEY = ['favourites'];
/** As many as core/api/favourites.ts takes. */
const FAVOURITES_AT_MOST = 24;

const AT_FIRST: readonly Favourite[] = [
  { medicine: 'paracetamol/tablet', strength: '500 mg', pattern: 'sos', days: 3 },
  { medicine: 'amoxicillin/capsule', strength: '500 mg', pattern: '1-1-1', days: 5 },
  { medicine: 'aspirin/tablet', strength: '75 mg', pattern: '0-1-0', days: 30 },
  { medicine: 'atorvastatin/tablet', strength: '20 mg', pattern: '0-0-1', days: 30 },
  { medicine: 'amlodipine/tablet', strength: '5 mg', pattern: '1-0-0', days: 30 },
  { medicine: 'metformin/tablet', strength: '500 mg', pattern: '1-0-1', days: 30 },
];

/** Undefined when the formulary no longer has it. */
export function prescriptionOf({ medicine: id, strength, pattern, days }: Favourite): Prescription | undefined {
  const medicine = medicineById(id);
  if (medicine === undefined) return undefined;
  return {
    key: crypto.randomUUID(),
    concept: medicineConcept(medicine, strength) as Prescription['concept'],
    medicine: id,
    strength,
    form: medicine.form,
    route: medicine.route,
    pattern,
    days,
    answer: '',
  };
}

const shownOf = ({ versionId, favourites }: FavouriteList): readonly Favourite[] =>
  versionId === null ? AT_FIRST : favourites;

type Change = (favourites: readonly Favourite[]) => readonly Favourite[];

export function useFavourites() {
  const client = useQueryClient();
  const load = (signal?: AbortSignal) => getJson(PATH, (shapes) => shapes.favouriteListSchema, signal);
  const { data, error } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => load(signal) });
  async function send(change: Change, list: FavouriteList): Promise<void> {
    const favourites = change(shownOf(list));
    const wanted = { versionId: list.versionId, favourites };
    const kept = await postJson(PATH, wanted, (shapes) => shapes.favouriteListSchema);
    client.setQueryData<FavouriteList>(KEY, kept);
  }
  const keep = useMutation({
    // One after another: each goes on from what the one before has kept.
    scope: { id: 'favourites' },
    mutationFn: async (change: Change) => {
      try {
        await send(change, client.getQueryData<FavouriteList>(KEY) ?? (await load()));
      } catch (fault) {
        // Another device was faster: the same change, on what stands there now.
        if (codeOf(fault) !== 'changed-meanwhile') throw fault;
        await send(change, await load());
      }
    },
  });
  const favourites = data === undefined ? [] : shownOf(data);
  const without = (all: readonly Favourite[], one: Favourite) =>
    all.filter((other) => favouriteName(other) !== favouriteName(one));
  return {
    /** Empty until they are known. */
    favourites,
    ready: data !== undefined,
    fault: keep.error ?? error,
    keeping: keep.isPending,
    full: favourites.length >= FAVOURITES_AT_MOST,
    has: (one: Favourite) => favourites.some((other) => favouriteName(other) === favouriteName(one)),
    /** At the place where it was, or first. */
    add: (one: Favourite, at = 0) =>
      keep.mutate((all) => without(all, one).toSpliced(at, 0, one).slice(0, FAVOURITES_AT_MOST)),
    remove: (one: Favourite) => keep.mutate((all) => without(all, one)),
    move: (one: Favourite, by: -1 | 1) =>
      keep.mutate((all) => {
        const at = all.findIndex((other) => favouriteName(other) === favouriteName(one));
        return at < 0 ? all : without(all, one).toSpliced(Math.max(0, at + by), 0, one);
      }),
  };
}
