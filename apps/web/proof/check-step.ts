/** What one check does, in order; each has its words under `check.step`. */
export type CheckName = 'fingerprint' | 'entries' | 'signature' | 'votes' | 'walk' | 'content' | 'inclusion' | 'state';

export interface CheckStep {
  name: CheckName;
  state: 'todo' | 'now' | 'done' | 'failed';
  /** Numbers for the step's words. */
  values?: Record<string, string | number>;
  /** Why it failed: a stable code, put into words by failure-words.ts. */
  reason?: string;
}
