/** Which patients an answer speaks of, and with which versions. */
import type { Patients } from './patients.ts';
import type { Disclosure } from './ports.ts';
import type { OpenedVersion } from './opened-version.ts';

export function disclosureOf(
  interaction: string,
  versions: readonly OpenedVersion[],
  patients: Patients,
): Disclosure | undefined {
  const found = new Map<string, { versions: string[] }>();
  // Most answers are about one patient.
  let last: { readonly subject: bigint; readonly versions: string[] } | undefined;
  for (const { type, id, version, subjects } of versions) {
    for (const subject of subjects) {
      if (last?.subject !== subject) {
        const patient = patients.byReference(subject)?.id;
        if (patient === undefined) continue;
        let content = found.get(patient);
        if (content === undefined) found.set(patient, (content = { versions: [] }));
        last = { subject, versions: content.versions };
      }
      last.versions.push(`${type}/${id}/_history/${version}`);
    }
  }
  return found.size === 0 ? undefined : { interaction, patients: found };
}
