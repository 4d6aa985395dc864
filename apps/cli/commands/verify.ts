import { readFileSync } from 'node:fs';
import { type Checkpoint, verifyFile } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { position, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { yesOrNo } from '../output.ts';
import { trustedHistory } from '../what-is-trusted.ts';

export const verify: Command = {
  name: 'verify',
  usage: 'clearchart verify FILE --chain CHAINID [--from HEIGHT:HASH]',
  does: 'checks a receipt or an export, without any server',
  flags: {
    chain: 'the chain id you trust, from the recovery card or the hospital: a file must not vouch for itself',
    from: 'a change of the members that you were told: without it you trust the founding hospital’s first key',
  },
  required: ['chain'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const chain = parsed.flags['chain'] ?? '';
    if (!/^[0-9a-f]{64}$/.test(chain)) throw new UsageError('--chain is 64 hexadecimal digits');
    const known = knownBlock(parsed.flags['from']);
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(readFileSync(position(parsed, 0)));
    } catch {
      throw new UsageError(`${position(parsed, 0)} cannot be read`);
    }
    const answer = verifyFile(bytes, chain, nodeVerifier, known);
    output.result(answer, () =>
      answer.ok
        ? yesOrNo(
            true,
            `Yes: on chain ${chain.slice(0, 12)}…, up to block ${answer.height}.\n${trustedHistory(answer, known)}`,
          )
        : yesOrNo(false, `No: ${answer.reason}`),
    );
    return answer.ok ? EXIT.good : EXIT.no;
  },
};

function knownBlock(text: string | undefined): Checkpoint | undefined {
  if (text === undefined) return undefined;
  const [, height, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (height === undefined || hash === undefined)
    throw new UsageError('--from is HEIGHT:HASH, the hash 64 hexadecimal digits');
  return { height: Number(height), hash };
}
