// A new account: the password record, a key and a vault are made here; the node gets what it can check but not open.
import {
  type CodeChecked,
  codeCheckedSchema,
  type PatientProfile,
  registeredSchema,
  registrationStartedSchema,
  type Session,
} from '@clearchart/api';
import { createVault, toHex, type VaultContents } from '@clearchart/crypto';
import type { FlowPorts } from './flow-ports.ts';
import { newPassword } from './password.ts';
import { checkPersonalDraft } from './personal-draft.ts';
import { wordsFromEntropy } from './recovery-words.ts';
import { signIn } from './sign-in.ts';
import { importSigningKey } from './signing-key.ts';

export interface Registered {
  readonly session: Session;
  /** 24 words, shown once: they are kept nowhere. */
  readonly recoveryWords: readonly string[];
}

const NO_CHAIN = '0'.repeat(64);
const NO_ORGANIZATION = '0'.repeat(32);

export async function checkCode({ connection }: Pick<FlowPorts, 'connection'>, code: string): Promise<CodeChecked> {
  return codeCheckedSchema.parse(await connection.send('/api/codes/check', { code }));
}

export interface CodeRegistration {
  readonly code: string;
  readonly password: string;
  /** Needed for a claim; an invitation knows it. */
  readonly email?: string;
  /** Needed for the first administrator. */
  readonly name?: string;
}

/** The first administrator, an invited person, or a patient with a claim code. */
export async function registerByCode(ports: FlowPorts, registration: CodeRegistration): Promise<Registered> {
  const { code, password, email } = registration;
  const known = email ?? (await checkCode(ports, code)).email;
  if (known === undefined) throw new RangeError('register: a claim needs an e-mail');
  const recoveryWords = await enrolByCode(ports, registration);
  return { session: await signIn(ports, known, password), recoveryWords };
}

/** The same without signing in afterwards; resolves to the recovery words. */
export function enrolByCode(ports: FlowPorts, registration: CodeRegistration): Promise<readonly string[]> {
  const { code, password, email, name } = registration;
  const about = { code, ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) };
  return makeAccount(ports, about, password);
}

/** A patient without a code; the desk checks the account before it sees anything. */
export async function registerPatient(
  ports: FlowPorts,
  profile: PatientProfile,
  password: string,
): Promise<Registered> {
  const recoveryWords = await makeAccount(ports, { profile }, password);
  return { session: await signIn(ports, profile.email, password), recoveryWords };
}

async function makeAccount(ports: FlowPorts, about: object, password: string): Promise<readonly string[]> {
  const { connection, random } = ports;
  const seed = random.bytes(32);
  const key = await importSigningKey(seed);
  const chosen = await newPassword(password, ports.keyStretching);
  const started = registrationStartedSchema.parse(
    await connection.send('/api/registration/start', {
      ...about,
      publicKey: key.publicKey,
      registrationRequest: chosen.registrationRequest,
    }),
  );
  const draft =
    started.draft === undefined
      ? undefined
      : checkPersonalDraft(started.draft, key.publicKey, ports.now(), ports.expectedChainId());
  const contents: VaultContents = {
    version: 1,
    createdAt: ports.now(),
    keys: [
      {
        chainId: draft?.chainId ?? NO_CHAIN,
        organizationId: draft?.organizationId ?? NO_ORGANIZATION,
        pseudonym: draft?.pseudonym ?? null,
        seed: toHex(seed),
      },
    ],
    receivingSeed: toHex(random.bytes(32)),
  };
  const recoveryEntropy = random.bytes(32);
  const { registrationRecord, exportKey } = chosen.finish(started.registrationResponse);
  registeredSchema.parse(
    await connection.send('/api/registration/finish', {
      registrationId: started.registrationId,
      registrationRecord,
      vault: createVault(ports, started.accountId, contents, { exportKey, recoveryEntropy }),
      ...(draft === undefined ? {} : { signature: await draft.sign(key) }),
    }),
  );
  return wordsFromEntropy(recoveryEntropy);
}
