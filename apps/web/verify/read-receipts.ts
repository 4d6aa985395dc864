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

interface Version {
  opening?: { content?: { resourceType?: unknown } | null };
}

export interface ReceiptValue extends Version {
  header?: { chainId?: unknown };
}

/** A receipt alone, or an export of many versions whose proofs share blocks and transactions. */
export type FileValue =
  | { kind: 'receipt'; receipt: ReceiptValue }
  | { kind: 'export'; value: { blocks?: { header?: { chainId?: unknown } }[] }; versions: readonly Version[] };

/** Undefined when the text is neither. */
export function readReceipts(text: string): FileValue | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { kind, versions } = value as { kind?: unknown; versions?: unknown };
  if (kind !== 'clearchart-export') return { kind: 'receipt', receipt: value };
  if (!Array.isArray(versions) || versions.length === 0) return undefined;
  if (versions.some((one) => typeof one !== 'object' || one === null)) return undefined;
  return { kind: 'export', value, versions };
}

/** A file of another chain is no forgery, and said in other words. */
export function failureOf(header: { chainId?: unknown } | undefined, chainId: string): string {
  const own = header?.chainId;
  return typeof own === 'string' && own !== chainId ? 'other-chain' : 'wrong-receipt';
}
