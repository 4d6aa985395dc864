// Talking to the node of this origin: the token against forged requests goes with every change, a refusal becomes an error
// with its status and code, and an ended session is told to whoever listens.
import type { Problem } from '@clearchart/api';

/** The node answered "no"; `code` is one of the API's stable codes, undefined when the answer had none. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  /** Why the ledger does not take a transaction: a stable code. */
  readonly rejection: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfterSeconds: number | undefined) {
    super(problem?.title ?? `The node answered ${status}`);
    this.status = status;
    this.code = problem?.code;
    this.detail = problem?.detail;
    this.rejection = problem?.rejection;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ConnectionPorts {
  /** Keeps cookies, as a browser's does. */
  readonly fetch: Fetch;
  /** Put before every path; empty in a browser. */
  readonly origin: string;
}

export interface Connection {
  /** @throws RequestRefused unless the answer is 2xx or 304. */
  request(path: string, init?: RequestInit): Promise<Response>;
  requestJson(path: string, init?: RequestInit): Promise<unknown>;
  /** POSTs (or as said) a JSON body. */
  send(path: string, body?: unknown, method?: string): Promise<unknown>;
  setCsrfToken(token: string | undefined): void;
  /** While a sign-in puts a session in the place of the one before, the end of that one is no news. */
  changingSession<Result>(change: () => Promise<Result>): Promise<Result>;
  /** The session of this tab is over, as another tab has told. */
  endSession(): void;
  /** Called when the node no longer knows the session; the returned function stops it. */
  onSessionEnded(listener: () => void): () => void;
}

const SAFE_METHODS = ['GET', 'HEAD'];

export function createConnection({ fetch, origin }: ConnectionPorts): Connection {
  let csrfToken: string | undefined;
  let changing = 0;
  const listeners = new Set<() => void>();

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (csrfToken !== undefined && !SAFE_METHODS.includes(init.method ?? 'GET')) headers.set('x-csrf-token', csrfToken);
    const asked = csrfToken;
    const response = await fetch(origin + path, { credentials: 'same-origin', ...init, headers });
    if (response.ok || response.status === 304) return response;
    const refused = await refusalOf(response);
    // A request of the session before may be answered late.
    const current = csrfToken !== undefined && asked === csrfToken && changing === 0;
    if (refused.code === 'bad-credentials' && current) endSession();
    throw refused;
  }

  function endSession(): void {
    csrfToken = undefined;
    for (const listener of listeners) listener();
  }

  async function requestJson(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    const response = await request(path, { ...init, headers });
    return response.status === 204 ? undefined : await response.json();
  }

  return {
    request,
    requestJson,
    send: (path, body, method = 'POST') =>
      requestJson(path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    setCsrfToken(token) {
      csrfToken = token;
    },
    async changingSession(change) {
      changing += 1;
      try {
        return await change();
      } finally {
        changing -= 1;
      }
    },
    endSession,
    onSessionEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function refusalOf(response: Response): Promise<RequestRefused> {
  let problem: Problem | undefined;
  try {
    const [body, { problemSchema }] = await Promise.all([
      response.json() as Promise<unknown>,
      import('@clearchart/api'),
    ]);
    problem = problemSchema.safeParse(body).data ?? problemOfOutcome(body, response.status);
  } catch {
    problem = undefined;
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new RequestRefused(response.status, problem, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

interface Outcome {
  readonly issue?: readonly {
    readonly diagnostics?: string;
    readonly details?: { readonly text?: string; readonly coding?: readonly { readonly code?: string }[] };
  }[];
}

/** FHIR says the same as an OperationOutcome, with our code in `issue.details.coding`. */
function problemOfOutcome(body: unknown, status: number): Problem | undefined {
  const issue = (body as Outcome | null)?.issue?.[0];
  const code = issue?.details?.coding?.[0]?.code;
  if (issue === undefined || code === undefined) return undefined;
  return { type: 'about:blank', status, code, title: issue.details?.text ?? issue.diagnostics ?? code };
}
