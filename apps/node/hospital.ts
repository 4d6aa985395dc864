/** One hospital's open stores and engine, without its door to the outside: what the server and the operator's commands work on. */
import type { DatabaseSync } from 'node:sqlite';
import type {
  BlockStore,
  ChainId,
  Engine,
  OrganizationId,
  Rejection,
  SignedHead,
  StateStore,
  SupermajorityLink,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import type { Accesses } from './accesses/index.ts';
import type { AccountStore, LedgerPeople } from './accounts/index.ts';
import type { ClinicalStore } from './clinical/index.ts';
import type { Network } from '@clearchart/api';
import type { MembersDesk } from './members/index.ts';
import type { PeerHandler, PeerIdentity } from './peers/index.ts';
import type { LedgerReader } from './ledger/ledger-reader.ts';
import type { NodeKeys } from './storage/node-key.ts';

/** The side towards the other members. */
export interface HospitalPeers {
  readonly identity: PeerIdentity;
  readonly handler: PeerHandler;
  /** An application for membership. */
  hear(application: unknown): Rejection | undefined;
  headsOver(nonce: string): Promise<readonly SignedHead[]>;
  /** Fetches what other members have and this one lacks. */
  resolve(): Promise<void>;
  addressOf(organization: OrganizationId): string | undefined;
  /** Where another member is reached now, whatever the ledger says; until the node stops. */
  tell(organization: OrganizationId, address: string): void;
  view(): Network;
}

export interface Hospital {
  readonly folder: string;
  readonly name: string;
  /** Made by the demo: its passwords are public. */
  readonly demo: boolean;
  readonly chainId: ChainId;
  readonly organization: OrganizationId;
  readonly keys: NodeKeys;
  /** clinical.db */
  readonly database: DatabaseSync;
  readonly engine: Engine;
  readonly peers: HospitalPeers;
  readonly members: MembersDesk;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  /** What made blocks final, lowest source first. */
  readonly links: () => Iterable<SupermajorityLink>;
  readonly reader: LedgerReader;
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly accounts: AccountStore;
  readonly people: LedgerPeople;
  readonly verifier: SignatureVerifier;
  /** Resolves with the fault after which ledger or records cannot go on, such as a failed fsync: the node must be stopped. */
  readonly failed: Promise<Error>;
  /** Resolves when nothing waits in the outbox, or when the time is over. */
  settled(withinMs: number): Promise<boolean>;
  /** The node key under a passphrase, for a backup. */
  wrapNodeKey(passphrase: string): Uint8Array;
  close(): Promise<void>;
}
