import type { Condition } from '../record/fhir.ts';

/** A diagnosis that was taken back: it was entered in error. */
export function isWithdrawn(condition: Condition): boolean {
  const { verificationStatus } = condition as { verificationStatus?: { coding?: { code?: string }[] } };
  return verificationStatus?.coding?.[0]?.code === 'entered-in-error';
}
