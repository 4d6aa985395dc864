/** Runs one of the checking programs with this Node and keeps what it said. */
import { spawn } from 'node:child_process';
import { ROOT } from './source-files.ts';

export interface Finding {
  readonly good: boolean;
  readonly output: string;
  /** How many files were looked at, when the checker says so. */
  readonly count?: number;
}

/** Output kept of one program, in characters: its end, where the summary stands. */
const MAX_OUTPUT_CHARACTERS = 60_000;

/** Resolves when the program has ended; good means exit code 0. Rejects when it cannot be started. */
export function runProgram(program: string, args: readonly string[]): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-MAX_OUTPUT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ good: code === 0, output }));
  });
}
