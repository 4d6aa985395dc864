/** Results on stdout, progress on stderr and only where a person watches. */
export interface Output {
  /** The result: as one line of JSON with --json, else as the words given. */
  result(value: unknown, words: () => string): void;
  progress(what: string): (done: number, total: number) => void;
}

const BAR_WIDTH = 24;

export function createOutput(json: boolean): Output {
  return {
    result(value, words) {
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${words()}\n`);
    },
    progress(what) {
      if (json || !process.stderr.isTTY) return () => {};
      return (done, total) => {
        const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH);
        const bar = '#'.repeat(filled).padEnd(BAR_WIDTH, '.');
        process.stderr.write(`\r${what} [${bar}] ${done} of ${total}${done >= total ? '\n' : ''}`);
      };
    },
  };
}

const GREEN = '\u001b[32m';
const RED = '\u001b[31m';
const RESET = '\u001b[0m';

/** Coloured where a person watches and NO_COLOR is not set (no-color.org). */
export function yesOrNo(yes: boolean, words: string): string {
  const coloured = process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  if (!coloured) return words;
  return `${yes ? GREEN : RED}${words}${RESET}`;
}
