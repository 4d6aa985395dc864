// What this browser remembers of the chain between visits: which chain it is, and the last header it checked itself. A
// history that does not extend that header is refused, whoever serves it.

/** The last header this browser checked; the member set is the one that votes on the next block. */
export interface KeptHeader {
  height: number;
  hash: string;
  /** Milliseconds of block time. */
  time: number;
  members: unknown;
  /** The last decision about the members up to it; left out while the founder is alone with its first key. */
  decision?: { height: number; hash: string };
}

export interface ChainMemory {
  /** The chain this browser follows at this address; undefined on the first visit. */
  pinnedChain(): string | undefined;
  pin(chainId: string): void;
  kept(chainId: string): KeptHeader | undefined;
  keep(chainId: string, header: KeptHeader): void;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const PINNED = 'clearchart.chain';
const keptKey = (chainId: string) => `clearchart.head.${chainId}`;

function parseKept(text: string | null): KeptHeader | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<KeptHeader>;
    const sound =
      Number.isSafeInteger(value.height) &&
      typeof value.hash === 'string' &&
      Number.isSafeInteger(value.time) &&
      typeof value.members === 'object';
    return sound ? (value as KeptHeader) : undefined;
  } catch {
    return undefined;
  }
}

/** Memory over the browser's storage; where storage is forbidden it lasts as long as the page. */
export function storedMemory(storage: () => Storage): ChainMemory {
  const fallback = new Map<string, string>();
  const read = (key: string): string | null => {
    try {
      return storage().getItem(key) ?? fallback.get(key) ?? null;
    } catch {
      return fallback.get(key) ?? null;
    }
  };
  const write = (key: string, value: string): void => {
    fallback.set(key, value);
    try {
      storage().setItem(key, value);
    } catch {
      // Kept in the page's own memory then.
    }
  };
  return {
    pinnedChain: () => read(PINNED) ?? undefined,
    pin: (chainId) => write(PINNED, chainId),
    kept: (chainId) => parseKept(read(keptKey(chainId))),
    keep: (chainId, header) => write(keptKey(chainId), JSON.stringify(header)),
  };
}
