/** The thread in which the demo's people enrol; started with the first of them. */
import { Worker } from 'node:worker_threads';
import type { Enrolled, EnrolmentJob } from './enrolment.ts';

/** Neither `enrolled` nor `fault`: all of the job are. */
export interface FromEnrolment {
  readonly number: number;
  readonly enrolled?: Enrolled;
  readonly fault?: string;
}

interface Running {
  readonly onEnrolled: (enrolled: Enrolled) => void;
  readonly resolve: () => void;
  readonly reject: (fault: Error) => void;
}

export interface Enroller {
  /** So that the thread is there when it is needed. */
  begin(): void;
  /** @throws Error when somebody is refused, or it is closed meanwhile. */
  enrol(job: EnrolmentJob, onEnrolled: (enrolled: Enrolled) => void): Promise<void>;
  close(): Promise<void>;
}

export function createEnroller(): Enroller {
  const running = new Map<number, Running>();
  let thread: Worker | undefined;
  let jobs = 0;

  function started(): Worker {
    if (thread !== undefined) return thread;
    const worker = new Worker(new URL('./enrolment-thread.ts', import.meta.url), { name: 'demo-enrolment' });
    thread = worker;
    worker.unref();
    worker.on('message', hear);
    worker.on('error', (fault) => end(worker, fault instanceof Error ? fault : new Error(String(fault))));
    worker.on('exit', () => end(worker, new Error('stopped')));
    return worker;
  }

  function hear({ number, enrolled, fault }: FromEnrolment): void {
    const job = running.get(number);
    if (enrolled !== undefined) return job?.onEnrolled(enrolled);
    running.delete(number);
    if (fault === undefined) job?.resolve();
    else job?.reject(new Error(fault));
  }

  function end(ended: Worker, fault: Error): void {
    if (thread === ended) thread = undefined;
    for (const job of running.values()) job.reject(fault);
    running.clear();
  }

  return {
    begin: () => void started(),
    enrol(job, onEnrolled) {
      jobs += 1;
      const number = jobs;
      return new Promise((resolve, reject) => {
        running.set(number, { onEnrolled, resolve, reject });
        started().postMessage({ number, job });
      });
    },
    async close() {
      await thread?.terminate();
    },
  };
}
