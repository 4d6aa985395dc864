/** Who works at a hospital, and in which room. */
import type { CodeableConcept } from '@medplum/fhirtypes';

export interface StaffMember {
  readonly number: string;
  readonly given: string;
  readonly family: string;
  /** The name in Devanagari. */
  readonly nativeName: string;
  readonly gender: 'female' | 'male';
  /** Month and day. */
  readonly birthday: string;
  readonly age: number;
  readonly specialty: CodeableConcept;
  /** Key of a room of the same hospital. */
  readonly unit: string;
  readonly languages: readonly string[];
}

/** A room patients are sent to. */
export interface Unit {
  readonly number: string;
  readonly name: string;
  readonly place: string;
}
