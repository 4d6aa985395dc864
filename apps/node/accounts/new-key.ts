/**
 * A new key for who has lost everything, begun at the desk. It waits on the ledger for seven days and is shown on every device
 * of the account, where the old key can veto. Until it is completed there, password, vault and key of the account stay.
 */
import type { IssuedCode, OwnNewKey, StoredVault } from '@clearchart/api';
import { fromHex, isRegistrableKey } from '@clearchart/crypto';
import { signatureMessage, type TransactionDraft, transactionId } from '@clearchart/ledger';
import type { SessionHandle } from '../http/access.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import type { Account, NewKey } from './account-table.ts';
import { isKeyBound } from './key-binding.ts';
import { answerRegistration, checkPasswordRecord } from './opaque.ts';
import { Pending } from './pending.ts';
import type { AccountsPorts } from './ports.ts';
import { takeCompletedNewKey } from './take-new-key.ts';

const PENDING = { goodForMs: 15 * 60_000, most: 1_000 };

interface Step {
  readonly accountId: string;
  readonly codeId: string;
  readonly asked: Pick<NewKey, 'askedBy' | 'shown'>;
  readonly draft: TransactionDraft<'request-key-replacement'>;
}

export interface NewKeyFinish {
  readonly newKeyId: string;
  readonly registrationRecord: string;
  readonly vault: StoredVault;
  readonly signature: string;
}

