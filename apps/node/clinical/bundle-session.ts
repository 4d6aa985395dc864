/** What a bundle does with the session it runs in. */
import type { HistoryRequest } from './history.ts';
import type { KeptOutcome, OncePart } from './kept-outcomes.ts';
import type { OpenedVersion } from './opened-version.ts';
import type { SearchParameters } from './search/request.ts';
import type { Patch, Target, Writer, WriteOutcome } from './writer.ts';

export interface BundleSession {
  readonly baseUrl: string;
  readonly writer: Writer;
  read(type: string, id: string): Promise<OpenedVersion>;
  vread(type: string, id: string, versionId: string): Promise<OpenedVersion>;
  history(type: string, id: string | undefined, request: HistoryRequest): Promise<Uint8Array>;
  search(type: string, parameters: SearchParameters): Promise<Uint8Array>;
  find(type: string, criteria: string, limit: number): OpenedVersion[];
  create(type: string, body: unknown, ifNoneExist?: string, once?: OncePart): Promise<WriteOutcome>;
  update(type: string, target: Target, body: unknown, ifMatch?: number, once?: OncePart): Promise<WriteOutcome>;
  patch(type: string, target: Target, patch: Patch, ifMatch?: number, once?: OncePart): Promise<WriteOutcome>;
  delete(type: string, target: Target, ifMatch?: number, once?: OncePart): Promise<WriteOutcome>;
  outcomesAgain(kept: readonly KeptOutcome[]): Promise<WriteOutcome[]>;
  shownOutcome(outcome: WriteOutcome): WriteOutcome;
  disclose(interaction: string, versions: readonly OpenedVersion[]): Promise<void>;
}
