// What a person signs for the node that is not a transaction, as bytes; both sides make it here.
import { fromBase64Url, fromHex, labelledHash, utf8 } from '@clearchart/crypto';
import type { StoredVault } from './account-values.ts';

export interface RecoveryStatement {
  /** 32 hexadecimal digits. */
  readonly accountId: string;
  /** base64url, fresh from the node. */
  readonly challenge: string;
  readonly registrationRecord: string;
  readonly vault: StoredVault;
}

/** Names the new password record and vault, so that nobody on the way puts theirs in place of the person's. */
export function recoveryMessage({ accountId, challenge, registrationRecord, vault }: RecoveryStatement): Uint8Array {
  return labelledHash(
    'clearchart/recovery/v0',
    fromHex(accountId),
    fromBase64Url(challenge),
    utf8(registrationRecord),
    utf8(vault.wraps.password),
    utf8(vault.wraps.recovery),
    utf8(vault.sealed),
  );
}
