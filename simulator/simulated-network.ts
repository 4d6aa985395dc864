// The wires between members. Each way has a delay of its own; messages are lost, come twice, overtake each other; ways are cut, one
// of the two directions or both, and healed again.
import type { OrganizationId } from '@clearchart/ledger';
import type { PeerHandler, PeerNetwork } from '@clearchart/proof-of-work';
import type { EventQueue } from './event-queue.ts';
import type { SeededRandom } from './random.ts';

export interface LinkWeather {
  /** Of one way; the half is certain, the rest spread exponentially. */
  readonly delayMs: number;
  readonly dropRate: number;
  readonly duplicateRate: number;
  /** Messages of one way never overtake each other. */
  readonly isOrdered: boolean;
}

export const FAIR_LINKS: LinkWeather = { delayMs: 10, dropRate: 0, duplicateRate: 0, isOrdered: true };

/** Somebody who can be reached while a handler is there. */
export interface Station {
  readonly organization: OrganizationId;
  readonly handler: PeerHandler | undefined;
}

/** Looks at what is sent. */
export type Listener = (from: OrganizationId, message: Uint8Array) => void;

/** After so long without an answer a question is given up. */
const ASK_TIMEOUT_MS = 3_000;
/** Some ways are this many times as long as others. */
const FARTHEST = 8;

export class SimulatedNetwork {
  links: LinkWeather;
  readonly #queue: EventQueue;
  readonly #random: SeededRandom;
  readonly #stations = new Map<OrganizationId, Station>();
  readonly #cuts = new Set<string>();
  readonly #farness = new Map<string, number>();
  readonly #lastArrival = new Map<string, number>();
  readonly #listener: Listener;

  constructor(queue: EventQueue, random: SeededRandom, links: LinkWeather, listener: Listener) {
    this.#queue = queue;
    this.#random = random;
    this.links = links;
    this.#listener = listener;
  }

  join(station: Station): void {
    this.#stations.set(station.organization, station);
  }

  /** A process's hold on the network: dead with the process. */
  openPort(organization: OrganizationId): PeerNetwork & { close(): void } {
    let isOpen = true;
    const asked = new Set<(error: Error) => void>();
    return {
      peers: () => [...this.#stations.keys()].filter((other) => other !== organization),
      send: (to, message) => {
        if (!isOpen) return;
        this.#listener(organization, message);
        this.#send(organization, to, message);
      },
      ask: (peer, question) =>
        isOpen ? this.#ask(organization, peer, question, asked) : Promise.reject(new Error('the process is gone')),
      close: () => {
        isOpen = false;
        for (const reject of asked) reject(new Error('the process is gone'));
        asked.clear();
      },
    };
  }

  cut(from: OrganizationId, to: OrganizationId): void {
    this.#cuts.add(`${from} ${to}`);
  }

  heal(): void {
    this.#cuts.clear();
  }

  #send(from: OrganizationId, to: OrganizationId, message: Uint8Array): void {
    const times = this.#random.chance(this.links.duplicateRate) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#travel(from, to, () => this.#stations.get(to)?.handler?.receive(from, message));
    }
  }

  #ask(
    from: OrganizationId,
    peer: OrganizationId,
    question: Uint8Array,
    asked: Set<(error: Error) => void>,
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#queue.plan(ASK_TIMEOUT_MS, () => giveUp(new Error('no answer')), from);
      const giveUp = (error: Error): void => {
        cancelTimeout();
        asked.delete(giveUp);
        reject(error);
      };
      asked.add(giveUp);
      this.#travel(from, peer, () => {
        const handler = this.#stations.get(peer)?.handler;
        if (handler === undefined || handler.isBanned(from)) return;
        void handler.answer(from, question).then(
          (answer) =>
            this.#travel(peer, from, () => {
              if (!asked.delete(giveUp)) return;
              cancelTimeout();
              resolve(answer);
            }),
          () => undefined,
        );
      });
    });
  }

  #travel(from: OrganizationId, to: OrganizationId, arrive: () => void): void {
    const way = `${from} ${to}`;
    if (this.#random.chance(this.links.dropRate) || this.#cuts.has(way)) return;
    const spread = 0.5 - 0.5 * Math.log(1 - this.#random.fraction());
    let arrivalMs = this.#queue.nowMs + this.links.delayMs * spread * this.#farnessOf(way);
    if (this.links.isOrdered) {
      arrivalMs = Math.max(arrivalMs, this.#lastArrival.get(way) ?? 0);
      this.#lastArrival.set(way, arrivalMs);
    }
    // What is under way when the wire is cut is lost.
    this.#queue.plan(arrivalMs - this.#queue.nowMs, () => this.#cuts.has(way) || arrive(), to);
  }

  #farnessOf(way: string): number {
    let farness = this.#farness.get(way);
    if (farness === undefined) {
      farness = FARTHEST ** (this.#random.fraction() - 0.5);
      this.#farness.set(way, farness);
    }
    return farness;
  }
}
