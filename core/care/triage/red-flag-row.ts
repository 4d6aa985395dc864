// One red flag: which symptoms together, of whom, and by which guidance.
import type { SymptomId } from './symptoms.ts';

export type Urgency = 'emergency' | 'today';

export interface RedFlagRow {
  readonly id: string;
  /** `emergency`: call an ambulance now; `today`: be seen on the same day. */
  readonly advice: Urgency;
  /** One of every group must be there. */
  readonly all: readonly (readonly SymptomId[])[];
  /** Only at these ages, in years. */
  readonly from?: number;
  readonly below?: number;
  readonly sex?: 'female' | 'male';
  readonly pregnant?: true;
  readonly source: string;
}
