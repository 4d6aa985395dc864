/** Runs one of the checking programs with this Node and keeps what it said. */
import { spawn } from 'node:child_process';
import { ROOT } from './source-files.ts';

export interface Finding {
  readonly good: boolean;
  readonly output: string;
  /** How many files were looked at, when the checker says so. */
  readonly count?: number;
}

/** Output of one program, in characters; more is a fault, as what is cut off might be what matters. */
const MAX_OUTPUT_CHARACTERS = 16_000_000;

/** Resolves when the program has ended; good means exit code 0. Rejects when it cannot be started or says too much. */
export function runProgram(program: string, args: readonly string[], folder: string = ROOT): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: string) => {
      output += chunk;
      if (output.length <= MAX_OUTPUT_CHARACTERS) return;
      child.kill();
      reject(new Error(`${program} wrote more than ${MAX_OUTPUT_CHARACTERS} characters`));
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ good: code === 0, output }));
  });
}
