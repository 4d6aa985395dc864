/**
 * A forgotten password. Where mail is sent the vault's recovery part goes to whoever opens the mailed link; else to whoever
 * names the e-mail: without the 24 words it is noise, and for an unknown e-mail it is noise from the start, always the same.
 * What counts is a signature by the key inside.
 */
import { type RecoveryVault, recoveryMessage, type StoredVault } from '@clearchart/api';
import { concatBytes, fromHex, toBase64Url, toHex } from '@clearchart/crypto';
import { ApiError } from '../http/errors.ts';
import { answerRegistration, checkPasswordRecord } from './opaque.ts';
import { MailedLink } from './mailed-link.ts';
import { Pending } from './pending.ts';
import type { AccountsPorts } from './ports.ts';
import type { Asking, Device, SignedInHere, SignIn } from './sign-in.ts';
import { checkOnlyPasswordChanges } from './vault-change.ts';

const PENDING = { goodForMs: 5 * 60_000, most: 2_000 };
/** Envelope of a 32-byte key, and of one step of vault contents: version, nonce, text, tag. */
const WRAP_BYTES = 1 + 12 + 32 + 16;
const CONTENTS_BYTES = 1 + 12 + 1_024 + 16;

interface Step {
  /** Undefined for an e-mail without an account. */
  readonly accountId: string | undefined;
  readonly userIdentifier: string;
  readonly challenge: string;
  /** Of the mailed link. */
  readonly codeId?: string;
}

/** Whose password, and by what it is known that the person asks. */
export type RecoveryStart = { readonly email: string } | { readonly code: string };

export interface RecoveryProof {
  readonly recoveryId: string;
  readonly registrationRecord: string;
  readonly vault: StoredVault;
  readonly publicKey: string;
  readonly signature: string;
}

export class Recovery {
  readonly #ports: AccountsPorts;
  readonly #signIn: SignIn;
  readonly #pending: Pending<Step>;
  /** Undefined where no mail is sent. */
  readonly mailedLink: MailedLink | undefined;

  constructor(ports: AccountsPorts, signIn: SignIn) {
    this.#ports = ports;
    this.#signIn = signIn;
    this.#pending = new Pending(PENDING, ports.store);
    this.mailedLink = ports.letters === undefined ? undefined : new MailedLink(ports, ports.letters, signIn);
  }

  /** @throws ApiError `recovery-needs-mail` for an e-mail where mail is sent, known or not. */
  start(start: RecoveryStart, registrationRequest: string, asking: Asking) {
    const { store } = this.#ports;
    const found = 'code' in start ? this.#byCode(start.code) : this.#byEmail(start.email, asking);
    const { accountId, userIdentifier } = found;
    const vault = accountId === undefined ? undefined : store.accounts.vaultOf(accountId);
    const registrationResponse = answerRegistration(store, userIdentifier, registrationRequest);
    const challenge = toBase64Url(store.random.bytes(32));
    return {
      recoveryId: this.#pending.add({ ...found, challenge }),
      accountId: accountId ?? toHex(store.sealing.stream('no-account/id', userIdentifier, 16)),
      challenge,
      vault: vault === undefined ? this.#noise(userIdentifier) : withoutPasswordWrap(vault),
      registrationResponse,
    };
  }

  #byEmail(email: string, asking: Asking): Omit<Step, 'challenge'> {
    if (this.mailedLink !== undefined) throw new ApiError('recovery-needs-mail');
    const { accounts } = this.#ports.store;
    const userIdentifier = accounts.userIdentifier(email);
    this.#signIn.attempts.begin(`recovery ${userIdentifier}`, this.#signIn.originOf(userIdentifier, asking));
    return { accountId: accounts.byEmail(email)?.id, userIdentifier };
  }

  #byCode(code: string): Omit<Step, 'challenge'> {
    const { accounts } = this.#ports.store;
    const found = this.mailedLink?.open(code);
    const account = found === undefined ? undefined : accounts.byId(found.accountId);
    if (found === undefined || account === undefined || account.state === 'deactivated')
      throw new ApiError('code-invalid');
    const userIdentifier = accounts.userIdentifier(account.identity.email);
    return { accountId: account.id, userIdentifier, codeId: found.id };
  }

  #noise(userIdentifier: string): RecoveryVault {
    const { sealing } = this.#ports.store;
    const envelope = (use: string, bytes: number): string =>
      toBase64Url(concatBytes(Uint8Array.of(1), sealing.stream(use, userIdentifier, bytes - 1)));
    return {
      version: 1,
      wraps: { recovery: envelope('no-account/wrap', WRAP_BYTES) },
      sealed: envelope('no-account/vault', CONTENTS_BYTES),
    };
  }

  /** Sets the new password and ends every other session. @throws ApiError `recovery-failed`, one answer for all. */
  finish(proof: RecoveryProof, device: Device): SignedInHere {
    const { store, verifier, letters } = this.#ports;
    const step = this.#pending.take(proof.recoveryId);
    if (step === undefined) throw new ApiError('sign-in-expired');
    checkPasswordRecord(store, proof.registrationRecord);
    const { accountId, challenge, userIdentifier, codeId } = step;
    const account = accountId === undefined ? undefined : store.accounts.byId(accountId);
    const open = account?.state === 'active' || account?.state === 'unverified';
    if (account === undefined || !open || account.identity.publicKey !== proof.publicKey) {
      throw new ApiError('recovery-failed');
    }
    const message = recoveryMessage({ accountId: account.id, challenge, ...proof });
    if (!verifier.verify(fromHex(proof.publicKey), message, fromHex(proof.signature))) {
      throw new ApiError('recovery-failed');
    }
    checkOnlyPasswordChanges(store.accounts.vaultOf(account.id), proof.vault);
    const origin = this.#signIn.originOf(userIdentifier, device);
    this.#signIn.attempts.succeeded(`recovery ${userIdentifier}`, origin);
    this.#signIn.attempts.succeeded(userIdentifier, origin);
    store.transaction(() => {
      if (codeId !== undefined && !store.codes.end(codeId, store.clock.now())) throw new ApiError('code-invalid');
      store.codes.endRecoveryOf(account.id);
      store.accounts.setPassword(account.id, proof.registrationRecord, proof.vault);
      store.sessions.endAll(account.id);
    });
    letters?.passwordChanged(account.identity.email);
    return this.#signIn.openSession(account.id, device);
  }
}

function withoutPasswordWrap({ version, wraps, sealed }: StoredVault): RecoveryVault {
  return { version, wraps: { recovery: wraps.recovery }, sealed };
}
