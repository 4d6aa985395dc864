/**
 * Places on a network of their own (Linux network namespaces): two switches joined by one cable, half of the places on each, every place with
 * a cable of its own to its switch and another to this process, so that it can be asked while it is cut off. This process has a place on the
 * first switch too, for a member that is a script.
 */
import { execFileSync } from 'node:child_process';
import { atEnd, isAlive, removeDeadRuns, tried } from './endings.fixture.ts';
import type { Place } from './processes.fixture.ts';

/** Networks that stand beside each other on one machine; each has the addresses 10.X.*.*, X from this on. */
const MOST_NETWORKS = 100;
const FIRST_NETWORK = 128;
/** The third number of the addresses on the switches; between this process and place N it is 10 + N. */
const AMONG = 77;
/** Of a network at most; as many are looked for when one is removed that a dead test has left. */
const MOST_PLACES = 8;

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
}

/** Why this machine has no namespaces to give; undefined when it has. */
export function refusal(): string | undefined {
  const name = `cc-probe-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return undefined;
  } catch (fault) {
    return (fault as Error).message;
  }
}

export class Namespaces {
  readonly places: readonly Place[];
  readonly #number: number;
  readonly #forget: () => void;

  constructor(count: number) {
    removeDeadRuns();
    removeDeadNetworks();
    this.#number = freeNumber();
    this.#forget = atEnd(() => removeNetwork(this.#number));
    const halves = [switchOf(this.#number, 0), switchOf(this.#number, 1)] as const;
    try {
      ip('link', 'add', halves[1], 'type', 'bridge');
      for (const half of halves) ip('link', 'set', half, 'up');
      ip('addr', 'add', `${this.host}/24`, 'dev', halves[0]);
      this.#cable(this.#link('t', 0), this.#link('t', 1));
      for (const [index, half] of halves.entries()) ip('link', 'set', this.#link('t', index), 'master', half, 'up');
      this.places = Array.from({ length: count }, (_, index) => this.#place(index, halves[index < count / 2 ? 0 : 1]));
    } catch (fault) {
      this.remove();
      throw fault;
    }
  }

  /** Where the places reach this process. */
  get host(): string {
    return this.#address(AMONG, 1);
  }

  /** The cable between the two halves. */
  join(isJoined: boolean): void {
    ip('link', 'set', this.#link('t', 0), isJoined ? 'up' : 'down');
  }

  /** One place's cable to its switch. */
  plug(index: number, isPlugged: boolean): void {
    ip('link', 'set', this.#link('n', index), isPlugged ? 'up' : 'down');
  }

  remove(): void {
    removeNetwork(this.#number);
    this.#forget();
  }

  #place(index: number, half: string): Place {
    const name = this.#namespace(index);
    const among = this.#address(AMONG, 10 + index);
    const [here, there] = [this.#address(10 + index, 1), this.#address(10 + index, 2)];
    ip('netns', 'add', name);
    const inside = (...args: readonly string[]): void => ip('-n', name, ...args);
    const plug = (link: string, address: string): void => {
      ip('link', 'set', link, 'netns', name);
      inside('addr', 'add', `${address}/24`, 'dev', link);
      inside('link', 'set', link, 'up');
    };
    this.#cable(this.#link('n', index), this.#link('m', index));
    ip('link', 'set', this.#link('n', index), 'master', half, 'up');
    plug(this.#link('m', index), among);
    this.#cable(this.#link('o', index), this.#link('p', index));
    ip('addr', 'add', `${here}/24`, 'dev', this.#link('o', index));
    ip('link', 'set', this.#link('o', index), 'up');
    plug(this.#link('p', index), there);
    inside('link', 'set', 'lo', 'up');
    return { prefix: ['ip', 'netns', 'exec', name], host: there, amongNodes: among };
  }

  #cable(one: string, other: string): void {
    ip('link', 'add', one, 'type', 'veth', 'peer', 'name', other);
  }

  #address = (among: number, last: number): string => `10.${FIRST_NETWORK + this.#number}.${among}.${last}`;
  #link = (kind: string, index: number): string => linkOf(this.#number, kind, index);
  #namespace = (index: number): string => namespaceOf(this.#number, index);
}

const linkOf = (number: number, kind: string, index: number): string => `cc${number}${kind}${index}`;
const namespaceOf = (number: number, index: number): string => `cc-${number}-${index}`;

const switchOf = (number: number, half: 0 | 1): string => `cc${number}s${half}`;
/** The first switch's other name; the number of the process that made it follows. */
const OWNER = 'clearchart-test-';

/** That of a network which nobody on this machine has: whoever makes its first switch has it. */
function freeNumber(): number {
  for (let tries = 0; ; tries += 1) {
    const number = (process.pid + tries) % MOST_NETWORKS;
    try {
      ip('link', 'add', switchOf(number, 0), 'type', 'bridge');
      ip('link', 'set', switchOf(number, 0), 'alias', OWNER + process.pid);
      return number;
    } catch (fault) {
      if (tries === MOST_NETWORKS) throw fault;
    }
  }
}

function removeNetwork(number: number): void {
  const places = Array.from({ length: MOST_PLACES }, (_, index) => index);
  const cables = places.flatMap((index) => [linkOf(number, 'n', index), linkOf(number, 'o', index)]);
  // What is in a namespace goes with it, and with one end of a cable the other.
  for (const index of places) tried(() => ip('netns', 'del', namespaceOf(number, index)));
  for (const link of [linkOf(number, 't', 0), linkOf(number, 't', 1), ...cables]) tried(() => ip('link', 'del', link));
  // The first switch last: by it is known whose the rest is.
  for (const half of [1, 0] as const) tried(() => ip('link', 'del', switchOf(number, half)));
}

/** Those that tests which are no more have left behind. */
function removeDeadNetworks(): void {
  for (const { ifname, ifalias } of bridges()) {
    const number = /^cc(\d+)s0$/.exec(ifname)?.[1];
    const owner = Number(ifalias?.startsWith(OWNER) === true ? ifalias.slice(OWNER.length) : Number.NaN);
    if (number !== undefined && owner > 0 && !isAlive(owner)) removeNetwork(Number(number));
  }
}

function bridges(): { readonly ifname: string; readonly ifalias?: string }[] {
  const said = execFileSync('ip', ['-json', 'link', 'show', 'type', 'bridge'], { encoding: 'utf8', timeout: 10_000 });
  return JSON.parse(said || '[]') as { ifname: string; ifalias?: string }[];
}
