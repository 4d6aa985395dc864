/** A new account in two steps: the node answers OPAQUE and drafts the person's transaction; the person signs and seals. */
import type { AccountRole, PatientProfile, registrationFinishSchema, registrationStartSchema } from '@clearchart/api';
import { isRegistrableKey, toHex } from '@clearchart/crypto';
import type { z } from 'zod';
import { ApiError } from '../http/errors.ts';
import { type AccountState, type Identity, isTaken } from './account-table.ts';
import { isPossibleBirthDate } from './birth-date.ts';
import type { OpenCode } from './code-table.ts';
import { checkPersonSignature, finishBinding } from './key-binding.ts';
import { answerRegistration, checkPasswordRecord } from './opaque.ts';
import { Pending } from './pending.ts';
import type { PersonDraft } from './person-draft.ts';
import type { AccountsPorts } from './ports.ts';

type Start = z.infer<typeof registrationStartSchema>;
type Finish = z.infer<typeof registrationFinishSchema>;

interface Step {
  readonly accountId: string;
  readonly role: AccountRole;
  readonly identity: Identity;
  readonly codeId?: string;
  readonly draft?: PersonDraft;
}

const PENDING = { goodForMs: 15 * 60_000, most: 2_000 };
/** People who registered alone and wait for the desk. */
const MOST_UNVERIFIED = 2_000;

export class Registration {
  readonly #ports: AccountsPorts;
  readonly #pending: Pending<Step>;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#pending = new Pending(PENDING, ports.store);
  }

  /** @throws ApiError `code-invalid` for every code that does not open anything. */
  checkCode(code: string): OpenCode {
    const { codes, clock } = this.#ports.store;
    const found = codes.find(code, clock.now());
    if (found === undefined) throw new ApiError('code-invalid');
    return found;
  }

  async start(request: Start) {
    if (!isRegistrableKey(request.publicKey)) throw new ApiError('bad-request', { detail: 'look at publicKey' });
    const step = 'profile' in request ? this.#alone(request.profile, request.publicKey) : await this.#byCode(request);
    const { store } = this.#ports;
    const userIdentifier = store.accounts.userIdentifier(step.identity.email);
    const registrationResponse = answerRegistration(store, userIdentifier, request.registrationRequest);
    return {
      registrationId: this.#pending.add(step),
      accountId: step.accountId,
      registrationResponse,
      ...(step.draft === undefined ? {} : { draft: { ...step.draft } }),
    };
  }

  #newId(): string {
    return toHex(this.#ports.store.random.bytes(16));
  }

  #alone(profile: PatientProfile, publicKey: string): Step {
    const { accounts } = this.#ports.store;
    if (accounts.count('unverified') >= MOST_UNVERIFIED) throw new ApiError('busy');
    if (!isPossibleBirthDate(profile.birthDate, this.#ports.store.clock.now())) {
      throw new ApiError('bad-request', { detail: 'look at profile.birthDate' });
    }
    const name = `${profile.name.given} ${profile.name.family}`;
    const identity = { email: profile.email, name, publicKey, keyBound: false, profile };
    return { accountId: this.#newId(), role: 'patient', identity };
  }

  async #byCode(request: Exclude<Start, { profile: unknown }>): Promise<Step> {
    const { store, people } = this.#ports;
    const { publicKey } = request;
    const code = this.checkCode(request.code);
    const email = code.email ?? request.email;
    if (email === undefined) throw new ApiError('bad-request', { detail: 'look at email' });
    const name = code.name ?? request.name ?? (await this.#patientName(code));
    if (name === undefined) throw new ApiError('bad-request', { detail: 'look at name' });
    if (store.accounts.byEmail(email) !== undefined) throw new ApiError('email-taken');
    store.codes.countAttempt(code.id);
    const draft = code.kind === 'claim' ? await this.#claimDraft(code, publicKey) : people.draftEnrol(publicKey);
    const person = code.person === undefined ? {} : { person: code.person };
    const identity: Identity = { email, name, publicKey, keyBound: false, ...person };
    return { accountId: this.#newId(), role: code.role, identity, codeId: code.id, draft };
  }

  async #patientName({ kind, person }: OpenCode): Promise<string | undefined> {
    return kind === 'claim' && person !== undefined ? await this.#ports.patients.nameOf(idOf(person)) : undefined;
  }

  async #claimDraft({ person }: OpenCode, publicKey: string): Promise<PersonDraft> {
    const pseudonym = person === undefined ? undefined : await this.#ports.patients.pseudonymOf(idOf(person));
    if (pseudonym === undefined) throw new ApiError('code-invalid');
    return this.#ports.people.draftBind(pseudonym, publicKey);
  }

  async finish(request: Finish): Promise<{ state: 'active' | 'unverified'; transactionId?: string }> {
    const step = this.#pending.take(request.registrationId);
    if (step === undefined) throw new ApiError('sign-in-expired');
    checkPasswordRecord(this.#ports.store, request.registrationRecord);
    return step.draft === undefined
      ? this.#finishAlone(step, request)
      : await this.#finishByCode(step, step.draft, request);
  }

  /** Says the same whether the e-mail has an account already: who owns it is not told to who asks. */
  #finishAlone(step: Step, request: Finish): { state: 'unverified' } {
    const { accounts } = this.#ports.store;
    if (accounts.byEmail(step.identity.email) === undefined) this.#insert(step, request, 'unverified', undefined);
    return { state: 'unverified' };
  }

  async #finishByCode(step: Step, draft: PersonDraft, request: Finish) {
    const { store, verifier } = this.#ports;
    const { signature } = request;
    if (signature === undefined) throw new ApiError('signature-invalid');
    checkPersonSignature(verifier, draft, step.identity.publicKey, signature);
    try {
      store.transaction(() => {
        if (step.codeId === undefined || !store.codes.end(step.codeId, store.clock.now()))
          throw new ApiError('code-invalid');
        this.#insert(step, request, 'binding', { draft, signature });
      });
    } catch (error) {
      const taken = isTaken(error);
      if (taken === undefined) throw error;
      throw new ApiError(taken === 'email' ? 'email-taken' : 'already-claimed');
    }
    const transactionId = await finishBinding(this.#ports, step.accountId);
    return { state: 'active' as const, ...(transactionId === undefined ? {} : { transactionId }) };
  }

  #insert(
    { accountId, role, identity }: Step,
    { registrationRecord, vault }: Finish,
    state: AccountState,
    binding: { draft: PersonDraft; signature: string } | undefined,
  ): void {
    const { accounts, clock } = this.#ports.store;
    accounts.insert(
      {
        id: accountId,
        role,
        state,
        identity,
        passwordRecord: registrationRecord,
        vault,
        ...(binding === undefined ? {} : { binding }),
      },
      clock.now(),
    );
  }
}

function idOf(person: string): string {
  return person.slice(person.indexOf('/') + 1);
}
