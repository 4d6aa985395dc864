import { toHex } from '@clearchart/crypto';
import {
  applicationMessage,
  encodeCanonical,
  genesisCheckpoint,
  inReportOrder,
  type Hash,
  type HeaderHash,
  type Link,
  memberSetHash,
  type MemberSet,
  type MembershipApplication,
  organizationIdOf,
  signApplication,
  signHead,
  signVote,
  sortMembers,
  type Vote,
  voteMessage,
} from '@clearchart/ledger';
import { candidate, chainId, genesis, hospital, otherHospital, seededHex } from './actors.ts';

const at = (height: number) => ({ height, hash: seededHex<HeaderHash>('header', 32, height) });
const link: Link = { source: at(6), target: at(7) };
const voteOf = (one: typeof hospital, over: Link): Vote => signVote(chainId, one.organization, over, one.key);

export function application(): MembershipApplication {
  return signApplication(chainId, { name: 'Klinik am Hügel', address: 'https://huegel.example' }, candidate.key);
}

/** The other hospital's, around one another. */
export function conflictingVotes(): { first: Vote; second: Vote } {
  const around = voteOf(otherHospital, { source: genesisCheckpoint(genesis), target: at(8) });
  const [first, second] = inReportOrder(around, voteOf(otherHospital, link));
  return { first, second };
}

function memberSets(): MemberSet[] {
  const members = sortMembers(
    [hospital, otherHospital].map(({ organization, publicKey }) => ({ organization, publicKey })),
  );
  const joining = { organization: organizationIdOf(candidate.key.publicKey), publicKey: candidate.publicKey };
  return [{ members }, { members, next: { members: sortMembers([...members, joining]), decidedAt: 5 } }];
}

export function memberVectors(): unknown {
  const applied = application();
  const vote = voteOf(hospital, link);
  const signatures = [hospital, otherHospital].map((one) => {
    const { organization, signature } = voteOf(one, link);
    return { organization, signature };
  });
  const head = signHead(
    {
      chainId,
      organization: hospital.organization,
      final: at(6),
      time: genesis.createdAt + 7_000,
      nonce: seededHex<Hash>('asker', 32),
    },
    hospital.key,
  );
  const keys = [hospital, otherHospital, candidate].map(({ seed, publicKey }) => ({ seed, publicKey }));
  return {
    sentences: 'L35 L63 L67 L70 L71 L75 L77',
    privateKeys: keys,
    chainId,
    memberSets: memberSets().map((set) => ({
      set,
      canonical: toHex(encodeCanonical(set)),
      memberSetHash: memberSetHash(set),
    })),
    application: { application: applied, message: toHex(applicationMessage(chainId, applied)) },
    vote: { vote, message: toHex(voteMessage(chainId, hospital.organization, link)) },
    link: { ...link, signatures },
    conflict: { kind: 'surround-vote', ...conflictingVotes() },
    head,
  };
}
