import { parentPort } from 'node:worker_threads';
import { enrolEveryone, type EnrolmentJob } from './enrolment.ts';
import type { FromEnrolment } from './enroller.ts';

const tell = (message: FromEnrolment): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ number, job }: { number: number; job: EnrolmentJob }) => {
  enrolEveryone(job, (enrolled) => tell({ number, enrolled })).then(
    () => tell({ number }),
    (fault: unknown) => tell({ number, fault: fault instanceof Error ? fault.message : String(fault) }),
  );
});
