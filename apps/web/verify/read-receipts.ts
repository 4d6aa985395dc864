// The receipts inside a file's text; their truth is not looked at here.

export interface FileReceipt {
  index: number;
  ok: boolean;
  reason: string | undefined;
  height: number | undefined;
  /** FHIR type of the content, when the file carries it. */
  type: string | undefined;
  opened: boolean;
}

export interface ReceiptValue {
  header?: { chainId?: unknown };
  opening?: { content?: { resourceType?: unknown } | null };
}

/** A receipt alone or an export of many; undefined when the text is neither. */
export function readReceipts(text: string): ReceiptValue[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, receipts } = value as { kind?: unknown; receipts?: unknown };
  const list = kind === 'clearchart-export' ? receipts : [value];
  if (!Array.isArray(list) || list.length === 0 || list.some((one) => typeof one !== 'object' || one === null))
    return undefined;
  return list as ReceiptValue[];
}

/** A receipt of another chain is no forgery, and said in other words. */
export function failureOf(receipt: ReceiptValue, chainId: string): string {
  const own = receipt.header?.chainId;
  return typeof own === 'string' && own !== chainId ? 'other-chain' : 'wrong-receipt';
}
