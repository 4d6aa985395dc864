// A page may ask for hundreds of checks at once; they take turns, so that the page stays quick and the server is not flooded.

const AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when one of the few places is free; the newest caller goes first, as it is what the reader looks at. */
export async function takeTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= AT_ONCE) await new Promise<void>((start) => waiting.push(start));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.pop()?.();
  }
}
