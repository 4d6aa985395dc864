import type { DisclosedContent } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';

export interface AuditedRead {
  readonly caller: Caller;
  readonly patientId: string;
  readonly content: DisclosedContent;
  readonly interaction: string;
  /** Milliseconds since the epoch. */
  readonly recorded: number;
}

/** Versions named in one entry; an answer with more says how many there were. */
const VERSIONS_NAMED = 200;

/** One answer that held a patient's data, as FHIR R4 AuditEvent (codes: DICOM audit, restful-interaction). */
export function auditEvent({ caller, patientId, content, interaction, recorded }: AuditedRead): object {
  return {
    resourceType: 'AuditEvent',
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: interaction }],
    action: 'R',
    recorded: new Date(recorded).toISOString(),
    outcome: '0',
    agent: [
      {
        name: caller.name,
        requestor: true,
        ...(caller.person === undefined ? {} : { who: { reference: caller.person } }),
        altId: caller.tokenId ?? caller.accountId ?? caller.name,
      },
    ],
    source: { observer: { display: 'Clearchart node' } },
    entity: [
      { what: { reference: `Patient/${patientId}` } },
      ...content.versions.slice(0, VERSIONS_NAMED).map((reference) => ({ what: { reference } })),
      ...(content.versions.length > VERSIONS_NAMED
        ? [{ description: `${content.versions.length - VERSIONS_NAMED} more versions` }]
        : []),
    ],
  };
}
