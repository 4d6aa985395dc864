// What the reader's own browser finds out by itself, proofs above all, is never asked for by a node that draws a page.
export const ONLY_IN_BROWSER = { onlyInBrowser: true } as const;

export function isForBrowser({ meta }: { readonly meta?: Record<string, unknown> | undefined }): boolean {
  return meta?.['onlyInBrowser'] === true;
}
