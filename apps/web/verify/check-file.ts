// A receipt or export file, checked without any server but for the chain this site follows: nothing leaves the browser.
import { failureOf, type FileReceipt, readReceipts } from './read-receipts.ts';

export interface FileOutcome {
  ok: boolean;
  reason: string | undefined;
  /** Whether the reader typed the chain id, which is stronger than this site's own. */
  chosenChain: boolean;
  receipts: readonly FileReceipt[];
}

/** Largest file read, bytes. */
const FILE_BYTES_AT_MOST = 256 * 1024 * 1024;
/** Receipts checked between two breaths of the page. */
const AT_ONCE = 20;

export async function checkFile(
  file: File,
  chainId: string,
  onProgress: (done: number, of: number) => void,
  chosenChain = false,
  known?: { height: number; hash: string },
): Promise<FileOutcome> {
  const failed = (reason: string): FileOutcome => ({ ok: false, reason, chosenChain, receipts: [] });
  if (file.size > FILE_BYTES_AT_MOST) return failed('malformed');
  const read = readReceipts(await file.text());
  if (read === undefined) return failed('malformed');
  const [{ openExport, verifyReceipt }, { browserVerifier }] = await Promise.all([
    import('@clearchart/ledger'),
    import('../proof/browser-verifier.ts'),
  ]);
  const chain = chainId as Parameters<typeof verifyReceipt>[1];
  const opened =
    read.kind === 'receipt'
      ? { ok: true as const, check: () => verifyReceipt(read.receipt, chain, browserVerifier, known) }
      : openExport(read.value, chain, browserVerifier, known);
  const header = read.kind === 'receipt' ? read.receipt.header : read.value.blocks?.[0]?.header;
  if (!opened.ok) return failed(failureOf(header, chainId));
  const versions = read.kind === 'receipt' ? [read.receipt] : read.versions;
  const receipts: FileReceipt[] = [];
  for (const [index, { opening }] of versions.entries()) {
    const verdict = opened.check(index);
    const content = opening?.content;
    receipts.push({
      index,
      ok: verdict.ok,
      reason: verdict.ok ? undefined : failureOf(header, chainId),
      height: verdict.ok ? verdict.height : undefined,
      type: typeof content?.resourceType === 'string' ? content.resourceType : undefined,
      opened: opening !== undefined,
    });
    if (index % AT_ONCE === 0) {
      onProgress(index + 1, versions.length);
      await new Promise((resume) => setTimeout(resume));
    }
  }
  const bad = receipts.find((receipt) => !receipt.ok);
  return { ok: bad === undefined, reason: bad?.reason, chosenChain, receipts };
}
