import type { VaultPorts } from '@clearchart/crypto';
import type { Connection } from './connection.ts';
import type { Keyring } from './keyring.ts';

/** What every flow of this folder works with; tests hand in their own. */
export interface FlowPorts extends VaultPorts {
  readonly connection: Connection;
  readonly keyring: Keyring;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The chain this browser has pinned; undefined when it has seen none yet. */
  readonly expectedChainId: () => string | undefined;
}
