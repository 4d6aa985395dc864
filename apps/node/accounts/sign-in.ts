/** Signing in, the session that follows, a new password, and a first key once the desk has checked whose it is. */
import type { Session, StoredVault } from '@clearchart/api';
import type { Authentication, SessionHandle } from '../http/access.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import type { Account, Identity } from './account-table.ts';
import { deskNumberOf } from './desk-number.ts';
import { Attempts, type Origin } from './attempts.ts';
import { checkPersonSignature, finishBinding, isKeyBound } from './key-binding.ts';
import { checkJustSignedIn } from './just-signed-in.ts';
import { KnownDevices } from './known-devices.ts';
import { tellOfNewDevice } from './new-device.ts';
import { answerRegistration, answerSignIn, checkPasswordRecord, checkSignIn } from './opaque.ts';
import { Pending } from './pending.ts';
import type { PersonDraft } from './person-draft.ts';
import type { AccountsPorts } from './ports.ts';
import type { OpenedSession, SessionRow } from './session-table.ts';
import { dueNewKey, takeCompletedNewKey, takeNewKey } from './take-new-key.ts';
import { checkOnlyContentsChange, checkOnlyPasswordChanges } from './vault-change.ts';

const PENDING = { goodForMs: 2 * 60_000, most: 10_000 };

/** Where a request comes from, before it is known to whose account. */
export interface Asking {
  /** IP address. */
  readonly address: string;
  /** As the browser sent it; undefined when it sent none. */
  readonly knownDeviceCookie: string | undefined;
}

export interface Device extends Asking {
  readonly name: string;
  /** The session this browser came with, if any: it ends when another begins. */
  readonly before: SessionHandle | undefined;
}

export interface SignedInHere {
  readonly opened: OpenedSession;
  /** For the cookie by which this browser is known from now on. */
  readonly knownDevice: string;
  readonly answer: { readonly session: Session; readonly vault: StoredVault };
}

interface Step {
  readonly accountId: string | undefined;
  readonly userIdentifier: string;
  readonly standing: Proving;
  /** Answered for every account, made up where no new key is due. */
  readonly newKey: Proving & { readonly publicKey: string | undefined };
}

/** A password on its way to be proved. */
interface Proving {
  readonly serverLoginState: string;
  /** What the password is proved against; undefined where the answer was made up. */
  readonly passwordRecord: string | undefined;
}

/** Two first messages of OPAQUE: for the password that counts, and for that of a new key which may be due. */
export interface SignInStart {
  readonly email: string;
  readonly startLoginRequest: string;
  readonly startNewKeyLoginRequest: string;
}

export interface SignInFinish {
  readonly signInId: string;
  readonly finishLoginRequest: string;
  /** Which of the two passwords it proves. */
  readonly withNewKey: boolean;
}

