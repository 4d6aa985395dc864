// Starts a TypeScript file of this repository on the pinned Node, installing dependencies first when
// they are missing or the lockfile has changed. Plain JavaScript for Node 20: it must run on a fresh
// clone. Nothing of its own goes to stdout, which belongs to the started program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REQUIRED_NODE_MAJOR = 24;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

class PlainError extends Error {}

/** The Node to run with: the pinned one of this platform, else the current one when it is new enough. */
function chooseNode(allowPinned) {
  const pinned = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (allowPinned && existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_NODE_MAJOR) return process.execPath;
  throw new PlainError(
    `Clearchart needs Node ${REQUIRED_NODE_MAJOR} or later; this is Node ${process.versions.node} on ` +
      `${process.platform}-${process.arch}, for which no Node comes with the dependencies. ` +
      `Please install Node ${REQUIRED_NODE_MAJOR} from https://nodejs.org and start again.`,
  );
}

/** Runs the script to its end and resolves to the exit code a shell would report. */
function run(node, script, args) {
  return new Promise((done, fail) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, PATH: dirname(node) + delimiter + (process.env.PATH ?? '') },
    });
    for (const signal of FORWARDED_SIGNALS) {
      process.on(signal, () => {
        // A terminal sends its interrupt to the whole process group: forwarding it would deliver it twice.
        if (signal === 'SIGINT' && process.stdin.isTTY) return;
        child.kill(signal);
      });
    }
    child.once('error', fail);
    child.once('exit', (code, signal) => done(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
  });
}

async function main() {
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new PlainError('Usage: node tools/launch.mjs SCRIPT.ts [arguments]');
  await ensureInstalled(ROOT);
  const path = resolve(ROOT, script);
  if (!existsSync(path)) throw new PlainError(`There is no ${script} in this repository.`);
  const node = chooseNode(true);
  try {
    return await run(node, path, args);
  } catch (error) {
    // The pinned Node needs glibc: on a machine without it the file exists and cannot be started.
    if (error?.code !== 'ENOENT' || node === process.execPath) throw error;
    return run(chooseNode(false), path, args);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error?.plain || error instanceof PlainError ? error.message : error?.stack}\n`);
    process.exitCode = 70;
  },
);
