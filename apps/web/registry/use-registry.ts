import type { AccountChecked, CustodyEntries, Invitation, IssuedCode, Registry } from '@clearchart/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { searchFhir } from '../connection/fhir.ts';
import { getJson } from '../connection/get-json.ts';
import { postJson } from '../connection/post-json.ts';
import { sendJson } from '../connection/send-json.ts';
import type { HumanName, Resource } from '../record/fhir.ts';

export interface Practitioner extends Resource {
  name?: HumanName[];
}

export interface CareTeam extends Resource {
  status?: string;
  participant?: { member?: { reference?: string; display?: string } }[];
  period?: { start?: string; end?: string };
  subject?: { reference: string };
}

/** Until all that is listed is final. */
const ASK_AGAIN_MS = 4_000;

/** One page of people; the query is an e-mail, a name, a phone number or an id. */
export function useRegistry(query: string, page: number, enabled = true) {
  return useQuery<Registry>({
    queryKey: ['registry', query, page],
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.lines.some(({ finality }) => finality !== 'final') === true ? ASK_AGAIN_MS : false,
    queryFn: ({ signal }) =>
      getJson(
        `/api/registry?query=${encodeURIComponent(query)}&page=${page}`,
        (shapes) => shapes.registrySchema,
        signal,
      ),
  });
}

export function usePractitioners() {
  return useQuery({
    queryKey: ['practitioners'],
    queryFn: ({ signal }) => searchFhir<Practitioner>('Practitioner', signal),
  });
}

export function useCareTeams(patient: string) {
  return useQuery({
    queryKey: ['care-teams', patient],
    queryFn: ({ signal }) => searchFhir<CareTeam>(`CareTeam?patient=${encodeURIComponent(patient)}`, signal),
  });
}

/** One page of the accounts in one state: those that wait for the desk, those in use, those that were closed. */
export function useAccounts(state: 'unverified' | 'active' | 'deactivated', page: number, enabled = true) {
  return useQuery({
    queryKey: ['accounts', state, page],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      getJson(`/api/accounts?state=${state}&page=${page}`, (shapes) => shapes.accountListSchema, signal),
  });
}

export function useInvitations() {
  return useQuery({
    queryKey: ['invitations'],
    queryFn: async ({ signal }) =>
      (await getJson('/api/invitations', (shapes) => shapes.invitationListSchema, signal)).invitations,
  });
}

export function useTokens() {
  return useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await getJson('/api/tokens', (shapes) => shapes.tokenListSchema, signal)).tokens,
  });
}

/** The answers are shown once. */
function issued(path: string, body?: object): Promise<IssuedCode> {
  return postJson(path, body, (shapes) => shapes.issuedCodeSchema);
}

export function issueClaimCode(patient: string): Promise<IssuedCode> {
  return issued(`/api/patients/${encodeURIComponent(patient)}/claim-code`);
}

/** Papers were seen: the hospital keeps the patient's key, marked so on the ledger. */
export function takeCustody(patient: string, shown: string) {
  return sendJson('POST', `/api/patients/${encodeURIComponent(patient)}/custody`, { shown });
}

export function writeInCustody({ patientId, entries }: { patientId: string; entries: CustodyEntries }) {
  return sendJson('POST', `/api/patients/${encodeURIComponent(patientId)}/custody/entries`, entries);
}

export function invite(invitation: Invitation): Promise<IssuedCode> {
  return issued('/api/invitations', invitation);
}

/** For who has lost password and words: `shown` says which papers were looked at. */
export function issueNewKey(account: string, shown: string): Promise<IssuedCode> {
  return issued(`/api/accounts/${account}/new-key`, { shown });
}

export function withdrawNewKey(account: string) {
  return sendJson('DELETE', `/api/accounts/${encodeURIComponent(account)}/new-key`);
}

export function withdrawInvitation(id: string) {
  return sendJson('DELETE', `/api/invitations/${encodeURIComponent(id)}`);
}

export function withdrawToken(id: string) {
  return sendJson('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
}

/** The desk has seen the person: links the account with a Patient, a new one unless `patientId` names it. */
export function verifyAccount(account: string, checked: AccountChecked) {
  return sendJson('POST', `/api/accounts/${account}/verify`, checked);
}

export function deactivateAccount(account: string) {
  return sendJson('POST', `/api/accounts/${account}/deactivate`);
}

export function reactivateAccount(account: string) {
  return sendJson('POST', `/api/accounts/${account}/reactivate`);
}
