/**
 * Where the other members were last reached, in a file of its own: the ledger says it too, but a node that lost its copy of the
 * ledger needs somebody to ask. Nothing is believed for being in it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAddress, isHex, type OrganizationId, type PublicKey } from '@clearchart/ledger';
import { z } from 'zod';
import { DamagedData, FILES, writeDurably } from '../storage/data-folder.ts';

export interface KnownPeer {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
  /** Origin of its node. */
  readonly address: string;
}

const MOST_KNOWN = 256;

const known = z.strictObject({
  organization: z.custom<OrganizationId>((value) => isHex(value, 32)),
  publicKey: z.custom<PublicKey>((value) => isHex(value, 64)),
  address: z.custom<string>(isAddress),
});
const fileSchema = z.array(known).max(MOST_KNOWN);

/** @throws DamagedData; a missing file knows nobody. */
export function loadKnownPeers(folder: string): readonly KnownPeer[] {
  let text: string;
  try {
    text = readFileSync(join(folder, FILES.peers), 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new DamagedData(`${FILES.peers} cannot be read`);
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new DamagedData(`${FILES.peers} does not read as it was written; without it the node asks nobody`);
  }
}

export function saveKnownPeers(folder: string, peers: readonly KnownPeer[]): void {
  writeDurably(join(folder, FILES.peers), JSON.stringify(peers.slice(0, MOST_KNOWN)));
}
