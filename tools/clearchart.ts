/** The command line as npm starts it: the web app is built first for the commands that serve it. */
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommandLine } from '@clearchart/cli';
import { buildWeb } from './build-web.ts';

const LOCK = join(import.meta.dirname, '../apps/web/.building');
/** A build takes seconds; a lock older than this was left by a process that died. */
const LOCK_STALE_MS = 120_000;
const LOOK_AGAIN_MS = 200;

/** One build at a time: two nodes may be started at once on a fresh clone. */
async function buildAlone(): Promise<void> {
  for (;;) {
    try {
      await mkdir(LOCK);
      break;
    } catch {
      const since = await stat(LOCK).then(
        ({ mtimeMs }) => mtimeMs,
        () => Number.NaN,
      );
      if (Date.now() - since > LOCK_STALE_MS) await rmdir(LOCK).catch(() => {});
      else await pause(LOOK_AGAIN_MS);
    }
  }
  try {
    if (await buildWeb()) process.stderr.write('Built the web app.\n');
  } finally {
    await rmdir(LOCK).catch(() => {});
  }
}

await runCommandLine(process.argv.slice(2), { beforeServing: buildAlone });
