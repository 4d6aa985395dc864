/** A write that is done once: its outcome kept with it, and answered again as its caller may see it now. */
import type { KeptOutcome, OncePart } from './kept-outcomes.ts';
import { notFound } from './refusal.ts';
import type { Versions } from './versions.ts';
import type { Visibility } from './visibility.ts';
import type { Written } from './write-queue.ts';
import type { WriteOperation, WriteOutcome } from './writer.ts';

export function keptOf({ status, version, written }: WriteOutcome): KeptOutcome {
  return { status, vid: version?.vid, written };
}

export function keeping(operation: WriteOperation, once: OncePart | undefined): WriteOperation {
  if (once === undefined) return operation;
  return {
    versions: operation.versions,
    apply(group) {
      const outcome = operation.apply(group);
      once.keep([keptOf(outcome)]);
      return outcome;
    },
  };
}

/** @throws Refusal 404 when the caller no longer sees what was written */
export function outcomeAgain(versions: Versions, visibility: Visibility, kept: KeptOutcome): WriteOutcome {
  const { status, vid, written } = kept;
  if (vid === undefined) return { status, version: undefined, written };
  const { version, transactionId } = versions.openRecord(vid);
  const head = versions.head(version.type, version.id);
  const seen = head !== undefined && visibility.sees(version.type, head) && visibility.sees(version.type, version);
  if (!seen) throw notFound();
  const again: Written = { ...version, transactionId };
  return { status, version: again, written };
}
