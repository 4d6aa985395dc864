import type { Random } from '@clearchart/crypto';
import { randomBytes } from 'node:crypto';

export const nodeRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };
