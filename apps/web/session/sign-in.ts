// Sign-in and what needs the password again: a first key that the desk has cleared, a new password.
import {
  keyStartedSchema,
  passwordStartedSchema,
  type Session,
  signedInSchema,
  signInStartedSchema,
} from '@clearchart/api';
import {
  fromHex,
  openVault,
  type OpenVault,
  renewRecovery,
  rewrapVault,
  updateVault,
  type Vault,
} from '@clearchart/crypto';
import { RequestRefused } from './connection.ts';
import type { FlowPorts } from './flow-ports.ts';
import { newPassword, provePassword } from './password.ts';
import { checkPersonalDraft } from './personal-draft.ts';
import { readSession } from './read-session.ts';
import { wordsFromEntropy } from './recovery-words.ts';
import { importSigningKey } from './signing-key.ts';

interface Opened extends OpenVault {
  readonly session: Session;
  readonly vault: Vault;
}

/** @throws RequestRefused `sign-in-failed` for a wrong password and an unknown e-mail alike. */
export async function signIn(ports: FlowPorts, email: string, password: string): Promise<Session> {
  return await bindFirstKey(ports, await prove(ports, email, password));
}

/** The password opens the vault in this tab. */
export async function prove(ports: FlowPorts, email: string, password: string): Promise<Opened> {
  const { connection } = ports;
  const proof = await provePassword(password, ports.keyStretching);
  const newKeyProof = await provePassword(password, ports.keyStretching);
  const started = signInStartedSchema.parse(
    await connection.send('/api/session/start', {
      email,
      startLoginRequest: proof.startLoginRequest,
      startNewKeyLoginRequest: newKeyProof.startLoginRequest,
    }),
  );
  const standing = proof.finish(started.loginResponse);
  const done = standing ?? newKeyProof.finish(started.newKeyLoginResponse);
  if (done === undefined) {
    // The node is told nothing: it counts an attempt that was begun and not finished.
    throw new RequestRefused(
      401,
      {
        type: 'about:blank',
        status: 401,
        code: 'sign-in-failed',
        title: 'E-mail and password do not belong together',
      },
      undefined,
    );
  }
  const { signInId } = started;
  const { session, vault } = await connection.changingSession(async () => {
    const signedIn = signedInSchema.parse(
      await connection.send('/api/session/finish', {
        signInId,
        finishLoginRequest: done.finishLoginRequest,
        withNewKey: standing === undefined,
      }),
    );
    connection.setCsrfToken(signedIn.session.csrfToken);
    return signedIn;
  });
  const opened = openVault(ports.aead, session.accountId, vault, { exportKey: done.exportKey });
  if (opened === undefined) throw new Error('The vault does not open: the node has not given back what was stored');
  await ports.keyring.fill(session.accountId, opened.contents);
  return { session, vault, ...opened };
}

/** After the desk has checked who registered alone: the key made then is bound now. */
async function bindFirstKey(ports: FlowPorts, { session, vault, vaultKey, contents }: Opened): Promise<Session> {
  const [held] = contents.keys;
  if (session.keyBound || session.state !== 'active' || held === undefined) return session;
  const key = await importSigningKey(fromHex(held.seed));
  const { draft } = keyStartedSchema.parse(await ports.connection.send('/api/account/key/start'));
  const checked = checkPersonalDraft(draft, key.publicKey, ports.now(), ports.expectedChainId());
  const { chainId, organizationId, pseudonym } = checked;
  const filled = { ...contents, keys: [{ chainId, organizationId, pseudonym, seed: held.seed }] };
  await ports.connection.send('/api/account/key/finish', {
    signature: await checked.sign(key),
    vault: updateVault(ports, session.accountId, vault, vaultKey, filled),
  });
  await ports.keyring.fill(session.accountId, filled);
  return (await readSession(ports.connection)) ?? session;
}

export async function signOut(ports: FlowPorts): Promise<void> {
  try {
    await ports.connection.send('/api/session', undefined, 'DELETE');
  } finally {
    // Also when the session had ended by itself: no key stays open.
    ports.connection.setCsrfToken(undefined);
    ports.keyring.empty();
  }
}

/** Other devices are signed out; keys and recovery words stay. */
export async function changePassword(ports: FlowPorts, email: string, oldText: string, newText: string): Promise<void> {
  const { session, vault, vaultKey } = await prove(ports, email, oldText);
  const next = await newPassword(newText, ports.keyStretching);
  const { registrationResponse } = passwordStartedSchema.parse(
    await ports.connection.send('/api/account/password/start', { registrationRequest: next.registrationRequest }),
  );
  const { registrationRecord, exportKey } = next.finish(registrationResponse);
  await ports.connection.send('/api/account/password/finish', {
    registrationRecord,
    vault: rewrapVault(ports, session.accountId, vault, vaultKey, exportKey),
  });
}

/** The 24 words that count from now on, shown once; the words before end. Keys and password stay. */
export async function makeNewWords(ports: FlowPorts, email: string, password: string): Promise<readonly string[]> {
  const { session, vault, vaultKey } = await prove(ports, email, password);
  const entropy = ports.random.bytes(32);
  const renewed = renewRecovery(ports, session.accountId, vault, vaultKey, entropy);
  await ports.connection.send('/api/account/recovery-words', { vault: renewed });
  return wordsFromEntropy(entropy);
}
