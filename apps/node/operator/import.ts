/** Imports FHIR bundles from files: the same as posting each to /fhir/R4. */
import { readFile, stat } from 'node:fs/promises';
import { OWN_SCOPE } from '../accesses/index.ts';
import { BODY_LIMIT, type ClinicalStore, outcomeOf, Refusal } from '../clinical/index.ts';
import { parseJson } from '@clearchart/records';

/** FHIR R4 OperationOutcome, as far as it is told here. */
export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly {
    readonly code: string;
    readonly diagnostics?: string;
    readonly details?: { readonly text?: string };
  }[];
}

export interface ImportReport {
  readonly bundles: number;
  readonly resources: number;
  readonly refused: { readonly file: string; readonly entry?: number; readonly outcome: OperationOutcome }[];
}

export async function importFiles(
  clinical: ClinicalStore,
  files: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<ImportReport> {
  const session = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  const refused: ImportReport['refused'][number][] = [];
  let bundles = 0;
  let resources = 0;
  for (const [index, file] of files.entries()) {
    onProgress(index, files.length);
    try {
      if ((await stat(file)).size > BODY_LIMIT) throw new Refusal(413, 'too-large', TOO_LARGE);
      const parsed = parseJson(await readFile(file, 'utf8'));
      if (!parsed.ok) throw new Refusal(400, parsed.fault, UNREADABLE);
      const reply = await session.bundle(parsed.value);
      bundles += 1;
      resources += reply.entries.filter(({ version }) => version !== undefined).length;
    } catch (fault) {
      if (fault instanceof Refusal) refused.push({ file, outcome: outcomeOf(fault) as OperationOutcome });
      else if (isFileFault(fault))
        refused.push({ file, outcome: outcomeOf(new Refusal(400, 'unreadable', UNREADABLE)) as OperationOutcome });
      else throw fault;
    }
  }
  onProgress(files.length, files.length);
  return { bundles, resources, refused };
}

const TOO_LARGE = [{ severity: 'error', code: 'too-long', text: 'The file is larger than 16 MiB' }] as const;
const UNREADABLE = [{ severity: 'error', code: 'invalid', text: 'The file cannot be read as JSON' }] as const;

function isFileFault(fault: unknown): boolean {
  const code = (fault as { code?: string }).code;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES';
}
