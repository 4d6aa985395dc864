/**
 * A cookie by which a browser shows that it has signed in to an account before. It opens nothing; it only gives tries of its
 * own when strangers guess (./attempts.ts). Made under the node's key, bound to the account, without its name in it.
 */
import { equalBytes, type Random, toBase64Url, utf8 } from '@clearchart/crypto';
import type { Sealing } from './sealing.ts';

const GOOD_FOR_MS = 180 * 24 * 60 * 60_000;
/** Accounts that one browser is known for, as on a ward's shared machine; the oldest goes. A proof has 80 bytes. */
const MOST_IN_ONE_BROWSER = 16;
const PROOF = /^([A-Za-z0-9_-]{22})\.(\d{13})\.([A-Za-z0-9_-]{43})$/;

/** Seconds, for the cookie. */
export const KNOWN_DEVICE_SECONDS = GOOD_FOR_MS / 1000;

export class KnownDevices {
  readonly #sealing: Sealing;
  readonly #random: Random;

  constructor({ sealing, random }: { readonly sealing: Sealing; readonly random: Random }) {
    this.#sealing = sealing;
    this.#random = random;
  }

  /** The id under which this browser is known to the account (its OPAQUE user identifier); undefined for a stranger. */
  deviceOf(cookie: string | undefined, account: string, now: number): string | undefined {
    return this.#proofsIn(cookie).find((proof) => this.#holds(proof, account, now))?.device;
  }

  /** The cookie after a sign-in; what else the browser is known for stays. */
  remember(cookie: string | undefined, account: string, now: number): string {
    const proofs = this.#proofsIn(cookie);
    const before = proofs.find((proof) => this.#holds(proof, account, now));
    const device = before?.device ?? toBase64Url(this.#random.bytes(16));
    const until = now + GOOD_FOR_MS;
    const text = `${device}.${until}.${this.#proof(device, until, account)}`;
    const others = proofs.filter((proof) => proof !== before).map((proof) => proof.text);
    return [text, ...others].slice(0, MOST_IN_ONE_BROWSER).join('~');
  }

  #proofsIn(cookie = ''): readonly Proof[] {
    return cookie
      .split('~', MOST_IN_ONE_BROWSER)
      .map((text) => PROOF.exec(text))
      .filter((match) => match !== null)
      .map(([text, device = '', until = '', proof = '']) => ({ text, device, until: Number(until), proof }));
  }

  #holds({ device, until, proof }: Proof, account: string, now: number): boolean {
    return until > now && equalBytes(utf8(proof), utf8(this.#proof(device, until, account)));
  }

  #proof(device: string, until: number, account: string): string {
    return toBase64Url(this.#sealing.hash('known-device', `${device}.${until}.${account}`));
  }
}

interface Proof {
  readonly text: string;
  readonly device: string;
  /** Milliseconds. */
  readonly until: number;
  readonly proof: string;
}
