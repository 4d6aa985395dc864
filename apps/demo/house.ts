/** One made-up hospital as the generator needs it: its names and numbers, its rooms, and who works there. */
import type { AmbegaonStaffKey, KoynaStaffKey, TamhiniStaffKey } from './other-houses/staff.ts';
import type { StaffMember, Unit } from './staff-member.ts';
import type { CityStaffKey } from './staff.ts';

/** Of any of the hospitals: a history names its doctors by it. */
export type StaffKey = CityStaffKey | TamhiniStaffKey | KoynaStaffKey | AmbegaonStaffKey;

export interface House {
  /** Lower case and hyphens; the name of its folder too. */
  readonly key: string;
  readonly name: string;
  /** The name in Devanagari. */
  readonly nativeName: string;
  readonly city: string;
  readonly street: string;
  readonly postalCode: string;
  readonly phone: string;
  /** Ends in `.example`, which can never be registered (RFC 2606). */
  readonly domain: string;
  /** Letters before every number it gives. */
  readonly prefix: string;
  readonly administrator: { readonly key: string; readonly name: string };
  readonly units: Readonly<Record<string, Unit>>;
  readonly staff: Readonly<Partial<Record<StaffKey, StaffMember>>>;
  /** Who of the staff has a login, and what is said of them. */
  readonly logins: Readonly<Partial<Record<StaffKey, string>>>;
}

/** Identifier systems. */
export const staffNumbers = ({ domain }: House): string => `https://${domain}/staff-numbers`;
export const unitNumbers = ({ domain }: House): string => `https://${domain}/units`;
export const recordNumbers = ({ domain }: House): string => `https://${domain}/record-numbers`;

export const organizationNumber = ({ prefix }: House): string => `${prefix}-H-01`;

/** @throws Error when nobody of this hospital has the key. */
export function memberOf({ staff, name }: House, key: StaffKey): StaffMember {
  const member = staff[key];
  if (member === undefined) throw new Error(`${key} does not work at ${name}`);
  return member;
}

/** @throws Error when the hospital has no such room. */
export function unitOf({ units, name }: House, key: string): Unit {
  const unit = units[key];
  if (unit === undefined) throw new Error(`${name} has no room ${key}`);
  return unit;
}

export function doctorName({ given, family }: StaffMember): string {
  return `Dr ${given} ${family}`;
}

export function workEmail({ domain }: House, key: string): string {
  return `${key.replace('-', '.')}@${domain}`;
}
