// Brings node_modules in step with package-lock.json, once, even when several programs start together.
// Plain JavaScript for Node 20 without dependencies, as the launcher needs it before anything is there.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A holder refreshes its lock this often; it is taken to be dead after ten missed times. */
const HEARTBEAT_MS = 1_000;
const STALE_AFTER_MS = 10 * HEARTBEAT_MS;
const POLL_MS = 200;

/**
 * Resolves once node_modules holds what package-lock.json names. Costs one hash of the lockfile when nothing has changed.
 * Throws an Error with `plain: true` when npm cannot be run or fails.
 */
export async function ensureInstalled(root, options = {}) {
  const install = options.install ?? runNpm;
  if (isStamped(root)) return;
  await withLock(join(root, '.cache'), options.staleAfterMs ?? STALE_AFTER_MS, async () => {
    if (isStamped(root)) return;
    if (!treeMatches(root)) await install(root);
    stamp(root);
  });
}

const stampPath = (root) => join(root, 'node_modules', '.clearchart-lock');

function lockfileHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isStamped(root) {
  return readOrNothing(stampPath(root)) === lockfileHash(root);
}

/** Written last and moved into place, so an interrupted installation is never taken for a finished one. */
function stamp(root) {
  const temporary = `${stampPath(root)}.${process.pid}`;
  writeFileSync(temporary, lockfileHash(root));
  renameSync(temporary, stampPath(root));
}

/** True when npm's own record of the tree already agrees with the lockfile, as after `npm install`. */
export function treeMatches(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue;
    const found = installed[path];
    if (!found) {
      if (entry.optional || entry.devOptional) continue;
      return false;
    }
    if (entry.link ? found.resolved !== entry.resolved : found.version !== entry.version) return false;
    if (!entry.link && entry.integrity && found.integrity && entry.integrity !== found.integrity) return false;
  }
  return Object.keys(installed).every((path) => !path.includes('node_modules/') || path in wanted);
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** `npm ci` with development dependencies (the web build needs them) and without any package's install script. */
function runNpm(root) {
  process.stderr.write('Installing dependencies (once; about half a minute) …\n');
  const args = [
    'ci',
    '--no-fund',
    '--no-audit',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const npmCli = process.env.npm_execpath;
  const viaNode = npmCli !== undefined && /npm-cli\.[cm]?js$/.test(npmCli);
  return new Promise((done, fail) => {
    const child = viaNode
      ? spawn(process.execPath, [npmCli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawn('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    let stopped = false;
    const stop = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
    child.once('error', (error) =>
      fail(plainError(`npm could not be started (${error.code}). Please install npm and start again.`)),
    );
    child.once('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
      if (code === 0) done();
      else if (stopped) fail(plainError('The installation was stopped; the next start does it again.'));
      else fail(plainError('The dependencies could not be installed; npm says why above. Nothing was started.'));
    });
  });
}

function plainError(message) {
  return Object.assign(new Error(message), { plain: true });
}

/** Runs `work` while holding an exclusive lock file in `folder`; waits for another holder, takes over from a dead one. */
async function withLock(folder, staleAfterMs, work) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'install.lock');
  const token = randomUUID();
  while (!tryCreate(path, token)) {
    removeIfStale(path, staleAfterMs);
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    if (readOrNothing(path) === token) rmSync(path, { force: true });
  }
}

function tryCreate(path, token) {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, token);
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The lock was taken over while this machine slept; the new holder checks the tree for itself.
  }
}

/** Two waiters may see the same dead lock: each moves away what it finds and puts back what turns out to be alive. */
function removeIfStale(path, staleAfterMs) {
  let seen;
  try {
    seen = { token: readFileSync(path, 'utf8'), ageMs: Date.now() - statSync(path).mtimeMs };
  } catch {
    return;
  }
  if (seen.ageMs < staleAfterMs) return;
  const aside = `${path}.${process.pid}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== seen.token) linkSync(aside, path);
  } catch {
    // Another waiter was faster.
  }
  rmSync(aside, { force: true });
}
