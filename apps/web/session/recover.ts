// A forgotten password: the mailed link shows whose mailbox it is, the 24 words open the vault, the key in it proves whose it is, and a new password is set.
import { recoveryMessage, recoveryStartedSchema, type Session, signedInSchema } from '@clearchart/api';
import { fromHex, openVault, rewrapVault, toHex } from '@clearchart/crypto';
import { RequestRefused } from './connection.ts';
import type { FlowPorts } from './flow-ports.ts';
import { newPassword } from './password.ts';
import { entropyFromWords } from './recovery-words.ts';
import { importSigningKey } from './signing-key.ts';

const failed = (): RequestRefused =>
  new RequestRefused(
    401,
    {
      type: 'about:blank',
      status: 401,
      code: 'recovery-failed',
      title: 'E-mail and recovery words do not belong together',
    },
    undefined,
  );

/** By the code of the mailed link, or by e-mail where the hospital sends no mail. */
export type RecoveryStart = { readonly code: string } | { readonly email: string };

/** @throws RequestRefused `recovery-failed` for wrong words and for an unknown e-mail alike. */
export async function recover(
  ports: FlowPorts,
  start: RecoveryStart,
  words: string | readonly string[],
  password: string,
): Promise<Session> {
  const { connection } = ports;
  const recoveryEntropy = entropyFromWords(words);
  if (recoveryEntropy === undefined) throw failed();
  const chosen = await newPassword(password, ports.keyStretching);
  const started = recoveryStartedSchema.parse(
    await connection.send('/api/recovery/start', { ...start, registrationRequest: chosen.registrationRequest }),
  );
  const { accountId, challenge } = started;
  const opened = openVault(ports.aead, accountId, started.vault, { recoveryEntropy });
  const held = opened?.contents.keys[0];
  if (opened === undefined || held === undefined) throw failed();
  const { registrationRecord, exportKey } = chosen.finish(started.registrationResponse);
  const vault = rewrapVault(ports, accountId, started.vault, opened.vaultKey, exportKey);
  const key = await importSigningKey(fromHex(held.seed));
  const message = recoveryMessage({ accountId, challenge, registrationRecord, vault });
  const { session } = signedInSchema.parse(
    await connection.send('/api/recovery/finish', {
      recoveryId: started.recoveryId,
      registrationRecord,
      vault,
      publicKey: key.publicKey,
      signature: toHex(await key.sign(message)),
    }),
  );
  connection.setCsrfToken(session.csrfToken);
  await ports.keyring.fill(session.accountId, opened.contents);
  return session;
}
