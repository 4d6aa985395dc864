import type { VaultPorts } from '@clearchart/crypto';
import type { Connection } from './connection.ts';
import type { Keyring } from './keyring.ts';
import type { KeyStretching } from './password.ts';

/** What every flow of this folder works with; tests hand in their own. */
export interface FlowPorts extends VaultPorts {
  readonly connection: Connection;
  readonly keyring: Keyring;
  /** Cost of each guess at a password; the strongest that phones bear unless given. Accounts keep the one they began with. */
  readonly keyStretching?: KeyStretching;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The chain this browser has pinned; undefined when it has seen none yet. */
  readonly expectedChainId: () => string | undefined;
}
