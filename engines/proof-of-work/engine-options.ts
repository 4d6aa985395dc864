// What the engine is made of, and what it is seen as.
import type { BlockStore, ConsensusStore, Engine, Genesis, StateReader, StateStore } from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import type { EngineClock } from './clock.ts';
import type { Proposer } from './make-block.ts';
import type { MempoolLimits } from './mempool.ts';
import type { Miner } from './miner.ts';
import type { PeerDeskView } from './peer-desk.ts';
import type { PeerNetwork } from './peer-network.ts';

export interface EngineOptions {
  readonly genesis: Genesis;
  readonly proposer: Proposer;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly consensus: ConsensusStore;
  readonly network: PeerNetwork;
  readonly miner: Miner;
  readonly verifier: SignatureVerifier;
  readonly clock: EngineClock;
  readonly mempoolLimits?: MempoolLimits;
  /** The engine has stopped for good: the disk failed, or a bug was found. Nothing unsaid was promised. */
  readonly onFault?: (error: Error) => void;
  /** At the start, after each block that the state lacked. */
  readonly onRecovering?: (height: number, of: number) => void;
}

/** With its side towards the other members. */
export interface ProofOfWork extends Engine {
  /** The state after the head, final or not. */
  readonly headState: StateReader;
  readonly peers: PeerDeskView;
}
