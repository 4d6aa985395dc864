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
  vaccination: 'syringe',
  report: 'flask',
};

const KIND_OF: Readonly<Record<string, Happening['kind']>> = {
  Encounter: 'visit',
  Procedure: 'procedure',
  Immunization: 'vaccination',
  DiagnosticReport: 'report',
};

export const KINDS = Object.keys(ICONS) as readonly Happening['kind'][];

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
      const kind = KIND_OF[resource.resourceType];
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

/** Those of one kind, or of any for 'all', whose words hold all words of the text. */
export function matching(all: readonly Happening[], kind: string, text: string): Happening[] {
  const wanted = text.toLowerCase().split(/\s+/);
  return all.filter((happening) => {
    const said = `${happening.words} ${happening.detail ?? ''} ${happening.at}`.toLowerCase();
    return (kind === 'all' || happening.kind === kind) && wanted.every((word) => said.includes(word));
  });
}
