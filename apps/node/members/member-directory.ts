/**
 * Who the members are and where they are reached, by the head of this node's copy of the ledger: whoever is about to join is needed for
 * making that final. Where the ledger is silent its file of peers tells.
 */
import {
  addressKey,
  candidateKey,
  decodeValue,
  MEMBERS_KEY,
  type Member,
  type MemberSet,
  type OrganizationId,
  type OrganizationState,
  organizationKey,
  type StateKey,
  type StateReader,
  votingKeys,
} from '@clearchart/ledger';
import type { KnownPeer } from './known-peers.ts';

export interface MemberDirectory {
  readonly set: MemberSet;
  /** Members and those that are about to be, without this node's own organization. */
  peers(): readonly OrganizationId[];
  keysOf(organization: OrganizationId): readonly string[];
  addressOf(organization: OrganizationId): string | undefined;
  /** Whoever runs both nodes tells where the other is reached now: this goes before the ledger until the node stops. */
  tell(organization: OrganizationId, address: string): void;
  organization(id: OrganizationId): OrganizationState | undefined;
  /** Of a member, or of one that is about to be. */
  nameOf(organization: OrganizationId): string | undefined;
  /** What the file of peers should say now. */
  toKnow(): readonly KnownPeer[];
}

export function memberDirectory(
  headState: () => StateReader,
  own: OrganizationId,
  knownPeers: readonly KnownPeer[],
): MemberDirectory {
  const known = new Map(knownPeers.map((peer) => [peer.organization, peer]));

  const told = new Map<OrganizationId, string>();

  function read<Value>(key: StateKey<Value>): Value | undefined {
    const bytes = headState().get(key);
    return bytes === undefined ? undefined : (decodeValue(bytes) as Value);
  }

  function set(): MemberSet {
    const members = read(MEMBERS_KEY);
    if (members === undefined) throw new Error('the state has no member set');
    return members;
  }

  function members(): Member[] {
    const { members: now, next } = set();
    return [...now, ...(next?.members ?? [])];
  }

  const addressOf = (organization: OrganizationId): string | undefined =>
    told.get(organization) ??
    read(addressKey(organization))?.address ??
    read(candidateKey(organization))?.address ??
    known.get(organization)?.address;

  return {
    get set() {
      return set();
    },
    peers() {
      const all = new Set([...members().map(({ organization }) => organization), ...known.keys()]);
      all.delete(own);
      return [...all];
    },
    keysOf(organization) {
      const current = read(organizationKey(organization));
      const keys = new Set<string>(votingKeys(set(), organization));
      if (current !== undefined && current.retired !== 1) keys.add(current.publicKey);
      // Of one that this copy of the ledger does not know yet: it is asked by the key with which it was introduced.
      const introduced = known.get(organization)?.publicKey;
      if (current === undefined && introduced !== undefined) keys.add(introduced);
      return [...keys];
    },
    addressOf,
    tell: (organization, address) => void told.set(organization, address),
    organization: (id) => read(organizationKey(id)),
    nameOf: (organization) => (read(organizationKey(organization)) ?? read(candidateKey(organization)))?.name,
    toKnow() {
      const peers = members().filter(({ organization }) => organization !== own);
      return peers.flatMap(({ organization, publicKey }) => {
        const address = addressOf(organization);
        return address === undefined ? [] : [{ organization, publicKey, address }];
      });
    },
  };
}
