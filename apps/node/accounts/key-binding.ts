/**
 * A person's key reaches the ledger: signed by its holder, then by the hospital. The signed draft is on disk before it is
 * handed on, so a crash between the two loses neither the key nor the account.
 */
import { fromHex, type SignatureVerifier } from '@clearchart/crypto';
import { signatureMessage, transactionId } from '@clearchart/ledger';
import { ApiError } from '../http/errors.ts';
import type { Account, Identity } from './account-table.ts';
import type { PersonDraft } from './person-draft.ts';
import type { LedgerPeople } from './ports.ts';
import type { AccountStore } from './store.ts';

export interface BindingPorts {
  readonly store: AccountStore;
  readonly people: LedgerPeople;
  readonly verifier: SignatureVerifier;
}

/** @throws ApiError `signature-invalid` unless the key's holder signed this draft. */
export function checkPersonSignature(
  verifier: SignatureVerifier,
  draft: PersonDraft,
  publicKey: string,
  signature: string,
): void {
  const message = signatureMessage(transactionId(draft), 'new-key');
  if (!verifier.verify(fromHex(publicKey), message, fromHex(signature))) throw new ApiError('signature-invalid');
}

/** False again when the transaction expired unmined: nobody but the key's holder can sign another. */
export function isKeyBound({ people }: Pick<BindingPorts, 'people'>, { keyBound, boundBy }: Identity): boolean {
  return keyBound && (boundBy === undefined || people.stands(boundBy));
}

/** Hands the stored draft on and makes the account active. Undefined when nothing is stored. */
export async function finishBinding({ store, people }: BindingPorts, accountId: string): Promise<string | undefined> {
  const binding = store.accounts.bindingOf(accountId);
  if (binding === undefined) return undefined;
  const { pseudonym } = binding.draft.body;
  const submitted = await people.submit(binding.draft, binding.signature, store.custody.find(pseudonym)?.seed);
  store.transaction(() => {
    const account = store.accounts.byId(accountId);
    if (account === undefined) return;
    const identity = {
      ...account.identity,
      keyBound: true,
      boundBy: submitted.transactionId,
      pseudonym,
    };
    store.accounts.update(account, stateAfter(account), identity);
    store.accounts.setBinding(accountId, undefined);
  });
  if (binding.draft.type === 'hand-over-custody') {
    await people.custody.untilFinal(submitted.transactionId);
    destroyHandedOver({ store, people });
  }
  return submitted.transactionId;
}

/** Keys whose custody has ended on the ledger are worth nothing any more, and are not kept. */
export function destroyHandedOver({ store, people }: Pick<BindingPorts, 'store' | 'people'>): void {
  for (const pseudonym of store.custody.list()) {
    if (typeof people.custody.of(pseudonym)?.endedAt === 'number') store.custody.destroy(pseudonym);
  }
}

function stateAfter({ state }: Account): Account['state'] {
  return state === 'binding' ? 'active' : state;
}
