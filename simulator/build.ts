// What a node is made of beside its machine. The broken variants that checkers must catch exchange one part of it.
import { openProofOfWork } from '@clearchart/proof-of-work';
import type { SignatureVerifier } from '@clearchart/crypto';
import { sharedVerifier } from './shared-signatures.ts';

export interface Build {
  readonly open: typeof openProofOfWork;
  readonly verifier: SignatureVerifier;
  /** Whether a block is on disk before anyone is told of it. */
  readonly isBlockSynced: boolean;
  /** Whether a bit that has turned over in a block is seen. */
  readonly isChecksummed: boolean;
  /** Whether damaged blocks are left alone, and not cut off with all that follows. */
  readonly isKeepingDamage: boolean;
}

export const SOUND: Build = {
  open: openProofOfWork,
  verifier: sharedVerifier,
  isBlockSynced: true,
  isChecksummed: true,
  isKeepingDamage: true,
};
