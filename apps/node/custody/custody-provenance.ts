/** A signature with a key in custody, as FHIR R4 Provenance: for the patient, and entered by somebody at the desk, by name. Pure. */
import { AUTHOR_SIGNATURE } from '@clearchart/exchange';

const ENTERER = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'enterer' }],
};

export interface CustodySignature {
  /** `Patient/id`. */
  readonly person: string;
  readonly name: string;
  /** Who wrote it at the desk. */
  readonly desk: string;
  readonly pseudonym: string;
  /** RFC 3339. */
  readonly when: string;
  /** `Type/id/_history/n` of every signed version. */
  readonly targets: readonly string[];
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

export function custodyProvenance({
  person,
  name,
  desk,
  pseudonym,
  when,
  targets,
  signature,
}: CustodySignature): object {
  const who = { reference: person, display: name };
  return {
    resourceType: 'Provenance',
    target: [person, ...targets].map((reference) => ({ reference })),
    recorded: when,
    agent: [{ who }, { type: ENTERER, who: { display: desk } }],
    signature: [
      {
        type: [AUTHOR_SIGNATURE],
        when,
        who: { ...who, identifier: { system: 'urn:clearchart:pseudonym', value: pseudonym } },
        data: Buffer.from(signature).toString('base64'),
      },
    ],
  };
}
