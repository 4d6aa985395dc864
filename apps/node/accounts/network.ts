/** Whose door a request comes from, as brakes and limits count it: an IPv4 address, or of IPv6 the /64 that one subscriber has whole. */
import { isIPv4, isIPv6 } from 'node:net';

const GROUPS = 8;
/** ::ffff:0:0/96 (RFC 4291 §2.5.5.2), and 64:ff9b::/96 of a translator (RFC 6052 §2.1): an IPv4 address in other clothes. */
const IPV4_INSIDE: readonly string[] = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

/** The same text for every spelling of one network; of anything that is no address, the text itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address.split('%')[0] ?? '');
  const prefix = textOf(groups.slice(0, 6));
  if (!IPV4_INSIDE.includes(prefix)) return textOf(groups.slice(0, 4));
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

/** The eight 16-bit groups of an IPv6 address that `isIPv6` has taken. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const before = numbersOf(head);
  const after = tail === undefined ? [] : numbersOf(tail);
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after];
}

function numbersOf(part: string): number[] {
  return part
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      if (!isIPv4(group)) return [Number.parseInt(group, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [(a << 8) | b, (c << 8) | d];
    });
}

const textOf = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');
