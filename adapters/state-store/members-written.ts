import { type MembersWritten, decodeValue, isMemberSet } from '@clearchart/ledger';
import { type Row, StateDamaged, assertRow } from './checked-rows.ts';

/** The set that one block left, out of its row. */
export function membersWritten(row: Row): MembersWritten {
  assertRow('member_changes', row);
  const { height, members } = row;
  const set = members instanceof Uint8Array ? decodeValue(members) : undefined;
  if (!isMemberSet(set))
    throw new StateDamaged(`state.db member_changes: the members of block ${String(height)} do not read`);
  return { height: Number(height), set };
}
