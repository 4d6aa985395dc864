/**
 * The people whom nobody sees on the first page come in once it is there and the other hospitals are, one transaction each, a little
 * apart, so that pages stay quick. A demo that was stopped half-way goes on at the next start: who is there is left alone.
 */
import { demoHospital } from '@clearchart/demo';
import type { Node } from '@clearchart/node';
import { idOf, SEED, subjectOf } from './seed.ts';

const BEGIN_AFTER_MS = 1_500;
const APART_MS = 100;

/** Begins after the given time, and answers with what stops it. */
export function importOthers(node: Node, today: number, after: Promise<void>): () => Promise<void> {
  const stopping = new AbortController();
  const done = after.catch(() => {}).then(() => importAll(node, today, stopping.signal));
  // Until it is waited for; a fault is told then.
  done.catch(() => {});
  return async () => {
    stopping.abort();
    await done;
  };
}

async function importAll(node: Node, today: number, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await pause(BEGIN_AFTER_MS, signal);
  if (signal.aborted) return;
  for (const { bundle, isWritten } of demoHospital(SEED, today, -new Date(today).getTimezoneOffset()).patients) {
    if (isWritten) continue;
    if ((await idOf(node, 'Patient', subjectOf(bundle))) === undefined) await node.importBundle(bundle);
    await pause(APART_MS, signal);
    if (signal.aborted) return;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    const timer = setTimeout(resume, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resume()), { once: true });
  });
}
