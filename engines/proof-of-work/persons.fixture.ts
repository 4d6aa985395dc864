import { toHex } from '@clearchart/crypto';
import { type Pseudonym, type PublicKey, type Transaction, signTransaction } from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';
import type { MadeChain } from './made-chain.fixture.ts';
import { seededBytes } from './test-ledger.fixture.ts';

/** Persons of one member, enrolled on the head, each of whom signs alone that it has another key. */
export async function keyChangesOf(made: MadeChain, member: number, count: number): Promise<Transaction[]> {
  const { organization, signer } = made.network.member(member);
  made.now = Date.now() - 5_000;
  const persons = Array.from({ length: count }, (_, index) => {
    const pseudonym = toHex(seededBytes(`person ${index} of ${member}`, 16)) as Pseudonym;
    const [key, next] = ['first', 'next'].map((name) => createSigner(seededBytes(`${name} key of ${pseudonym}`)));
    if (key === undefined || next === undefined) throw new Error('two keys were made');
    return { pseudonym, key, next };
  });
  const enrolments = persons.map(({ pseudonym, key }) => {
    const body = { organization, pseudonym, publicKey: toHex(key.publicKey) as PublicKey };
    return signTransaction(made.draft('enrol-person', body), [
      { signer: organization, role: 'organization', key: signer },
      { signer: pseudonym, role: 'new-key', key },
    ]);
  });
  const { head } = made.chain.tree;
  await made.grow(head, member, enrolments, made.now - head.time);
  return persons.map(({ pseudonym, key, next }) =>
    signTransaction(made.draft('rotate-person-key', { pseudonym, publicKey: toHex(next.publicKey) as PublicKey }), [
      { signer: pseudonym, role: 'new-key', key: next },
      { signer: pseudonym, role: 'person', key },
    ]),
  );
}
