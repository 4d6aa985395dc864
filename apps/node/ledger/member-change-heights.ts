/** The blocks that changed the member set, taken from the blocks alone; can be thrown away and made again. */
import { type Block, type Genesis, genesisMembers, type MemberSet, sortMembers } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';

export interface MemberChangeHeights {
  apply(block: Block): void;
  /** Changes in blocks below this height, lowest first, with the set that each led to. */
  below(height: number): { readonly height: number; readonly members: MemberSet }[];
}

export function openMemberChangeHeights(database: DatabaseSync, genesis: Genesis): MemberChangeHeights {
  database.exec('CREATE TABLE IF NOT EXISTS member_changes (height INTEGER PRIMARY KEY, members TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT OR IGNORE INTO member_changes (height, members) VALUES (?, ?)');
  const select = database.prepare('SELECT height, members FROM member_changes WHERE height < ? ORDER BY height');

  function below(height: number): { height: number; members: MemberSet }[] {
    return select.all(height).map((row) => ({
      height: row['height'] as number,
      members: JSON.parse(row['members'] as string) as MemberSet,
    }));
  }

  return {
    apply(block) {
      let { members } = below(block.header.height).at(-1)?.members ?? genesisMembers(genesis);
      let changed = false;
      for (const transaction of block.transactions) {
        if (transaction.type !== 'rotate-organization-key') continue;
        const { organization, publicKey } = transaction.body;
        members = members.map((member) =>
          member.organization === organization ? { organization, publicKey } : member,
        );
        changed = true;
      }
      if (changed) insert.run(block.header.height, JSON.stringify({ members: sortMembers(members) }));
    },
    below,
  };
}
