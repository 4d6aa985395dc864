/** One list of patients being written: piece by piece, so that everybody else is answered in between. */
import { setImmediate } from 'node:timers/promises';
import type { PatientListWriting } from '@clearchart/api';
import type { ClinicalSession } from '../clinical/index.ts';
import { entryOf, type Listed } from './listed-patient.ts';

/** People in one commit: what a reader waits for at most is about 2 ms for each. */
const PEOPLE_AT_A_TIME = 25;

export interface ListToWrite {
  readonly id: string;
  /** Whether who began it may still write; asked before each piece. */
  readonly mayGoOn: () => boolean;
  readonly wanted: readonly Listed[];
  /** Lines of this list whose people were written before. */
  readonly before: number;
  readonly leftOut: number;
}

export class ListWriting {
  readonly #list: ListToWrite;
  readonly #session: ClinicalSession;
  #written: number;
  #state: PatientListWriting['state'] = 'being-written';
  #breaksOff = false;
  /** Resolves when nothing of it is written any more. */
  readonly ended: Promise<void>;

  /** @param onFault what broke it off, for the operator's log */
  constructor(list: ListToWrite, session: ClinicalSession, onFault: (fault: unknown) => void) {
    this.#list = list;
    this.#session = session;
    this.#written = list.before;
    this.ended = this.#write().then(
      (state) => {
        this.#state = state;
      },
      (fault: unknown) => {
        this.#state = 'broken-off';
        onFault(fault);
      },
    );
  }

  get id(): string {
    return this.#list.id;
  }

  /** After the piece that is under way. */
  breakOff(): void {
    this.#breaksOff = true;
  }

  told(): PatientListWriting {
    const { id, wanted, before, leftOut } = this.#list;
    return { id, state: this.#state, written: this.#written, of: before + wanted.length, before, leftOut };
  }

  async #write(): Promise<'written' | 'broken-off'> {
    const { id, wanted, mayGoOn } = this.#list;
    for (let start = 0; start < wanted.length; start += PEOPLE_AT_A_TIME) {
      if (this.#breaksOff || !mayGoOn()) return 'broken-off';
      const piece = wanted.slice(start, start + PEOPLE_AT_A_TIME);
      await this.#session.bundle({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: piece.map((listed) => entryOf(listed, id)),
      });
      this.#written += piece.length;
      await setImmediate();
    }
    return 'written';
  }
}
