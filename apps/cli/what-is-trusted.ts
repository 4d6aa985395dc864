/** What an answer rests on that the command cannot check, in words for the person who reads it. */
import type { Checkpoint, FileVerdict } from '@clearchart/ledger';

/** Of a file that holds. `known` is the block that the person named. */
export function trustedHistory({ decision }: FileVerdict, known: Checkpoint | undefined): string {
  if (known !== undefined) return `It belongs to the history with block ${known.height} that you named.`;
  if (decision === undefined)
    return 'Signed by the founding hospital alone, with its first key: whoever has that key can make such a file. If other hospitals have joined, name a change of the members that you were told, with --from.';
  return `The members were followed from the founding hospital alone to their last change, ${decision.height}:${decision.hash}. Compare it with what another hospital tells you, or name it with --from.`;
}

/** Of a network that a hospital joins. `url` is undefined when it founds one. */
export function trustedInvitation(url: string | undefined, chain: string | undefined): readonly string[] {
  if (url === undefined) return [];
  const founder = 'Before you rely on it, compare the newest block on your node page with another member.';
  if (chain !== undefined) return ['This is the chain you named.', founder, ''];
  return [
    `No --chain was given: that this is the right network is believed of ${url} alone.`,
    'Compare the chain id above with what the hospital tells you by telephone or on paper, and start nothing if it differs.',
    founder,
    '',
  ];
}
