/**
 * The main thread's side of the validation worker: one per process, shared by all nodes in it, because
 * reading the definitions of FHIR R4 takes a second and some 250 MB (docs/decisions/0020).
 */
import { Worker } from 'node:worker_threads';
import type { DefinitionTable, Examined, IndexValue, TypeDefinition } from './search-parameter.ts';

export type Question =
  | { readonly id: number; readonly kind: 'examine'; readonly json: string }
  | { readonly id: number; readonly kind: 'extract'; readonly json: string; readonly codes: readonly string[] }
  | { readonly id: number; readonly kind: 'patch'; readonly json: string; readonly parameters: string };

export type Answer = { readonly id: number; readonly json: string } | { readonly id: number; readonly fault: string };

export interface Definitions {
  readonly table: DefinitionTable;
  /** Takes a resource as JSON text. */
  examine(json: string): Promise<Examined>;
  extract(json: string, codes: readonly string[]): Promise<readonly IndexValue[]>;
  /** The patched resource as JSON text, or undefined when the patch does not apply. */
  patchByFhirPath(json: string, parameters: string): Promise<string | undefined>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(json: string | undefined): void;
  reject(fault: Error): void;
}

/** Starts the worker and resolves once it has loaded the definitions. */
export async function startDefinitions(): Promise<Definitions> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'fhir-definitions' });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let unsent: Question[] = [];
  const table = await new Promise<DefinitionTable>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: { table: TypeDefinition[] }) => {
      worker.off('error', reject);
      resolve(toTable(message.table));
    });
    worker.ref();
  });
  worker.unref();
  worker.on('message', (answers: Answer[]) => {
    for (const answer of answers) settle(answer);
  });
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('the validation worker has ended')));

  function settle(answer: Answer): void {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('json' in answer) asked?.resolve(answer.json);
    else if (answer.fault === 'refused') asked?.resolve(undefined);
    else asked?.reject(new Error(`the validation worker failed: ${answer.fault}`));
  }

  function failAll(fault: Error): void {
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  }

  /** Questions of one turn of the event loop travel in one message. */
  function ask(make: (id: number) => Question): Promise<string | undefined> {
    const id = nextId++;
    if (unsent.length === 0) {
      queueMicrotask(() => {
        worker.postMessage(unsent);
        unsent = [];
      });
    }
    unsent.push(make(id));
    if (waiting.size === 0) worker.ref();
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  return {
    table,
    async examine(json) {
      const answer = await ask((id) => ({ id, kind: 'examine', json }));
      if (answer === undefined) throw new Error('the validation worker refused to examine');
      return JSON.parse(answer) as Examined;
    },
    async extract(json, codes) {
      const answer = await ask((id) => ({ id, kind: 'extract', json, codes }));
      return answer === undefined ? [] : (JSON.parse(answer) as IndexValue[]);
    },
    patchByFhirPath: (json, parameters) => ask((id) => ({ id, kind: 'patch', json, parameters })),
    async close() {
      await worker.terminate();
    },
  };
}

function toTable(definitions: readonly TypeDefinition[]): DefinitionTable {
  return {
    types: new Set(definitions.map(({ type }) => type)),
    parameters: new Map(
      definitions.map(({ type, parameters }) => [type, new Map(parameters.map((one) => [one.code, one]))]),
    ),
    elements: new Map(
      definitions.map(({ type, summary, mandatory }) => [
        type,
        { summary: new Set(summary), mandatory: new Set(mandatory) },
      ]),
    ),
  };
}
