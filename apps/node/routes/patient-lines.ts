import { contentOf } from '../clinical/index.ts';

/** The few parts of a FHIR Patient that a list shows. */
export interface PatientLine {
  readonly birthDate?: string;
  readonly gender?: string;
  readonly name?: readonly {
    readonly text?: string;
    readonly given?: readonly string[];
    readonly family?: string;
    readonly use?: string;
  }[];
  readonly telecom?: readonly { readonly system?: string; readonly value?: string }[];
  readonly address?: readonly { readonly text?: string; readonly line?: readonly string[]; readonly city?: string }[];
}

export function parsePatient(content: Uint8Array): PatientLine {
  return contentOf<PatientLine>({ content });
}

export function personName({ name }: Pick<PatientLine, 'name'>): string {
  const usual = name?.find(({ use }) => use === 'official' || use === 'usual') ?? name?.[0];
  if (usual === undefined) return '';
  return usual.text ?? [...(usual.given ?? []), usual.family ?? ''].join(' ').trim();
}

export function contactOf({ telecom }: PatientLine, system: 'email' | 'phone'): string | undefined {
  return telecom?.find((one) => one.system === system)?.value;
}

export function addressOf({ address }: PatientLine): string | undefined {
  const first = address?.[0];
  if (first === undefined) return undefined;
  return first.text ?? [...(first.line ?? []), first.city].filter((part) => part !== undefined).join(', ');
}
