import { Refusal } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';

/** The clinical store's "no" as the API's: absent and invisible stay one answer. */
export async function answerOf<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 403) throw new ApiError('forbidden');
    if (fault.code === 'slot-taken' || fault.code === 'busy') throw new ApiError(fault.code);
    if (fault.status === 410) throw new ApiError('deleted');
    throw new ApiError(fault.status === 404 ? 'not-found' : 'bad-request');
  }
}
