// The members of the network as a node sees them, and what an administrator decides about them.
import { z } from 'zod';
import { finalitySchema, olderBlocksSchema } from './ledger.ts';

const organization = z.string().regex(/^[0-9a-f]{32}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const milliseconds = z.int().min(0);
/** A canonical ledger object; whoever uses it parses it with @clearchart/ledger. */
const ledgerObject = z.record(z.string(), z.unknown());

/** `POST /api/ledger/nodes/register` and `…/retire`: this hospital's vote for or against another. */
export const memberVoteSchema = z.strictObject({ organization });

/** How far the vote came within the time the answer waits; it goes on by itself. */
export const memberBallotSchema = z.object({ transactionId: hash, finality: finalitySchema });

/** `POST /api/ledger/nodes/apply`: a signed membership application. */
export const membershipApplicationSchema = ledgerObject;

/** `GET /api/ledger/heads?nonce=`: how far the chain is final at each member that answered in time, signed over the nonce. */
export const signedHeadsSchema = z.object({ heads: z.array(ledgerObject) });

/** Why another node was not reached or did not take what was sent. */
const PEER_FAILURES = [
  'no-address',
  'bad-address',
  'name-unknown',
  'name-not-looked-up',
  'unreachable',
  'nothing-listens',
  'broken-off',
  'timeout',
  'certificate',
  'no-answer',
  'answer-too-long',
  'answer-unsigned',
  'message-too-long',
  'too-many-questions',
  'refused',
  'stopping',
  'not-made',
] as const;

/** `finality`: a vote counts on the ledger once it is final. */
const ballotVoteSchema = z.object({ organization, name: z.string(), finality: finalitySchema });

/** Of one other member, as this node has met it. */
export const networkMemberSchema = z.object({
  organization,
  name: z.string(),
  /** `leaving` and `joining` while a change is under way. */
  standing: z.enum(['member', 'joining', 'leaving']),
  isSelf: z.boolean(),
  address: z.string().optional(),
  /** The newest head it signed that was heard here, and when by its own clock. */
  finalHeight: z.int().min(0).optional(),
  headTime: milliseconds.optional(),
  /** The newest vote heard here: heights of the two blocks that it names; `at`: when it came; for one heard before this start, the time of the higher block that is final. */
  lastVote: z.object({ source: z.int().min(0), target: z.int().min(0), at: milliseconds.optional() }).optional(),
  lastReachedAt: milliseconds.optional(),
  lastFailedAt: milliseconds.optional(),
  /** `code`: what an expert looks up, such as a system's or an HTTP code. */
  lastFailure: z.object({ reason: z.enum(PEER_FAILURES), code: z.string().max(60).optional() }).optional(),
  roundTripMs: z.number().min(0).optional(),
  waitingMessages: z.int().min(0),
  isBanned: z.boolean(),
  bans: z.int().min(0),
  /** Codes of what it sent and was refused for, each once, the newest last; absent when there was nothing. Few of them prove nothing: a key may just have changed. */
  blamedFor: z.array(z.string()).optional(),
});

/** What was damaged or missing on this node's disk and is whole again. */
export const repairSchema = z.object({
  what: z.enum(['block', 'state', 'ledger']),
  /** A file, or blocks, in the words of the log. */
  where: z.string(),
  /** Where the damage began, and the last block that was put back; without it, all after the first were fetched like new ones. */
  blocks: z.object({ first: z.int().min(1), last: z.int().min(1).optional() }).optional(),
  at: milliseconds,
  /** What was found, in the data folder: `evidence/NAME`. */
  keptIn: z.string(),
  /** Name of the hospital from whose node what was lost came. */
  from: z.string().optional(),
});

/** `GET /api/network`, for the node page. */
export const networkSchema = z.object({
  members: z.array(networkMemberSchema),
  applications: z.array(
    z.object({ organization, name: z.string(), address: z.string(), publicKey: hash, heardAt: milliseconds }),
  ),
  ballots: z.array(
    z.object({
      kind: z.enum(['admit', 'retire']),
      organization,
      name: z.string(),
      address: z.string().optional(),
      /** Of the application, where one is voted on. */
      publicKey: hash.optional(),
      votes: z.array(ballotVoteSchema),
      /** Votes that decide it. */
      needed: z.int().min(1),
    }),
  ),
  evidence: z.array(
    z.object({ organization, name: z.string(), kind: z.enum(['double-vote', 'surround-vote']), height: z.int() }),
  ),
  /** Newest first. */
  repairs: z.array(repairSchema).optional(),
  /** While this node, which has joined by a snapshot, lacks older blocks. */
  history: olderBlocksSchema.optional(),
});

export type Repair = z.infer<typeof repairSchema>;
export type Network = z.infer<typeof networkSchema>;
export type NetworkMember = z.infer<typeof networkMemberSchema>;
export type PeerFailure = NonNullable<NetworkMember['lastFailure']>;
export type MemberBallot = z.infer<typeof memberBallotSchema>;
