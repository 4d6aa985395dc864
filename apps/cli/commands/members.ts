import type { Network } from '@clearchart/api';
import { position, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

const ORGANIZATION = /^[0-9a-f]{32}$/;

export const members: Command = {
  name: 'members',
  usage: 'clearchart members list|admit|retire [ORGANIZATION] --data DIR',
  does: 'tells who the members are and who asks to be one; casts this hospital’s vote',
  flags: FOLDER_FLAGS,
  required: ['data'],
  positions: { least: 1, most: 2 },
  async run(parsed, output) {
    const verb = position(parsed, 0);
    if (verb === 'list') {
      const network = (await operate(parsed, output, 'members', {})) as Network;
      output.result(network, () => linesOf(network).join('\n'));
      return EXIT.good;
    }
    if (verb !== 'admit' && verb !== 'retire') throw new UsageError(`usage: ${this.usage}`);
    const organization = parsed.positions[1];
    if (organization === undefined || !ORGANIZATION.test(organization))
      throw new UsageError(`${verb} needs the organization's id, as "members list" tells it`);
    const ballot = (await operate(parsed, output, `members-${verb}`, { organization })) as { finality: string };
    output.result(ballot, () => `This hospital's vote is ${ballot.finality === 'final' ? 'final' : 'on its way'}.`);
    return EXIT.good;
  },
};

function linesOf({ applications, ballots, members: all }: Network): string[] {
  return [
    ...all.map(
      ({ organization, name, standing, address, finalHeight, isSelf, bans, blamedFor = [] }) =>
        `${organization}  ${standing.padEnd(8)} ${name}${isSelf ? ' (this one)' : ''}  ${address ?? 'no address'}  final ${finalHeight ?? '—'}${bans === 0 ? '' : `  banned ${bans} times, for ${blamedFor.join(', ')}`}`,
    ),
    ...applications.map(({ organization, name, address }) => `${organization}  applies  ${name}  ${address}`),
    ...ballots.map(
      ({ kind, organization, name, votes, needed }) =>
        `${organization}  ${kind === 'admit' ? 'to admit' : 'to retire'} ${name}: ${votes.length} of ${needed} votes`,
    ),
  ];
}