export class NewKeyAtDesk {
  readonly #ports: AccountsPorts;
  readonly #pending: Pending<Step>;
  readonly #vetoes = new Map<string, TransactionDraft<'veto-key-replacement'>>();

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#pending = new Pending(PENDING, ports.store);
  }

  /** The desk has checked who it is. Nobody begins this for the own account. @throws ApiError */
  issue(id: string, shown: string, { accountId = '', name }: Caller): IssuedCode {
    const { store } = this.#ports;
    const { role } = this.#ready(id);
    if (id === accountId) throw new ApiError('forbidden');
    const about = { role, accountId: id, shown, askedBy: { accountId, name }, issuedBy: accountId };
    const issued = store.transaction(() => store.codes.issue('new-key', about, store.clock.now()));
    if (issued === undefined) throw new ApiError('busy');
    return { id: issued.id, code: issued.code, path: `/new-key#${issued.code}`, expires: issued.expiresAt };
  }

  /** An active account whose key stands on the ledger, with no other replacement waiting. */
  #ready(id: string): Account & { readonly identity: { readonly pseudonym: string } } {
    const { store, people } = this.#ports;
    const account = store.accounts.byId(id);
    if (account === undefined) throw new ApiError('not-found');
    const { identity, state } = account;
    const { pseudonym } = identity;
    if (state !== 'active' || pseudonym === undefined || !isKeyBound(this.#ports, identity))
      throw new ApiError('wrong-state');
    if (people.keys.waiting(pseudonym) !== undefined || people.keys.isOnItsWay(pseudonym))
      throw new ApiError('new-key-waits');
    return { ...account, identity: { ...identity, pseudonym } };
  }

  start(code: string, publicKey: string, registrationRequest: string) {
    if (!isRegistrableKey(publicKey)) throw new ApiError('bad-request', { detail: 'look at publicKey' });
    const { store, people } = this.#ports;
    const found = store.codes.findNewKey(code, store.clock.now());
    const { accountId, askedBy, shown } = found ?? {};
    if (found === undefined || accountId === undefined || askedBy === undefined || shown === undefined)
      throw new ApiError('code-invalid');
    const { identity } = this.#ready(accountId);
    // The key that stands is no new one: its password would count at once.
    if (people.keys.current(identity.pseudonym) === publicKey)
      throw new ApiError('bad-request', { detail: 'look at publicKey' });
    store.codes.countAttempt(found.id);
    const draft = people.keys.draftRequest(identity.pseudonym, publicKey);
    const userIdentifier = store.accounts.userIdentifier(identity.email);
    return {
      newKeyId: this.#pending.add({ accountId, codeId: found.id, asked: { askedBy, shown }, draft }),
      accountId,
      registrationResponse: answerRegistration(store, userIdentifier, registrationRequest),
      draft: { ...draft },
    };
  }

  async finish({ newKeyId, registrationRecord, vault, signature }: NewKeyFinish): Promise<{ effectiveAt: number }> {
    const { store, verifier, people, letters } = this.#ports;
    const step = this.#pending.take(newKeyId);
    if (step === undefined) throw new ApiError('sign-in-expired');
    checkPasswordRecord(store, registrationRecord);
    const { draft, accountId, codeId, asked } = step;
    const { publicKey } = draft.body;
    if (!verifier.verify(fromHex(publicKey), signatureMessage(transactionId(draft), 'new-key'), fromHex(signature)))
      throw new ApiError('signature-invalid');
    const { identity } = this.#ready(accountId);
    const now = store.clock.now();
    store.transaction(() => {
      if (!store.codes.end(codeId, now)) throw new ApiError('code-invalid');
      const newKey = { ...asked, askedAt: now, publicKey, passwordRecord: registrationRecord, vault };
      store.accounts.setNewKey(accountId, newKey satisfies NewKey);
    });
    // What a crash prevents here the desk takes back and begins anew: the account is as it was.
    await people.keys.submit(draft, signature);
    letters?.newKeyAsked(identity.email);
    return { effectiveAt: now + people.keys.waitMs };
  }

  /** What waits for this account, as the ledger has it or will have it with its next block. */
  waitingFor(accountId: string): OwnNewKey['waiting'] {
    const { store, people } = this.#ports;
    const account = store.accounts.byId(accountId);
    const newKey = store.accounts.newKeyOf(accountId);
    const pseudonym = account?.identity.pseudonym;
    const waiting = pseudonym === undefined ? undefined : people.keys.waiting(pseudonym);
    if (waiting === undefined) return null;
    const { askedAt = waiting.effectiveAt - people.keys.waitMs, askedBy } = newKey ?? {};
    return { askedAt, askedBy: askedBy?.name ?? '', effectiveAt: waiting.effectiveAt };
  }

  /**
   * Begun in error, or by who deceived the desk: password, words and key of the account stay as they are. The slip is void at once;
   * the account gives nothing up before the ledger has, which may be completing the new key at this moment.
   * @throws ApiError `too-late` when that came first, `not-in-a-block-yet` while there is nothing that the ledger could end
   */
  async withdraw(id: string): Promise<void> {
    const { store, people, letters } = this.#ports;
    const account = store.accounts.byId(id);
    const pseudonym = account?.identity.pseudonym;
    if (account === undefined || pseudonym === undefined) throw new ApiError('not-found');
    const hadSlip = store.transaction(() => store.codes.endNewKeyOf(id));
    const isOnLedger = people.keys.waiting(pseudonym) !== undefined;
    const isOnItsWay = !isOnLedger && people.keys.isOnItsWay(pseudonym);
    if (!hadSlip && !isOnLedger && !isOnItsWay && store.accounts.newKeyOf(id) === undefined)
      throw new ApiError('wrong-state');
    if (isOnLedger) await people.keys.withdraw(pseudonym);
    if (isOnItsWay || people.keys.waiting(pseudonym) !== undefined) throw new ApiError('not-in-a-block-yet');
    takeCompletedNewKey(this.#ports, id);
    if (store.accounts.byId(id)?.identity.publicKey !== account.identity.publicKey) throw new ApiError('too-late');
    store.transaction(() => store.accounts.setNewKey(id, undefined));
    letters?.newKeyWithdrawn(account.identity.email);
  }

  startVeto({ accountId }: SessionHandle): { draft: TransactionDraft<'veto-key-replacement'> } {
    const { store, people } = this.#ports;
    const pseudonym = store.accounts.byId(accountId)?.identity.pseudonym;
    if (pseudonym === undefined || people.keys.waiting(pseudonym) === undefined) throw new ApiError('wrong-state');
    const draft = people.keys.draftVeto(pseudonym);
    if (this.#vetoes.size >= PENDING.most) this.#vetoes.clear();
    this.#vetoes.set(accountId, draft);
    return { draft };
  }

  async finishVeto({ accountId }: SessionHandle, signature: string): Promise<void> {
    const { store, verifier, people, letters } = this.#ports;
    const draft = this.#vetoes.get(accountId);
    const account = store.accounts.byId(accountId);
    if (draft === undefined || account === undefined) throw new ApiError('sign-in-expired');
    const message = signatureMessage(transactionId(draft), 'person');
    if (!verifier.verify(fromHex(account.identity.publicKey), message, fromHex(signature)))
      throw new ApiError('signature-invalid');
    this.#vetoes.delete(accountId);
    await people.keys.submit(draft, signature);
    // The ledger decides: the new key may have taken effect a moment before.
    if (people.keys.current(draft.body.pseudonym) !== account.identity.publicKey) throw new ApiError('too-late');
    store.transaction(() => store.accounts.setNewKey(accountId, undefined));
    letters?.newKeyVetoed(account.identity.email);
  }
}
