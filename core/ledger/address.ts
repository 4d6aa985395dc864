/** Where a hospital's node is reached: an origin and nothing more, so that whoever calls it adds path and query. */

/** Characters. */
const LONGEST_ADDRESS = 200;
const HIGHEST_PORT = 65_535;

/** `http` or `https`; a host name, an IPv4 or a bracketed IPv6 address; a port when there is one. Lower case. */
const ORIGIN = /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?$/;

export function isAddress(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST_ADDRESS) return false;
  const found = ORIGIN.exec(value);
  return found !== null && Number(found[1] ?? 1) <= HIGHEST_PORT;
}
