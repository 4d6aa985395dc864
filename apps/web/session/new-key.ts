// A new key for who has lost password and words, made here with the code from the desk; and the old key's veto against one.
import { newKeyStartedSchema, newKeyWaitingSchema, vetoStartedSchema } from '@clearchart/api';
import { createVault, fromHex, toHex, type VaultContents } from '@clearchart/crypto';
import type { FlowPorts } from './flow-ports.ts';
import { newPassword } from './password.ts';
import { checkPersonalDraft, checkVetoDraft } from './personal-draft.ts';
import { wordsFromEntropy } from './recovery-words.ts';
import { prove } from './sign-in.ts';
import { importSigningKey } from './signing-key.ts';

export interface NewKeyMade {
  /** 24 words, shown once: they are kept nowhere. */
  readonly recoveryWords: readonly string[];
  /** When the new key speaks for the person, unless the old one vetoes; milliseconds. */
  readonly effectiveAt: number;
}

/** @throws RequestRefused `code-invalid` for every code that is not one of the desk for this */
export async function makeNewKey(ports: FlowPorts, code: string, password: string): Promise<NewKeyMade> {
  const { connection, random } = ports;
  const seed = random.bytes(32);
  const key = await importSigningKey(seed);
  const chosen = await newPassword(password, ports.keyStretching);
  const { registrationRequest } = chosen;
  const started = newKeyStartedSchema.parse(
    await connection.send('/api/new-key/start', { code, publicKey: key.publicKey, registrationRequest }),
  );
  const types = ['request-key-replacement'] as const;
  const draft = checkPersonalDraft(started.draft, key.publicKey, ports.now(), ports.expectedChainId(), types);
  const { chainId, organizationId, pseudonym } = draft;
  const contents: VaultContents = {
    version: 1,
    createdAt: ports.now(),
    keys: [{ chainId, organizationId, pseudonym, seed: toHex(seed) }],
    receivingSeed: toHex(random.bytes(32)),
  };
  const recoveryEntropy = random.bytes(32);
  const { registrationRecord, exportKey } = chosen.finish(started.registrationResponse);
  const { effectiveAt } = newKeyWaitingSchema.parse(
    await connection.send('/api/new-key/finish', {
      newKeyId: started.newKeyId,
      registrationRecord,
      vault: createVault(ports, started.accountId, contents, { exportKey, recoveryEntropy }),
      signature: await draft.sign(key),
    }),
  );
  return { recoveryWords: wordsFromEntropy(recoveryEntropy), effectiveAt };
}

/** The password opens the old key once more. @throws RequestRefused `sign-in-failed`, or `wrong-state` when nothing waits any more */
export async function vetoNewKey(ports: FlowPorts, email: string, password: string): Promise<void> {
  const { connection } = ports;
  const { contents } = await prove(ports, email, password);
  const [held] = contents.keys;
  if (held === undefined) throw new Error('The vault holds no key');
  const { draft } = vetoStartedSchema.parse(await connection.send('/api/account/new-key/veto/start'));
  const sign = checkVetoDraft(draft, held.pseudonym, ports.now(), ports.expectedChainId());
  const signature = await sign(await importSigningKey(fromHex(held.seed)));
  await connection.send('/api/account/new-key/veto/finish', { signature });
}
