/**
 * Places on a network of their own (Linux network namespaces): two switches joined by one cable, half of the places on each, every place with
 * a cable of its own to its switch and another to this process, so that it can be asked while it is cut off.
 */
import { execFileSync } from 'node:child_process';
import type { Place } from './processes.fixture.ts';

const AMONG = '10.213.77';
const BESIDE = '10.213';

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
  readonly #id: string;
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
    this.#id = (process.pid % 100_000).toString(36);
    const halves = [this.#link('s', 0), this.#link('s', 1)] as const;
    try {
      for (const half of halves) {
        ip('link', 'add', half, 'type', 'bridge');
        ip('link', 'set', half, 'up');
      }
      this.#cable(this.#link('t', 0), this.#link('t', 1));
      for (const [index, half] of halves.entries()) ip('link', 'set', this.#link('t', index), 'master', half, 'up');
      this.places = Array.from({ length: count }, (_, index) => this.#place(index, halves[index < count / 2 ? 0 : 1]));
    } catch (fault) {
      this.remove();
      throw fault;
    }
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
    const cables = Array.from({ length: this.#count }, (_, index) => [this.#link('n', index), this.#link('o', index)]);
    const links = [...['s', 't'].flatMap((kind) => [this.#link(kind, 0), this.#link(kind, 1)]), ...cables.flat()];
    const names = Array.from({ length: this.#count }, (_, index) => this.#namespace(index));
    // What is in a namespace goes with it, and with one end of a cable the other.
    for (const name of names) tried(() => ip('netns', 'del', name));
    for (const link of links) tried(() => ip('link', 'del', link));
  }

  #place(index: number, half: string): Place {
    const name = this.#namespace(index);
    const [among, beside] = [`${AMONG}.${10 + index}`, `${BESIDE}.${10 + index}`];
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
    ip('addr', 'add', `${beside}.1/24`, 'dev', this.#link('o', index));
    ip('link', 'set', this.#link('o', index), 'up');
    plug(this.#link('p', index), `${beside}.2`);
    inside('link', 'set', 'lo', 'up');
    return { prefix: ['ip', 'netns', 'exec', name], host: `${beside}.2`, amongNodes: among };
  }

  #cable(one: string, other: string): void {
    ip('link', 'add', one, 'type', 'veth', 'peer', 'name', other);
  }

  #link = (kind: string, index: number): string => `cc${this.#id}${kind}${index}`;
  #namespace = (index: number): string => `cc-${this.#id}-${index}`;
}

function tried(act: () => void): void {
  try {
    act();
  } catch {
    // It was never made.
  }
}
