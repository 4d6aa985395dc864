/**
 * An engine, or a whole simulator, in which one place or more of the product's own text is another: the file is changed while it is loaded, in
 * a module graph of its own, so that nothing of the product knows of it. A place that is gone, or is there twice, fails the test that wants it
 * changed.
 */
import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { openProofOfWork } from '@clearchart/proof-of-work';
import type { simulate } from './index.ts';

export interface Break {
  /** Below the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const ROOT = resolve(import.meta.dirname, '..');

/** @param name Its own for each set of changes: the modules of a name are loaded once. */
export async function loadBroken(name: string, changes: readonly Break[]): Promise<typeof openProofOfWork> {
  const engine = await load('../engines/proof-of-work/index.ts', name, changes);
  return (engine as { openProofOfWork: typeof openProofOfWork }).openProofOfWork;
}

/** The rule is wrong everywhere, in what the checkers apply too: as a mistake in the rules of the ledger would be. */
export async function loadBrokenSimulator(name: string, changes: readonly Break[]): Promise<typeof simulate> {
  return ((await load('./index.ts', name, changes)) as { simulate: typeof simulate }).simulate;
}

async function load(entry: string, name: string, changes: readonly Break[]): Promise<unknown> {
  const mark = `?broken=${name}`;
  const changed = new Set<Break>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isOurs = resolved.url.startsWith('file:') && !resolved.url.includes('/node_modules/');
      return isOurs && context.parentURL?.endsWith(mark) ? { ...resolved, url: `${resolved.url}${mark}` } : resolved;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(mark)) return loaded;
      const path = fileURLToPath(url.slice(0, -mark.length));
      const due = changes.filter(({ file }) => resolve(ROOT, file) === path);
      if (due.length === 0) return loaded;
      const { source } = loaded;
      assert.ok(source !== undefined && source !== null);
      let text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString();
      for (const one of due) {
        const parts = text.split(one.from);
        assert.equal(parts.length, 2, `${one.file} has the text to be changed ${parts.length - 1} times`);
        text = parts.join(one.to);
        changed.add(one);
      }
      return { ...loaded, source: text };
    },
  });
  try {
    const loaded: unknown = await import(`${entry}${mark}`);
    assert.equal(changed.size, changes.length, 'a file to be changed is no part of it');
    return loaded;
  } finally {
    hooks.deregister();
  }
}
