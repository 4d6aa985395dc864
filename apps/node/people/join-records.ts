/** Joins two records of one person and takes them apart: both Patients and who did it why, in one transaction or not at all. */
import { checkJoin, type Clock, joined, joinedInto, type LinkedPatient, separated } from '@clearchart/exchange';
import type { AccountStore } from '../accounts/index.ts';
import { contentOf, type ClinicalSession } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import { OneByOne } from '../one-by-one.ts';

const ACTS = 'urn:clearchart:act';
const MOST_JOINED = 1_000;
/** Of one record: it may have been joined and taken apart before. */
const MOST_ACTS = 50;

export interface JoinPorts {
  /** With the hospital's own right: no FHIR write of a person joins records (C52). */
  readonly session: ClinicalSession;
  readonly accounts: Pick<AccountStore, 'accounts' | 'codes' | 'transaction'>;
  readonly clock: Clock;
}

export interface JoinWish {
  readonly survivor: string;
  readonly replaced: string;
  readonly reason: string;
  /** Name of the administrator. */
  readonly by: string;
}

export interface JoinedPair {
  readonly survivor: string;
  readonly replaced: string;
  readonly by?: string;
  readonly reason?: string;
  /** RFC 3339 */
  readonly at?: string;
}

interface Provenance {
  readonly recorded?: string;
  readonly activity?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };
  readonly reason?: readonly { readonly text?: string }[];
  readonly agent?: readonly { readonly who?: { readonly display?: string } }[];
}

export class JoinRecords {
  readonly #ports: JoinPorts;
  readonly #decisions = new OneByOne();

  constructor(ports: JoinPorts) {
    this.#ports = ports;
  }

  /** @throws ApiError `not-found`, `same-record`, `joined-already`, `other-has-account`, `both-have-accounts` */
  join({ survivor, replaced, reason, by }: JoinWish): Promise<void> {
    return this.#decisions.run(async () => {
      const [kept, taken] = [this.#patient(survivor), this.#patient(replaced)];
      const refusal = checkJoin(kept, taken);
      if (refusal !== undefined) throw new ApiError(refusal);
      this.#checkAccounts(survivor, replaced);
      await this.#write(joined(kept, taken), { act: 'join-records', reason, by });
      this.#ports.accounts.transaction(() => this.#ports.accounts.codes.endOf(`Patient/${replaced}`));
    });
  }

  /** What was written meanwhile stays where it was written. @throws ApiError `not-found` unless it was joined */
  separate(replaced: string, { reason, by }: Pick<JoinWish, 'reason' | 'by'>): Promise<void> {
    return this.#decisions.run(async () => {
      const taken = this.#patient(replaced);
      const survivor = joinedInto(taken);
      if (survivor === undefined) throw new ApiError('not-found');
      await this.#write(separated(this.#patient(survivor), taken), { act: 'separate-records', reason, by });
    });
  }

  list(): JoinedPair[] {
    const { session } = this.#ports;
    return session
      .find('Patient', 'active=false&link:missing=false', MOST_JOINED, { newestFirst: true })
      .flatMap((found) => {
        const survivor = joinedInto(contentOf<LinkedPatient>(found));
        return survivor === undefined ? [] : [{ survivor, replaced: found.id, ...this.#lastAct(found.id) }];
      });
  }

  #lastAct(patient: string): Omit<JoinedPair, 'survivor' | 'replaced'> {
    const found = this.#ports.session.find('Provenance', `target=Patient/${patient}`, MOST_ACTS, { newestFirst: true });
    for (const { content } of found) {
      const { activity, recorded, reason, agent } = contentOf<Provenance>({ content });
      if (activity?.coding?.[0]?.system !== ACTS) continue;
      const [words, who] = [reason?.[0]?.text, agent?.[0]?.who?.display];
      return {
        ...(recorded === undefined ? {} : { at: recorded }),
        ...(words === undefined ? {} : { reason: words }),
        ...(who === undefined ? {} : { by: who }),
      };
    }
    return {};
  }

  /** The account stays with the record that has it: its key is bound to that record's pseudonym. */
  #checkAccounts(survivor: string, replaced: string): void {
    // A closed one counts: it can be opened again.
    const hasAccount = (id: string): boolean => this.#ports.accounts.accounts.byPerson(`Patient/${id}`) !== undefined;
    if (hasAccount(replaced)) throw new ApiError(hasAccount(survivor) ? 'both-have-accounts' : 'other-has-account');
  }

  #patient(id: string): LinkedPatient {
    const found = this.#ports.session.resolve(`Patient/${id}`);
    if (found === undefined) throw new ApiError('not-found');
    return contentOf<LinkedPatient>(found);
  }

  async #write(
    patients: [LinkedPatient, LinkedPatient],
    about: { act: string; reason: string; by: string },
  ): Promise<void> {
    const version = (patient: LinkedPatient) => (patient['meta'] as { versionId?: string } | undefined)?.versionId;
    const provenance = {
      resourceType: 'Provenance',
      target: patients.map(({ id }) => ({ reference: `Patient/${id}` })),
      recorded: new Date(this.#ports.clock.now()).toISOString(),
      activity: { coding: [{ system: ACTS, code: about.act }] },
      reason: [{ text: about.reason }],
      agent: [{ who: { display: about.by } }],
    };
    await this.#ports.session.bundle({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        ...patients.map((patient) => ({
          resource: patient,
          request: { method: 'PUT', url: `Patient/${patient.id}`, ifMatch: `W/"${version(patient)}"` },
        })),
        { resource: provenance, request: { method: 'POST', url: 'Provenance' } },
      ],
    });
  }
}
