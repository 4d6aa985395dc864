/** A "no" of the API: thrown in a route, answered by the error handler with the status of its code. */
import { ERRORS, type ErrorCode } from '@clearchart/api';

export interface ErrorDetail {
  /** Plain words beside the code's own; never a value that was sent. */
  readonly detail?: string;
  /** The ledger's code, when it is the ledger that refuses. */
  readonly rejection?: string;
  readonly retryAfterSeconds?: number;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  /** As the framework's own errors name it, so that every handler finds it. */
  readonly statusCode: number;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(code);
    this.code = code;
    this.statusCode = ERRORS[code].status;
    this.detail = detail;
  }
}
