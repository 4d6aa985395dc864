/** Who may use each route, written down by hand: the routes of the running node are held against it, both ways. */
const EVERYBODY = ['anonymous', 'administrator', 'practitioner', 'patient', 'system'] as const;
const SIGNED_IN = ['administrator', 'practitioner', 'patient'] as const;
const READERS = ['administrator', 'practitioner', 'patient', 'system'] as const;
const DESK = ['administrator'] as const;

export type Asker = (typeof EVERYBODY)[number];

export const ROUTE_ORACLE: Readonly<Record<string, readonly Asker[]>> = {
  'GET /healthz': EVERYBODY,
  'GET /readyz': EVERYBODY,
  'GET /metrics': EVERYBODY,
  'GET /openapi.json': EVERYBODY,
  'GET /api/ledger/status': EVERYBODY,
  'GET /api/ledger/genesis': EVERYBODY,
  'GET /api/ledger/headers': EVERYBODY,
  'GET /api/ledger/chain': EVERYBODY,
  'GET /api/ledger/blocks/:height': EVERYBODY,
  'GET /api/ledger/transactions/get': EVERYBODY,
  'GET /api/ledger/nodes/get': EVERYBODY,
  'GET /api/ledger/nodes/resolve': EVERYBODY,
  'GET /api/ledger/transactions/:id': EVERYBODY,
  'GET /api/ledger/transactions/:id/proof': EVERYBODY,
  'GET /api/ledger/state/:key/proof': EVERYBODY,
  'POST /api/ledger/transactions/new': EVERYBODY,
  'POST /api/ledger/mine': DESK,
  'GET /api/events': EVERYBODY,
  'GET /api/records/:type/:id/versions/:versionId': READERS,
  'GET /api/records/:type/:id/versions/:versionId/receipt': READERS,
  'GET /api/patients/:id/accesses': ['patient'],
  'GET /api/my-patients': ['practitioner'],
  'GET /api/registry': DESK,
  'GET /api/demo/people': EVERYBODY,
  'GET /api/session': EVERYBODY,
  'POST /api/session/start': EVERYBODY,
  'POST /api/session/finish': EVERYBODY,
  'DELETE /api/session': SIGNED_IN,
  'GET /api/sessions': SIGNED_IN,
  'DELETE /api/sessions/:id': SIGNED_IN,
  'POST /api/account/password/start': SIGNED_IN,
  'POST /api/account/password/finish': SIGNED_IN,
  'POST /api/account/key/start': SIGNED_IN,
  'POST /api/account/key/finish': SIGNED_IN,
  'POST /api/recovery/start': EVERYBODY,
  'POST /api/recovery/finish': EVERYBODY,
  'POST /api/codes/check': EVERYBODY,
  'POST /api/registration/start': EVERYBODY,
  'POST /api/registration/finish': EVERYBODY,
  'POST /api/invitations': DESK,
  'GET /api/invitations': DESK,
  'DELETE /api/invitations/:id': DESK,
  'POST /api/patients/:id/claim-code': DESK,
  'GET /api/accounts': DESK,
  'POST /api/accounts/:id/verify': DESK,
  'POST /api/accounts/:id/deactivate': DESK,
  'GET /api/tokens': DESK,
  'DELETE /api/tokens/:id': DESK,
  'GET /fhir/R4/metadata': EVERYBODY,
  'POST /fhir/R4': READERS,
  'GET /fhir/R4/:type': READERS,
  'POST /fhir/R4/:type/_search': READERS,
  'GET /fhir/R4/:type/_history': READERS,
  'POST /fhir/R4/:type': READERS,
  'PUT /fhir/R4/:type': READERS,
  'PATCH /fhir/R4/:type': READERS,
  'DELETE /fhir/R4/:type': READERS,
  'GET /fhir/R4/:type/:id': READERS,
  'PUT /fhir/R4/:type/:id': READERS,
  'PATCH /fhir/R4/:type/:id': READERS,
  'DELETE /fhir/R4/:type/:id': READERS,
  'GET /fhir/R4/:type/:id/_history': READERS,
  'GET /fhir/R4/:type/:id/_history/:version': READERS,
};

/** Pages and files of the web app and of the API reference: the same for everybody, and without data. */
export function isStaticPage(url: string): boolean {
  return !url.startsWith('/api/') && !url.startsWith('/fhir/') && !(`GET ${url}` in ROUTE_ORACLE);
}
