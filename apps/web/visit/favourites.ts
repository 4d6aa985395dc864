// A practitioner's favourite prescriptions: kept sealed on this device; until there are any, a few that are written every day.
import { medicineById, medicineConcept } from '@clearchart/care';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keepDraft, openDraft } from '../session/index.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';
import type { Prescription } from './visit-form.ts';

/** What is remembered of one: the medicine's id in the formulary and how it is usually given. */
export interface Favourite {
  readonly medicine: string;
  readonly strength: string;
  readonly pattern: string;
  readonly days: number;
}

const FAVOURITES_AT_MOST = 12;
const NAME = 'favourites';

const AT_FIRST: readonly Favourite[] = [
  { medicine: 'paracetamol/tablet', strength: '500 mg', pattern: 'sos', days: 3 },
  { medicine: 'amoxicillin/capsule', strength: '500 mg', pattern: '1-1-1', days: 5 },
  { medicine: 'aspirin/tablet', strength: '75 mg', pattern: '0-1-0', days: 30 },
  { medicine: 'atorvastatin/tablet', strength: '20 mg', pattern: '0-0-1', days: 30 },
  { medicine: 'amlodipine/tablet', strength: '5 mg', pattern: '1-0-0', days: 30 },
  { medicine: 'metformin/tablet', strength: '500 mg', pattern: '1-0-1', days: 30 },
];

const nameOf = ({ medicine, strength, pattern }: Favourite): string => [medicine, strength, pattern].join('|');

function isFavourite(value: unknown): value is Favourite {
  const { medicine, strength, pattern, days } = (value ?? {}) as Partial<Favourite>;
  return [medicine, strength, pattern].every((text) => typeof text === 'string') && typeof days === 'number';
}

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

export function useFavourites() {
  const client = useQueryClient();
  const open = useKeysOpen();
  const key = ['favourites', open];
  const { data } = useQuery({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<readonly Favourite[]> => {
      const kept = (await openDraft(NAME))?.value;
      return Array.isArray(kept) ? kept.filter(isFavourite) : [];
    },
  });
  const own = data ?? [];
  return {
    favourites: own.length === 0 ? AT_FIRST : own,
    has: (one: Favourite) => own.some((other) => nameOf(other) === nameOf(one)),
    toggle: ({ medicine, strength, pattern, days }: Favourite) => {
      const one = { medicine, strength, pattern, days };
      const without = own.filter((other) => nameOf(other) !== nameOf(one));
      const next = without.length < own.length ? without : [one, ...own].slice(0, FAVOURITES_AT_MOST);
      client.setQueryData(key, next);
      void keepDraft(NAME, next);
    },
  };
}
