/** Lists of patients from the desk: checked line by line, then written piece by piece; one list at a time. */
import { createHmac } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Alike, PatientListChecked, PatientListWriting } from '@clearchart/api';
import { type ListedPatient, parsePatientList } from '@clearchart/exchange';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalSession, ClinicalStore } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { OneByOne } from '../one-by-one.ts';
import { knownPeople } from './known-people.ts';
import { ListWriting } from './list-writing.ts';
import { lineValueOf, type Listed, listedOf, writtenAs } from './listed-patient.ts';

const FAULTS_TOLD = 200;
const KNOWN_TOLD = 500;
/** Lines looked up before others have their turn. */
const LINES_AT_A_TIME = 20;
/** Where the day begins first (UTC+14). */
const EARLIEST_ZONE_MS = 14 * 60 * 60_000;

export interface PatientImportPorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly clock: { now(): number };
  /** Whether an account may still do what it was allowed when it asked. */
  readonly isActive: (accountId: string) => boolean;
  /** 32 bytes: a list's id tells nothing about who is on it. */
  readonly listKey: Uint8Array;
  readonly onFault: (words: string, fault: unknown) => void;
}

interface Sorted {
  /** Written by this list before. */
  readonly written: readonly Listed[];
  readonly known: readonly { readonly listed: Listed; readonly alike: readonly Alike[] }[];
  readonly unknown: readonly Listed[];
}

export class PatientImport {
  readonly #ports: PatientImportPorts;
  readonly #starts = new OneByOne();
  #writing: ListWriting | undefined;

  constructor(ports: PatientImportPorts) {
    this.#ports = ports;
  }

  async check(csv: string, caller: Caller): Promise<PatientListChecked> {
    const { patients, faults } = this.#parse(csv);
    const { written, known } = await this.#sort(patients, this.#sessionOf(caller));
    return {
      people: patients.length,
      written: written.length,
      faultCount: faults.length,
      faults: faults.slice(0, FAULTS_TOLD).map((fault) => ({ ...fault })),
      knownCount: known.length,
      known: known.slice(0, KNOWN_TOLD).map(({ listed: { line, patient }, alike }) => ({
        line,
        name: `${patient.given} ${patient.family}`,
        alike: [...alike],
      })),
    };
  }

  /**
   * Begins to write; a list that is being written goes on.
   * @throws ApiError `list-has-faults`; `list-under-way` while another is written; `list-changed` when another number would be
   * written than the desk was shown.
   */
  async start(csv: string, alsoKnown: boolean, expected: number, caller: Caller): Promise<PatientListWriting> {
    const { patients, faults } = this.#parse(csv);
    if (faults.length > 0) throw new ApiError('list-has-faults');
    const id = this.#idOf(csv);
    return await this.#starts.run(async () => {
      const underWay = this.#writing?.told();
      if (underWay?.state === 'being-written') {
        if (underWay.id === id) return underWay;
        throw new ApiError('list-under-way');
      }
      const session = this.#sessionOf(caller);
      const { written, known, unknown } = await this.#sort(patients, session);
      const wanted = alsoKnown ? [...unknown, ...known.map(({ listed }) => listed)] : unknown;
      if (wanted.length !== expected) throw new ApiError('list-changed');
      const leftOut = alsoKnown ? 0 : known.length;
      const mayGoOn = () => caller.accountId !== undefined && this.#ports.isActive(caller.accountId);
      const list = { id, mayGoOn, wanted, before: written.length, leftOut };
      this.#writing = new ListWriting(list, session, (fault) =>
        this.#ports.onFault('a list of patients broke off; the same list again writes the rest', fault),
      );
      return this.#writing.told();
    });
  }

  /** The list that is being written, or was the last since the node started. */
  told(): PatientListWriting | undefined {
    return this.#writing?.told();
  }

  /** Resolves when the piece under way is written. */
  breakOff(): Promise<PatientListWriting | undefined> {
    return this.#starts.run(async () => {
      this.#writing?.breakOff();
      await this.#writing?.ended;
      return this.told();
    });
  }

  #parse(csv: string) {
    const today = new Date(this.#ports.clock.now() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
    return parsePatientList(csv, today);
  }

  /** The same for the same list, also after a start of the node. */
  #idOf(csv: string): string {
    return createHmac('sha256', this.#ports.listKey).update(csv).digest('hex').slice(0, 32);
  }

  #sessionOf(caller: Caller): ClinicalSession {
    const { clinical, accesses } = this.#ports;
    return clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
  }

  /** Whom a line of this list has made is nobody whom another line of it may mean: the desk has seen the list. */
  async #sort(patients: readonly ListedPatient[], session: ClinicalSession): Promise<Sorted> {
    const lines = patients.map(listedOf);
    const values = new Set<string | undefined>(lines.map(({ value }) => value));
    const written: Listed[] = [];
    const known: { listed: Listed; alike: readonly Alike[] }[] = [];
    const unknown: Listed[] = [];
    const versions = [];
    for (const [index, listed] of lines.entries()) {
      if (index % LINES_AT_A_TIME === 0) await setImmediate();
      if (session.find('Patient', writtenAs(listed), 1).length > 0) {
        written.push(listed);
        continue;
      }
      const found = knownPeople(session, listed.patient, ({ content }) => !values.has(lineValueOf(content)));
      if (found.alike.length === 0) unknown.push(listed);
      else {
        known.push({ listed, alike: found.alike });
        versions.push(...found.versions);
      }
    }
    await session.disclose('search-type', versions);
    return { written, known, unknown };
  }
}
