// What has been fetched, kept while the page is open. Nothing of it is written to the device.
import { QueryClient } from '@tanstack/react-query';
import { statusOf } from './fault-words.ts';

const STALE_AFTER_MS = 15_000;
const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_AFTER_MS,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only silence is worth another try.
      retry: (failures, error) => failures < TRIES && statusOf(error) === undefined,
    },
  },
});
