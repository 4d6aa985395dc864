// The people of the palette: a practitioner's own patients, or what the desk finds in the registry; names only.
import type { RegistryLine } from '@clearchart/api';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../connection/session.ts';
import { useMyPatients } from '../record/use-my-patients.ts';
import { useRegistry } from '../registry/use-registry.ts';
import { matching } from './matching.ts';
import type { Command } from './use-commands.ts';

const SEARCH_AFTER_MS = 200;
/** Letters before the hospital is asked. */
const LETTERS_AT_LEAST = 2;
const SHOWN_AT_MOST = 8;
/** Before anything is typed, so that pages and actions are in sight too. */
const SHOWN_UNASKED = 4;

export function usePeople(typed: string, openLine: (line: RegistryLine) => void): Command[] {
  const { session } = useSession();
  const navigate = useNavigate();
  const [query] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS);
  const own = useMyPatients(session?.role === 'practitioner');
  const asking = session?.role === 'administrator' && query.length >= LETTERS_AT_LEAST;
  const found = useRegistry(query, 1, asking);
  if (session?.role === 'practitioner') {
    const people = (own.data ?? []).map(({ id, name }) => ({
      id: `person ${id}`,
      words: name,
      icon: 'people' as const,
      run: () => void navigate({ to: '/patients/$id', params: { id } }),
    }));
    return matching(people, typed).slice(0, typed.trim() === '' ? SHOWN_UNASKED : SHOWN_AT_MOST);
  }
  if (!asking) return [];
  return (found.data?.lines ?? []).slice(0, SHOWN_AT_MOST).map((line) => ({
    id: `person ${line.id}`,
    words: line.name,
    icon: 'people' as const,
    staysOpen: true as const,
    run: () => openLine(line),
  }));
}
