export interface InstallOptions {
  /** Brings node_modules in step; `npm ci` unless a test says otherwise. */
  readonly install?: (root: string) => Promise<void> | void;
  /** Age in milliseconds from which a lock nobody refreshes belongs to a dead process. */
  readonly staleAfterMs?: number;
}

export function ensureInstalled(root: string, options?: InstallOptions): Promise<void>;
export function treeMatches(root: string): boolean;
