/** What the check of the store finds. */
export interface CheckFault {
  readonly code: CheckFaultCode;
  /** The row, by table and surrogate key or record id; never content. */
  readonly where: string;
  readonly detail: string;
}

export type CheckFaultCode =
  | 'database-damaged'
  | 'body-damaged'
  | 'commitment-differs'
  | 'not-anchored'
  | 'column-differs'
  | 'dictionary-differs'
  | 'version-missing'
  | 'index-differs'
  | 'patient-map-damaged'
  | 'outcome-damaged';
