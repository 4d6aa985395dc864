/**
 * The ledger of a member that takes part before it has the history: what was fetched lies beside the ordinary stores, which are made
 * from the blocks meanwhile and take its place in the end.
 */
import type { BlockStore } from '@clearchart/ledger';
import { checkBlock, VerifiedSignatures } from '@clearchart/proof-of-work';
import { joinStates, type SqliteStateStore } from '@clearchart/state-store';
import type { Closing } from './closing.ts';
import { type JoiningPorts, lacksHistory, openJoined } from './compose-snapshots.ts';
import type { OlderBlocks } from './ledger/older-blocks.ts';
import { AWAY_MS, History, type HistoryPorts, JoinedBlocks } from './snapshots/index.ts';

/** The ledger as the node uses it: whole, or joined from what was fetched and the older blocks that are here. */
export interface JoinedLedger {
  readonly state: SqliteStateStore;
  readonly blocks: BlockStore;
  /** Undefined when all blocks are here. */
  readonly older: () => OlderBlocks | undefined;
  readonly onOlder: (listener: () => void) => void;
  /** Fetches the older blocks from now on, when there are any to fetch. */
  readonly begin: (ports: Pick<HistoryPorts, 'fetch' | 'keepLinks' | 'onFault'>) => void;
}

/** @param whole The ledger made from the blocks, as far as it is. */
export async function joinedLedger(
  ports: JoiningPorts,
  whole: { readonly state: SqliteStateStore; readonly blocks: BlockStore },
  closing: Closing,
): Promise<JoinedLedger> {
  // Whoever has the blocks, and lost the state alone, makes it again from them.
  const isInStep = whole.blocks.height <= whole.state.height + 1;
  const newest = whole.state.header(whole.state.height)?.time ?? 0;
  const isBehind = isInStep && ports.clock.now() - newest > AWAY_MS;
  const parts = isBehind || lacksHistory(ports.folder) ? await openJoined(ports) : undefined;
  if (parts === undefined) {
    return { ...whole, older: () => undefined, onOlder: () => undefined, begin: () => undefined };
  }
  const { base, final, memberChanges, remove } = parts;
  let isExchanged = false;
  const state = joinStates(parts.state, whole.state);
  const blocks = new JoinedBlocks(parts.blocks, whole.blocks, base.height);
  closing.add(() => {
    if (!isExchanged) parts.state.close();
  });
  closing.add(async () => {
    if (!isExchanged) await parts.blocks.close();
  });
  const listeners: (() => void)[] = [];
  const onMore = (): void => {
    for (const listener of listeners) listener();
  };
  const exchange = (): boolean => {
    const { height } = state;
    if (!blocks.mayExchange || blocks.height !== height || whole.state.height !== height) return false;
    state.exchange();
    isExchanged = true;
    void blocks.exchange().then(remove, remove);
    ports.onNote(`all blocks are here and hold: nothing of the snapshot at block ${base.height} is needed any more`);
    onMore();
    return true;
  };
  const older = (): OlderBlocks | undefined =>
    isExchanged
      ? undefined
      : { have: whole.state.height, base: base.height, memberChanges, nodesOf: (height) => state.nodesOf(height) };
  const signatures = new VerifiedSignatures(ports.verifier);
  return {
    state,
    blocks,
    older,
    onOlder: (listener) => void listeners.push(listener),
    begin(more) {
      more.keepLinks(final.votes);
      const history = new History({
        ...ports,
        ...more,
        older: whole,
        base,
        recent: parts.blocks,
        check: (block, before, parent) => checkBlock(block, before, parent, ports.genesis, signatures),
        exchange,
        onMore,
      });
      closing.add(() => history.close());
    },
  };
}
