/**
 * Who hears live events: so many for each account or address, and nobody so slowly that the node must keep for
 * them what they have not taken. A listener that is dropped asks again and fetches what it missed.
 */

/** Open pages of one account, or of one address that has not signed in; a browser opens six to one host at most. */
const MOST_OF_ONE = 24;
/** Strangers from many addresses leave room for those who have signed in. */
const MOST_STRANGERS = 500;
const MOST_IN_ALL = 1_000;
/** Bytes handed over and not yet taken by the connection, before the next event. */
const MOST_WAITING_BYTES = 64 * 1024;

/** The part of an HTTP answer that is used here. */
export interface Connection {
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
}

export interface Listener {
  /** Account or token, or the network of an address. */
  readonly name: string;
  readonly signedIn: boolean;
}

export class LiveListeners {
  readonly #connections = new Map<Connection, Listener>();
  readonly #ofOne = new Map<string, number>();
  #strangers = 0;

  /** False when there is no room for one more of these. */
  add(connection: Connection, listener: Listener): boolean {
    const own = this.#ofOne.get(listener.name) ?? 0;
    if (own >= MOST_OF_ONE || this.#connections.size >= MOST_IN_ALL) return false;
    if (!listener.signedIn && this.#strangers >= MOST_STRANGERS) return false;
    this.#connections.set(connection, listener);
    this.#ofOne.set(listener.name, own + 1);
    if (!listener.signedIn) this.#strangers += 1;
    return true;
  }

  remove(connection: Connection): void {
    const listener = this.#connections.get(connection);
    if (listener === undefined) return;
    this.#connections.delete(connection);
    const left = (this.#ofOne.get(listener.name) ?? 1) - 1;
    if (left > 0) this.#ofOne.set(listener.name, left);
    else this.#ofOne.delete(listener.name);
    if (!listener.signedIn) this.#strangers -= 1;
  }

  say(text: string): void {
    for (const connection of this.#connections.keys()) {
      if (connection.writableLength <= MOST_WAITING_BYTES) {
        connection.write(text);
        continue;
      }
      this.remove(connection);
      connection.destroy();
    }
  }

  endAll(): void {
    for (const connection of this.#connections.keys()) connection.end();
  }
}
