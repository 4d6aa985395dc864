/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** A patient of a running node whose key this test holds, and what that key signs for the ledger. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { registerByCode } from '@clearchart/web';
import { browserAt } from '../security/test-node.fixture.ts';
import { type Fields, hex, type Key, newKey, raw, signedTransaction } from './byzantine-wire.fixture.ts';
import type { NodeProcess } from './processes.fixture.ts';

const PASSWORD = 'correct horse battery staple';
/** RFC 8410: the fixed bytes before a raw Ed25519 seed in PKCS #8. */
const PKCS8 = '302e020100300506032b657004220420';

export interface Person {
  readonly pseudonym: string;
  readonly key: Key;
}

/** Comes to the desk, gets a claim code and registers with a key of her own. */
export async function patientAt(node: NodeProcess): Promise<Person> {
  const administrator = browserAt(node.url);
  const code = node.enrolPath.split('#')[1] ?? '';
  await registerByCode(administrator, { code, password: PASSWORD, name: 'Farida Shaikh' });
  const { location } = await node.write('respond-final');
  const id = location.split('/')[4];
  const issued = await administrator.connection.request(`/api/patients/${id}/claim-code`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  const browser = browserAt(node.url);
  const seeds: Uint8Array[] = [];
  const random = {
    bytes(length: number): Uint8Array {
      const bytes = browser.random.bytes(length);
      if (length === 32) seeds.push(bytes);
      return bytes;
    },
  };
  const claim: any = await issued.json();
  await registerByCode({ ...browser, random }, { code: claim.code, email: 'asha@people.example', password: PASSWORD });
  const [held] = browser.keyring.keys;
  const seed = seeds.map((one) => Buffer.from(one).toString('hex'))[0] ?? '';
  const privateKey = createPrivateKey({ key: raw(PKCS8 + seed), format: 'der', type: 'pkcs8' });
  assert.ok(held?.pseudonym);
  return { pseudonym: held.pseudonym, key: { privateKey, publicKey: held.key.publicKey } };
}

/** L19: the person's key replaced by a new one, signed by both. */
export function keyRotation(
  chainId: string,
  { pseudonym, key }: Person,
  next: Key,
): { id: string; transaction: Fields } {
  const draft = {
    version: 1,
    chainId,
    type: 'rotate-person-key',
    body: { pseudonym, publicKey: next.publicKey },
    validUntil: Date.now() + 3_600_000,
    nonce: hex(16),
  };
  return signedTransaction(draft, [
    { signer: pseudonym, role: 'new-key', key: next },
    { signer: pseudonym, role: 'person', key },
  ]);
}

export async function offer(to: NodeProcess, transaction: unknown): Promise<{ status: number; text: string }> {
  return await to.request('/api/ledger/transactions/new', { method: 'POST', body: transaction, isAnonymous: true });
}

/** The public key that each node's final state holds under this name. */
export async function publicKeysOf(nodes: readonly NodeProcess[], name: string): Promise<string[]> {
  const proofs = nodes.map((one) => one.get(`/api/ledger/state/${encodeURIComponent(name)}/proof`));
  return (await Promise.all(proofs)).map(({ stateProof }) => stateProof.value.publicKey as string);
}

/** The old key signs nothing any more, at none of them. */
export async function assertRevoked(
  nodes: readonly NodeProcess[],
  chainId: string,
  person: Person,
  held: Key,
): Promise<void> {
  const keys = await publicKeysOf(nodes, `person/${person.pseudonym}`);
  assert.deepEqual(
    keys,
    nodes.map(() => held.publicKey),
  );
  for (const node of nodes) {
    const again = await offer(node, keyRotation(chainId, person, newKey()).transaction);
    assert.equal(again.status, 406, again.text);
    assert.match(again.text, /signature-invalid/);
  }
}
