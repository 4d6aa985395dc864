// The part of a Patient that the person may change: how to be reached. Pure: reads it into a form, writes the form back,
// and says what changes.
import type { Address, ContactPoint, Patient } from '../record/fhir.ts';

export interface ProfileForm {
  phone: string;
  email: string;
  line: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
  contactName: string;
  contactPhone: string;
}

export type ProfileField = keyof ProfileForm;

export const PROFILE_FIELDS: readonly ProfileField[] = [
  'phone',
  'email',
  'line',
  'city',
  'state',
  'postalCode',
  'country',
  'contactName',
  'contactPhone',
];

function telecomValue(telecom: readonly ContactPoint[] | undefined, system: string): string {
  return telecom?.find((point) => point.system === system)?.value ?? '';
}

export function formOf(patient: Patient): ProfileForm {
  const address = patient.address?.[0];
  const contact = patient.contact?.[0];
  const name = contact?.name;
  return {
    phone: telecomValue(patient.telecom, 'phone'),
    email: telecomValue(patient.telecom, 'email'),
    line: (address?.line ?? []).join(', '),
    city: address?.city ?? '',
    state: address?.state ?? '',
    postalCode: address?.postalCode ?? '',
    country: address?.country ?? '',
    contactName: name?.text ?? [...(name?.given ?? []), name?.family ?? ''].filter((part) => part !== '').join(' '),
    contactPhone: telecomValue(contact?.telecom, 'phone'),
  };
}

/** Replaces the first contact point of a system, keeps the others; an empty value removes it. */
function withTelecom(telecom: readonly ContactPoint[] | undefined, system: string, value: string): ContactPoint[] {
  const list = telecom ?? [];
  const at = list.findIndex((point) => point.system === system);
  if (at < 0) return value === '' ? [...list] : [...list, { system, value }];
  if (value === '') return list.filter((_, index) => index !== at);
  return list.map((point, index) => (index === at ? { ...point, value } : point));
}

function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== '' && part !== undefined)) as Value;
}

function lists(
  patient: Patient,
  telecom: ContactPoint[],
  address: Address[],
  contact: NonNullable<Patient['contact']>,
): Patient {
  const { telecom: _telecom, address: _address, contact: _contact, ...rest } = patient;
  return {
    ...rest,
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(address.length === 0 ? {} : { address }),
    ...(contact.length === 0 ? {} : { contact }),
  };
}

/** The patient as it would be sealed with this form; fields the form does not know stay as they are. */
export function applyForm(patient: Patient, form: ProfileForm): Patient {
  const before = formOf(patient);
  const changed = (fields: readonly ProfileField[]) => fields.some((field) => form[field].trim() !== before[field]);
  const value = (field: ProfileField) => form[field].trim();
  let telecom = [...(patient.telecom ?? [])];
  if (changed(['phone'])) telecom = withTelecom(telecom, 'phone', value('phone'));
  if (changed(['email'])) telecom = withTelecom(telecom, 'email', value('email'));
  let address = [...(patient.address ?? [])];
  if (changed(['line', 'city', 'state', 'postalCode', 'country'])) {
    const { text: _text, ...kept } = address[0] ?? {};
    const next: Address = without({
      ...kept,
      city: value('city'),
      state: value('state'),
      postalCode: value('postalCode'),
      country: value('country'),
    });
    const line = value('line');
    if (line === '') delete next.line;
    else next.line = [line];
    address = Object.keys(next).length === 0 ? address.slice(1) : [next, ...address.slice(1)];
  }
  let contact = [...(patient.contact ?? [])];
  if (changed(['contactName', 'contactPhone'])) {
    const { name: _name, telecom: oldTelecom, ...kept } = contact[0] ?? {};
    const points = withTelecom(oldTelecom, 'phone', value('contactPhone'));
    const next = {
      ...kept,
      ...(value('contactName') === '' ? {} : { name: { text: value('contactName') } }),
      ...(points.length === 0 ? {} : { telecom: points }),
    };
    const empty = next.name === undefined && next.telecom === undefined;
    contact = empty ? contact.slice(1) : [next, ...contact.slice(1)];
  }
  return lists(patient, telecom, address, contact);
}

export interface ProfileChange {
  field: ProfileField;
  before: string;
  after: string;
}

export function changesOf(patient: Patient, form: ProfileForm): ProfileChange[] {
  const before = formOf(patient);
  return PROFILE_FIELDS.flatMap((field) => {
    const after = form[field].trim();
    return after === before[field] ? [] : [{ field, before: before[field], after }];
  });
}

export type ProfileFault = 'phone-shape' | 'email-shape' | 'too-long';

const FIELD_CHARACTERS_AT_MOST = 200;

/** What is wrong with a field, undefined when nothing is. */
export function faultOf(field: ProfileField, value: string): ProfileFault | undefined {
  const text = value.trim();
  if (text.length > FIELD_CHARACTERS_AT_MOST) return 'too-long';
  if ((field === 'phone' || field === 'contactPhone') && text !== '' && !/^\+?[\d\s().-]{6,24}$/.test(text))
    return 'phone-shape';
  if (field === 'email' && text !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'email-shape';
  return undefined;
}
