// The ledger's public answers under /api/ledger. Ledger objects travel as they are hashed: their strict parsing is
// the ledger's own (parseTransaction, parseHeader …); here stands only the envelope around them.
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const height = z.int().min(0);

/** A canonical ledger object; whoever uses it parses it with @clearchart/ledger. */
const ledgerObject = z.record(z.string(), z.unknown());

export const finalitySchema = z.enum(['pending', 'included', 'final']);

export const ledgerMemberSchema = z.object({
  organization: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  publicKey: hash,
});

/**
 * What shows that the block of a header beside it is final: no votes where one member signs alone, else one link from the last of
 * the `following` headers, or from the header itself, to its child.
 */
export const finalityProofFields = {
  votes: z.array(ledgerObject),
  following: z.array(ledgerObject).optional(),
};

/** Blocks before the snapshot by which a node has joined: how many are here, and of how many. */
export const olderBlocksSchema = z.object({ have: z.int().min(0), of: z.int().min(0) });

/** `GET /api/ledger/status`; `stateRoot` is the one at `finalHeight`, `pending` counts waiting transactions. */
export const ledgerStatusSchema = z.object({
  chainId: hash,
  engine: z.string(),
  height,
  finalHeight: height,
  headHash: hash,
  stateRoot: hash,
  pending: z.int().min(0),
  members: z.array(ledgerMemberSchema),
  /** While this node, which has joined by a snapshot, lacks some. */
  history: olderBlocksSchema.optional(),
});

/** `GET /api/ledger/genesis`: the founding file, whose hash is the chain id, and each decision on other members since. */
export const ledgerGenesisSchema = z.object({ genesis: ledgerObject, memberChanges: z.array(ledgerObject) });

/**
 * `GET /api/ledger/headers?from=&limit=` (limit at most 1,000), lowest first; `counts` says how many transactions each of
 * these blocks holds, `height` is the newest block's; the votes are for the last of these headers.
 */
export const ledgerHeadersSchema = z.object({
  headers: z.array(ledgerObject),
  counts: z.array(z.int().min(0)),
  height,
  ...finalityProofFields,
});

/** `GET /api/ledger/blocks/:height`; `ids` names the block's transactions in order. */
export const ledgerBlockSchema = z.object({
  hash,
  finality: finalitySchema,
  ids: z.array(hash),
  block: z.object({ header: ledgerObject, transactions: z.array(ledgerObject) }),
});

const ledgerNodeSchema = ledgerMemberSchema.extend({
  /** The origin at which its node is reached, once it has told one. */
  address: z.string().optional(),
  standing: z.enum(['member', 'leaving', 'joining']),
  /** Block time from which on it votes, milliseconds; missing while it joins. */
  since: z.int().min(0).optional(),
});

/**
 * `GET /api/ledger/nodes/get`, the paper's list of registered nodes: the members of the ledger, `total` of them; and beside them who is
 * admitted and not yet a member.
 */
export const ledgerNodesSchema = z.object({
  nodes: z.array(ledgerNodeSchema),
  total: z.int().min(0),
  joining: z.array(ledgerNodeSchema),
});

/** `GET /api/ledger/nodes/resolve`: whether this node took over another's chain, and the chain it holds now. */
export const ledgerResolveSchema = z.object({
  message: z.string(),
  replaced: z.boolean(),
  /** Nodes that were asked for theirs. */
  asked: z.int().min(0),
  height,
  headHash: hash,
});

/** `GET /api/ledger/chain?from=&limit=` (limit at most 100; fewer when they are long), the paper's "chain" and "length". */
export const ledgerChainSchema = z.object({
  chain: z.array(ledgerBlockSchema.shape.block),
  length: z.int().min(0),
});

/** `GET /api/ledger/transactions/:id`; `blockHeight` is missing while it waits. */
export const ledgerTransactionSchema = z.object({
  transactionId: hash,
  transaction: ledgerObject,
  finality: finalitySchema,
  blockHeight: height.optional(),
});

const inclusionProofSchema = z.object({ index: z.int().min(0), count: z.int().min(1), path: z.array(hash) });

/** `GET /api/ledger/transactions/:id/proof`: the inclusion is shown under `header.transactionsRoot`. */
export const ledgerTransactionProofSchema = z.object({
  transactionId: hash,
  transaction: ledgerObject,
  header: ledgerObject,
  ...finalityProofFields,
  inclusionProof: inclusionProofSchema,
});

/** `GET /api/ledger/state/:key/proof`: a `null` value is a proof of absence under `header.stateRoot`. */
export const stateProofSchema = z.object({ key: z.string(), value: z.unknown().nullable(), proof: z.unknown() });
export const ledgerStateProofSchema = z.object({
  stateProof: stateProofSchema,
  header: ledgerObject,
  ...finalityProofFields,
});

/** `GET /api/ledger/transactions/get`: what waits for a block, the first of it when much waits. */
export const ledgerPendingSchema = z.object({ transactions: z.array(ledgerObject) });

/** One message of `GET /api/events` (server-sent): ids only, never whose they are. */
export const ledgerEventSchema = z.object({
  kind: z.enum(['pending', 'block', 'final']),
  height,
  transactionIds: z.array(hash),
});

export type LedgerStatus = z.infer<typeof ledgerStatusSchema>;
export type LedgerMember = z.infer<typeof ledgerMemberSchema>;
export type LedgerNode = z.infer<typeof ledgerNodeSchema>;
export type LedgerHeaders = z.infer<typeof ledgerHeadersSchema>;
export type LedgerBlock = z.infer<typeof ledgerBlockSchema>;
export type LedgerResolve = z.infer<typeof ledgerResolveSchema>;
export type LedgerTransaction = z.infer<typeof ledgerTransactionSchema>;
export type LedgerStateProof = z.infer<typeof ledgerStateProofSchema>;
export type LedgerEvent = z.infer<typeof ledgerEventSchema>;
