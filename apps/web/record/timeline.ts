// Everything that happened, newest first. Pure.
import type { IconName } from '../parts/icon.tsx';
import { conceptWords, type Resource, type TimelineResource } from './fhir.ts';

export interface Happening {
  resource: Resource;
  at: string;
  icon: IconName;
  /** Key under `timeline.kind`. */
  kind: 'visit' | 'procedure' | 'vaccination' | 'report';
  words: string;
  detail: string | undefined;
}

const ICONS: Record<Happening['kind'], IconName> = {
  visit: 'stethoscope',
  procedure: 'pulse',
  vaccination: 'pill',
  report: 'flask',
};

const KINDS: Readonly<Record<string, Happening['kind']>> = {
  Encounter: 'visit',
  Procedure: 'procedure',
  Immunization: 'vaccination',
  DiagnosticReport: 'report',
};

function moment(resource: TimelineResource): string | undefined {
  return (
    resource.period?.start ??
    resource.performedDateTime ??
    resource.performedPeriod?.start ??
    resource.occurrenceDateTime ??
    resource.effectiveDateTime ??
    resource.issued
  );
}

export function timeline(resources: readonly TimelineResource[]): Happening[] {
  return resources
    .flatMap((resource): Happening[] => {
      const kind = KINDS[resource.resourceType];
      const at = moment(resource);
      const words = conceptWords(resource.vaccineCode ?? resource.code ?? resource.type?.[0]);
      if (kind === undefined || at === undefined || resource.status === 'entered-in-error') return [];
      return [
        {
          resource,
          at,
          icon: ICONS[kind],
          kind,
          words: words ?? '',
          detail: conceptWords(resource.reasonCode?.[0]) ?? resource.conclusion,
        },
      ];
    })
    .toSorted((one, other) => other.at.localeCompare(one.at));
}
