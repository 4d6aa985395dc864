/**
 * `HEIGHT:HASH`, as the recovery card and "clearchart verify" name a change of the members; undefined when it is none. Not shared with
 * the command line: through the ledger's package the page would fetch 15 kB before it is drawn, for one line.
 */
export function parseKnownBlock(text: string): { height: number; hash: string } | undefined {
  const [, height, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  return height === undefined || hash === undefined ? undefined : { height: Number(height), hash };
}