export class SignIn implements Authentication {
  readonly cookieName: string;
  readonly knownDeviceCookieName: string;
  readonly attempts: Attempts;
  readonly #knownDevices: KnownDevices;
  readonly #ports: AccountsPorts;
  readonly #pending: Pending<Step>;
  readonly #drafts = new Map<string, PersonDraft>();

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#pending = new Pending(PENDING, ports.store);
    this.attempts = new Attempts(ports.store);
    this.#knownDevices = new KnownDevices(ports.store);
    const own = `clearchart-${ports.organization.slice(0, 8)}`;
    this.cookieName = ports.overTls ? `__Host-${own}` : own;
    this.knownDeviceCookieName = `${this.cookieName}-device`;
  }

  bySession(secret: string, isUse: boolean): SessionHandle | undefined {
    const { sessions, accounts, clock } = this.#ports.store;
    const row = sessions.find(secret, clock.now(), isUse);
    const account = row === undefined ? undefined : accounts.byId(row.accountId);
    if (row === undefined || account === undefined) return undefined;
    if (account.state !== 'active' && account.state !== 'unverified') return undefined;
    const csrfToken = sessions.csrfToken(secret);
    return { caller: callerOf(account), sessionId: row.id, accountId: account.id, csrfToken, state: account.state };
  }

  byToken(token: string): Caller | undefined {
    return this.#ports.store.tokens.find(token, this.#ports.store.clock.now());
  }

  /** Whose brakes a try at this account counts on. */
  originOf(userIdentifier: string, { address, knownDeviceCookie }: Asking): Origin {
    const now = this.#ports.store.clock.now();
    return { address, knownDevice: this.#knownDevices.deviceOf(knownDeviceCookie, userIdentifier, now) };
  }

  start({ email, startLoginRequest, startNewKeyLoginRequest }: SignInStart, asking: Asking) {
    const { store } = this.#ports;
    const userIdentifier = store.accounts.userIdentifier(email);
    this.attempts.begin(userIdentifier, this.originOf(userIdentifier, asking));
    const account = store.accounts.byEmail(email);
    if (account !== undefined) takeCompletedNewKey(this.#ports, account.id);
    const passwordRecord = account === undefined ? undefined : store.accounts.passwordRecordOf(account.id);
    const standing = answerSignIn(store, userIdentifier, passwordRecord, startLoginRequest);
    const due = account === undefined ? undefined : dueNewKey(this.#ports, account);
    const next = answerSignIn(store, userIdentifier, due?.passwordRecord, startNewKeyLoginRequest);
    const step: Step = {
      accountId: account?.id,
      userIdentifier,
      standing: { serverLoginState: standing.serverLoginState, passwordRecord },
      newKey: {
        serverLoginState: next.serverLoginState,
        passwordRecord: due?.passwordRecord,
        publicKey: due?.publicKey,
      },
    };
    return {
      signInId: this.#pending.add(step),
      loginResponse: standing.loginResponse,
      newKeyLoginResponse: next.loginResponse,
    };
  }

  async finish({ signInId, finishLoginRequest, withNewKey }: SignInFinish, device: Device): Promise<SignedInHere> {
    const step = this.#pending.take(signInId);
    if (step === undefined) throw new ApiError('sign-in-expired');
    const { serverLoginState, passwordRecord } = withNewKey ? step.newKey : step.standing;
    if (!checkSignIn(serverLoginState, finishLoginRequest) || step.accountId === undefined) {
      throw new ApiError('sign-in-failed');
    }
    const { publicKey } = step.newKey;
    if (withNewKey && (publicKey === undefined || !(await takeNewKey(this.#ports, step.accountId, publicKey)))) {
      throw new ApiError('sign-in-failed');
    }
    // A registration that a crash cut short is finished by who began it.
    await finishBinding(this.#ports, step.accountId);
    // The password may have been changed since this sign-in began. Nothing is awaited between here and the session.
    if (this.#ports.store.accounts.passwordRecordOf(step.accountId) !== passwordRecord) {
      throw new ApiError('sign-in-failed');
    }
    const origin = this.originOf(step.userIdentifier, device);
    this.attempts.succeeded(step.userIdentifier, origin);
    const signedIn = this.openSession(step.accountId, device);
    const isFirst = signedIn.opened.signedInBefore === undefined;
    // A new key that took effect has a letter of its own.
    if (origin.knownDevice === undefined && !isFirst && !withNewKey) tellOfNewDevice(this.#ports, step.accountId);
    return signedIn;
  }

  /** @throws ApiError `account-inactive` */
  openSession(accountId: string, device: Device): SignedInHere {
    const { store } = this.#ports;
    const account = store.accounts.byId(accountId);
    if (account === undefined || (account.state !== 'active' && account.state !== 'unverified')) {
      throw new ApiError('account-inactive');
    }
    const now = store.clock.now();
    const opened = store.transaction(() => {
      if (device.before !== undefined) store.sessions.end(device.before.accountId, device.before.sessionId);
      store.accounts.signedIn(accountId, now);
      return store.sessions.open(accountId, device.name, now, account.lastSignInAt);
    });
    const vault = store.accounts.vaultOf(accountId);
    if (vault === undefined) throw new Error('an account has no vault');
    const userIdentifier = store.accounts.userIdentifier(account.identity.email);
    const knownDevice = this.#knownDevices.remember(device.knownDeviceCookie, userIdentifier, now);
    return { opened, knownDevice, answer: { session: this.#describe(account, opened, opened.secret), vault } };
  }

  /** What the browser is told about the session with this secret. */
  describe(secret: string): Session | undefined {
    const { sessions, accounts, clock } = this.#ports.store;
    const row = sessions.find(secret, clock.now(), false);
    const account = row === undefined ? undefined : accounts.byId(row.accountId);
    return row === undefined || account === undefined ? undefined : this.#describe(account, row, secret);
  }

  #describe(account: Account, row: SessionRow, secret: string): Session {
    const { name, email, person, pseudonym } = account.identity;
    return {
      accountId: account.id,
      role: account.role,
      ...(account.state === 'unverified'
        ? { state: 'unverified', deskNumber: deskNumberOf(this.#ports.store.sealing, account.id) }
        : { state: 'active' }),
      name,
      email,
      ...(person === undefined ? {} : { person }),
      ...(pseudonym === undefined ? {} : { pseudonym }),
      keyBound: isKeyBound(this.#ports, account.identity),
      csrfToken: this.#ports.store.sessions.csrfToken(secret),
      signedInAt: row.createdAt,
      ...(row.signedInBefore === undefined ? {} : { lastSignInAt: row.signedInBefore }),
      expiresAt: row.expiresAt,
    };
  }

  startPassword({ accountId }: SessionHandle, registrationRequest: string): { registrationResponse: string } {
    const { store } = this.#ports;
    const userIdentifier = store.accounts.userIdentifier(this.#own(accountId).identity.email);
    return { registrationResponse: answerRegistration(store, userIdentifier, registrationRequest) };
  }

  /** @throws ApiError `sign-in-again` when the old password was not given within the last five minutes. */
  finishPassword(session: SessionHandle, registrationRecord: string, vault: StoredVault): void {
    const { store } = this.#ports;
    const { accountId, sessionId } = session;
    checkJustSignedIn(store, session);
    checkPasswordRecord(store, registrationRecord);
    checkOnlyPasswordChanges(store.accounts.vaultOf(accountId), vault);
    store.transaction(() => {
      store.accounts.setPassword(accountId, registrationRecord, vault);
      store.sessions.endAll(accountId, sessionId);
      // A link that was mailed before sets no other password after this one.
      store.codes.endRecoveryOf(accountId);
    });
    this.#ports.letters?.passwordChanged(this.#own(accountId).identity.email);
  }

  /** For who registered alone and has been checked, and for whose first transaction expired before it was mined. */
  async startKey({ accountId }: SessionHandle): Promise<{ draft: PersonDraft }> {
    const { identity, state, role } = this.#own(accountId);
    if (state !== 'active' || isKeyBound(this.#ports, identity)) throw new ApiError('wrong-state');
    const draft =
      role === 'patient' ? await this.#bindDraft(identity) : this.#ports.people.draftEnrol(identity.publicKey);
    if (this.#drafts.size >= PENDING.most) this.#drafts.clear();
    this.#drafts.set(accountId, draft);
    return { draft };
  }

  async #bindDraft({ person, publicKey }: Identity): Promise<PersonDraft> {
    const { patients, people } = this.#ports;
    const pseudonym = person === undefined ? undefined : await patients.pseudonymOf(person.slice('Patient/'.length));
    if (pseudonym === undefined) throw new ApiError('wrong-state');
    return people.draftBind(pseudonym, publicKey);
  }

  async finishKey(
    { accountId }: SessionHandle,
    signature: string,
    vault: StoredVault,
  ): Promise<{ transactionId: string }> {
    const { store, verifier } = this.#ports;
    const draft = this.#drafts.get(accountId);
    if (draft === undefined) throw new ApiError('sign-in-expired');
    const { identity } = this.#own(accountId);
    if (isKeyBound(this.#ports, identity)) throw new ApiError('wrong-state');
    checkPersonSignature(verifier, draft, identity.publicKey, signature);
    checkOnlyContentsChange(store.accounts.vaultOf(accountId), vault);
    this.#drafts.delete(accountId);
    store.transaction(() => {
      store.accounts.setVault(accountId, vault);
      store.accounts.setBinding(accountId, { draft, signature });
    });
    const transactionId = await finishBinding(this.#ports, accountId);
    if (transactionId === undefined) throw new ApiError('wrong-state');
    return { transactionId };
  }

  #own(accountId: string): Account {
    const account = this.#ports.store.accounts.byId(accountId);
    if (account === undefined) throw new ApiError('bad-credentials');
    return account;
  }
}

function callerOf({ id, role, identity: { name, person, pseudonym } }: Account): Caller {
  return {
    role,
    accountId: id,
    ...(person === undefined ? {} : { person }),
    ...(pseudonym === undefined ? {} : { pseudonym }),
    name,
  };
}
