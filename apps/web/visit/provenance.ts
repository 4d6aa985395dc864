// Who answers for which versions, as FHIR R4 Provenance (docs/protocol/signatures.md, P4). Pure.
import { AUTHOR_SIGNATURE } from '@clearchart/exchange';
import { type CodeableConcept, conceptCode, type Resource } from '../record/fhir.ts';
import type { NewResource } from './visit-resources.ts';

const PSEUDONYMS = 'urn:clearchart:pseudonym';

interface Reference {
  reference?: string;
  display?: string;
  identifier?: { system?: string; value?: string };
}

export interface Provenance extends Resource {
  target?: Reference[];
  recorded?: string;
  reason?: { text?: string }[];
  agent?: { type?: CodeableConcept; who?: Reference }[];
  signature?: { when?: string; who?: Reference; data?: string }[];
}

export interface SignatureToKeep {
  readonly patientId: string;
  readonly signed: readonly Resource[];
  /** `Practitioner/id` or `Patient/id`. */
  readonly person: string;
  readonly personName: string;
  readonly pseudonym: string;
  readonly signature: Uint8Array;
  /** As FHIR writes it. */
  readonly when: string;
  /** Why something was corrected. */
  readonly reason?: string | undefined;
}

export const versionReference = ({ resourceType, id, meta }: Resource): string =>
  `${resourceType}/${id}/_history/${meta?.versionId ?? '1'}`;

export function provenanceOf(kept: SignatureToKeep): NewResource {
  const who = { reference: kept.person, display: kept.personName };
  return {
    resourceType: 'Provenance',
    target: [
      { reference: `Patient/${kept.patientId}` },
      ...kept.signed.map((resource) => ({ reference: versionReference(resource) })),
    ],
    recorded: kept.when,
    ...(kept.reason === undefined ? {} : { reason: [{ text: kept.reason }] }),
    agent: [{ who }],
    signature: [
      {
        type: [AUTHOR_SIGNATURE],
        when: kept.when,
        who: { ...who, identifier: { system: PSEUDONYMS, value: kept.pseudonym } },
        data: btoa(String.fromCharCode(...kept.signature)),
      },
    ],
  };
}

export interface KeptSignature {
  readonly provenance: Provenance;
  readonly name: string;
  /** `Practitioner/id` or `Patient/id`. */
  readonly person: string;
  readonly pseudonym: string;
  readonly signature: Uint8Array;
  readonly when: string | undefined;
  /** Who entered it for the signer, as the Provenance says. */
  readonly enteredBy: string | undefined;
  readonly targets: readonly { readonly type: string; readonly id: string; readonly version: string }[];
}

const VERSION = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})\/_history\/([1-9]\d{0,9})$/;

/** Undefined for a Provenance that holds no signature of ours. */
export function readSignature(provenance: Provenance): KeptSignature | undefined {
  const [signature] = provenance.signature ?? [];
  const { who } = signature ?? {};
  if (who?.identifier?.system !== PSEUDONYMS || who.identifier.value === undefined) return undefined;
  try {
    return {
      provenance,
      name: who.display ?? '',
      person: who.reference ?? '',
      pseudonym: who.identifier.value,
      signature: Uint8Array.from(atob(signature?.data ?? ''), (letter) => letter.charCodeAt(0)),
      when: signature?.when,
      enteredBy: provenance.agent?.find(({ type }) => conceptCode(type) === 'enterer')?.who?.display,
      targets: (provenance.target ?? []).flatMap(({ reference }) => {
        const [, type, id, version] = VERSION.exec(reference ?? '') ?? [];
        return type === undefined || id === undefined || version === undefined ? [] : [{ type, id, version }];
      }),
    };
  } catch {
    return undefined;
  }
}

/** The signatures by this person that answer for exactly this version of a resource, oldest first. */
export function signaturesOf(
  resource: Resource,
  provenances: readonly Provenance[],
  person: string | undefined,
): KeptSignature[] {
  return provenances
    .flatMap((provenance) => readSignature(provenance) ?? [])
    .filter(
      ({ person: signer, targets }) =>
        signer === person &&
        targets.some(
          ({ type, id, version }) =>
            type === resource.resourceType && id === resource.id && version === (resource.meta?.versionId ?? '1'),
        ),
    )
    .toSorted((one, other) => (one.when ?? '').localeCompare(other.when ?? ''));
}
