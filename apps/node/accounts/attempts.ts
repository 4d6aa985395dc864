/**
 * Brakes on guessing. One network at one account waits longer after each failed try, up to a minute; one account from
 * everywhere waits a few seconds each time. A device that has signed in to the account before has a brake of its own, so
 * that strangers who guess do not keep its owner out.
 */
import type { Random } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import { assertNoWait, type BrakeRule, Brakes } from './brakes.ts';
import { networkOf } from './network.ts';

const FROM_ONE_NETWORK: BrakeRule = { freeTries: 5, firstWaitMs: 1_000, longestWaitMs: 60_000 };
const FROM_EVERYWHERE: BrakeRule = { freeTries: 100, firstWaitMs: 1_000, longestWaitMs: 5_000 };
const FROM_KNOWN_DEVICE: BrakeRule = { freeTries: 5, firstWaitMs: 1_000, longestWaitMs: 60_000 };

/** Where a try comes from. */
export interface Origin {
  /** IP address. */
  readonly address: string;
  /** Id of a device that has signed in to this account before; its proof has been checked (./known-devices.ts). */
  readonly knownDevice?: string | undefined;
}

export class Attempts {
  readonly #networks: Brakes;
  readonly #accounts: Brakes;
  readonly #devices: Brakes;
  readonly #clock: Clock;

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#networks = new Brakes(FROM_ONE_NETWORK, random);
    this.#accounts = new Brakes(FROM_EVERYWHERE, random);
    this.#devices = new Brakes(FROM_KNOWN_DEVICE, random);
  }

  /** Counts a try that may fail. @throws ApiError `too-many-requests` with the time to wait. */
  begin(account: string, origin: Origin): void {
    const now = this.#clock.now();
    const brakes = this.#brakesFor(account, origin);
    assertNoWait(Math.max(...brakes.map(([brake, name]) => brake.waitMs(name, now))));
    for (const [brake, name] of brakes) brake.count(name, now);
  }

  succeeded(account: string, origin: Origin): void {
    for (const [brake, name] of this.#brakesFor(account, origin)) brake.release(name);
  }

  #brakesFor(account: string, { address, knownDevice }: Origin): readonly (readonly [Brakes, string])[] {
    if (knownDevice !== undefined) return [[this.#devices, `${account} ${knownDevice}`]];
    return [
      [this.#networks, `${account} ${networkOf(address)}`],
      [this.#accounts, account],
    ];
  }
}
