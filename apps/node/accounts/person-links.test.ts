/** One person with an account at each of two hospitals, whose browser carries codes from one page to the other. */
import { type LinkedSide, type PersonLink, sha256, toHex, utf8 } from '@clearchart/crypto';
import { nodeVerifier } from '@clearchart/node-crypto';
import {
  answerOffer,
  checkLinkCode,
  forgetLink,
  keepLink,
  LinkRefused,
  offerLink,
  readLinkCode,
  registerByCode,
  RequestRefused,
  signIn,
  writeLinkCode,
  type CarriedLink,
  type LinkCode,
} from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL as email, type Browser, openTestHospital } from './flows.fixture.ts';

const COAST = 'e'.repeat(32);
const city = await openTestHospital();
const coast = await openTestHospital(undefined, COAST);
after(async () => {
  await city.close();
  await coast.close();
});
const [cityPassword, coastPassword] = ['correct horse battery', 'another long password'];
const atCity = city.browser();
const atCoast = coast.browser();
await registerByCode(atCity, { code: city.enrolmentCode, name: 'Ada', password: cityPassword });
await registerByCode(atCoast, { code: coast.enrolmentCode, name: 'Ada', password: coastPassword });
await signIn(atCity, email, cityPassword);
await signIn(atCoast, email, coastPassword);

const sideOf = ({ keyring }: Browser): LinkedSide => {
  const [held] = keyring.keys;
  assert.ok(held !== undefined && held.pseudonym !== null);
  return { organizationId: held.organizationId, pseudonym: held.pseudonym, publicKey: held.key.publicKey };
};
const [cityAda, coastAda] = [sideOf(atCity), sideOf(atCoast)];
/** What the ledger says; a proof of it names the pseudonym alone here. */
const known = new Map([cityAda, coastAda].map((side) => [side.pseudonym, side]));
const checks = {
  verifier: nodeVerifier,
  proofOf: (pseudonym: string) => Promise.resolve({ of: pseudonym }),
  ownPlace: () => Promise.resolve(undefined),
  speaksFor: (side: LinkedSide, proof: unknown) => {
    if (proof === null) return Promise.resolve(undefined);
    const { of: pseudonym } = proof as { of: string };
    const now = known.get(pseudonym);
    if (pseudonym !== side.pseudonym || now?.organizationId !== side.organizationId)
      return Promise.resolve('no' as const);
    return Promise.resolve(now.publicKey === side.publicKey ? ('yes' as const) : ('key-changed' as const));
  },
};
const cityLogin = { email, password: cityPassword };
const coastLogin = { email, password: coastPassword };
const linksOf = ({ keyring }: Browser): PersonLink[] => keyring.links.map(({ link: one }) => one);
const offered = () => offerLink(atCity, checks, COAST);

const refusedWith = (fault: string) => (error: unknown) => {
  assert.ok(error instanceof LinkRefused, String(error));
  assert.equal(error.fault, fault);
  return true;
};

let carried: CarriedLink;
let link: PersonLink;

test('A43 an offer that the other hospital confirms is in both vaults, and opens there with the password', async () => {
  const code = readLinkCode(`https://coast.example/account/link#${writeLinkCode(await offered())}`);
  assert.ok(code !== undefined && 'offer' in code);
  carried = await answerOffer(atCoast, checks, coastLogin, code);
  ({ link } = carried);
  const back = readLinkCode(writeLinkCode(carried));
  assert.ok(back !== undefined && 'link' in back);
  await keepLink(atCity, checks, cityLogin, back);
  for (const [hospital, password, other] of [
    [city, cityPassword, coastAda],
    [coast, coastPassword, cityAda],
  ] as const) {
    const fresh = hospital.browser();
    await signIn(fresh, email, password);
    assert.deepEqual(fresh.keyring.links, [{ link, other, isOfThisKey: true }]);
  }
});

test('A43 neither node learns who somebody is at the other', async () => {
  for (const [hospital, other] of [
    [city, coastAda],
    [coast, cityAda],
  ] as const) {
    const account = hospital.store.accounts.byEmail(email);
    const stored = JSON.stringify([account, hospital.store.accounts.vaultOf(account?.id ?? ''), hospital.logged]);
    assert.equal(stored.includes(other.pseudonym), false);
    assert.equal(stored.includes(other.publicKey), false);
  }
});

test('A43 the same pseudonym again takes the place of its link; a link is forgotten in the vault where that was asked', async () => {
  await keepLink(atCity, checks, cityLogin, carried);
  assert.deepEqual(linksOf(atCity), [link]);
  await forgetLink(atCity, cityLogin, { ...coastAda, pseudonym: '0'.repeat(32) });
  assert.deepEqual(linksOf(atCity), [link]);
  await forgetLink(atCity, cityLogin, coastAda);
  assert.deepEqual(linksOf(atCity), []);
  await signIn(atCoast, email, coastPassword);
  assert.deepEqual(linksOf(atCoast), [link]);
});

test('A43 an offer is confirmed at its hospital, in its hour, when its own key has signed it and speaks for its pseudonym', async () => {
  const { offer, proof } = await offered();
  const answer = (changed: Partial<typeof offer>, at = atCoast, login = coastLogin, shown = proof) =>
    answerOffer(at, checks, login, { offer: { ...offer, ...changed }, proof: shown });
  await assert.rejects(answer({ chainId: 'f'.repeat(64) }), refusedWith('other-chain'));
  await assert.rejects(answer({}, atCity, cityLogin), refusedWith('other-hospital'));
  await assert.rejects(answer({ at: offer.at - 2 * 60 * 60_000 }), refusedWith('too-old'));
  await assert.rejects(answer({ at: offer.at + 10 * 60_000 }), refusedWith('too-old'));
  await assert.rejects(answer({ from: { ...cityAda, pseudonym: '0'.repeat(32) } }), refusedWith('signature'));
  await assert.rejects(
    answer({}, atCoast, coastLogin, await checks.proofOf(coastAda.pseudonym)),
    refusedWith('key-unknown'),
  );
  await assert.rejects(answer({}, atCoast, coastLogin, null), refusedWith('not-here-yet'));
  known.delete(cityAda.pseudonym);
  await assert.rejects(answer({}), refusedWith('key-unknown'));
  known.set(cityAda.pseudonym, { ...cityAda, publicKey: coastAda.publicKey });
  await assert.rejects(answer({}), refusedWith('key-changed-there'));
  known.set(cityAda.pseudonym, cityAda);
  assert.deepEqual(linksOf(atCoast), [link], 'nothing was kept of them');
});

test('A43 a link is kept by whom the offer was of, when both have signed it', async () => {
  const keep = (changed: PersonLink, at = atCity, login = cityLogin) =>
    keepLink(at, checks, login, { link: changed, proof: carried.proof });
  const { offer } = link;
  await assert.rejects(keep(link, atCoast, coastLogin), refusedWith('other-hospital'));
  const stranger = { ...cityAda, pseudonym: '0'.repeat(32) };
  await assert.rejects(keep({ ...link, offer: { ...offer, from: stranger } }), refusedWith('other-person'));
  await assert.rejects(keep({ ...link, signature: offer.signature }), refusedWith('signature'));
  await assert.rejects(keep({ ...link, to: { ...coastAda, pseudonym: '0'.repeat(32) } }), refusedWith('signature'));
  known.delete(coastAda.pseudonym);
  await assert.rejects(keep(link), refusedWith('key-unknown'));
  known.set(coastAda.pseudonym, coastAda);
  city.advance(2 * 60 * 60_000);
  await assert.rejects(keep(link), refusedWith('too-old'));
  assert.deepEqual(linksOf(atCity), []);
});

test('A43 a code is refused before the password is asked for, for the same reasons as after it', async () => {
  const code = await offered();
  const { offer } = code;
  const place = { chainId: offer.chainId, side: coastAda };
  const check = (changed: LinkCode, own = place, at = offer.at) => checkLinkCode(checks, changed, own, at);
  await check(code);
  await assert.rejects(check(code, { ...place, chainId: 'f'.repeat(64) }), refusedWith('other-chain'));
  await assert.rejects(check(code, { ...place, side: cityAda }), refusedWith('other-hospital'));
  await assert.rejects(check(code, place, offer.at + 60 * 60_000 + 1), refusedWith('too-old'));
  await assert.rejects(check({ ...code, offer: { ...offer, at: offer.at + 1 } }), refusedWith('signature'));
  await assert.rejects(check({ ...code, proof: null }), refusedWith('not-here-yet'));
  const home = { chainId: offer.chainId, side: cityAda };
  await check(carried, home, link.offer.at);
  const otherPerson = { ...home, side: { ...cityAda, pseudonym: '0'.repeat(32) } };
  await assert.rejects(check(carried, otherPerson, link.offer.at), refusedWith('other-person'));
  const newKey = { ...home, side: { ...cityAda, publicKey: coastAda.publicKey } };
  await assert.rejects(check(carried, newKey, link.offer.at), refusedWith('key-changed-here'));
});

test('A43 the node takes new contents under the same wraps alone, in place of those that were read, just after the password', async () => {
  await signIn(atCity, email, cityPassword);
  const account = city.store.accounts.byEmail(email);
  const vault = city.store.accounts.vaultOf(account?.id ?? '');
  assert.ok(account !== undefined && vault !== undefined);
  const replaces = toHex(sha256(utf8(vault.sealed)));
  const sendVault = (body: unknown) => atCity.connection.send('/api/account/vault', body);
  const coded = (code: string) => (error: unknown) => error instanceof RequestRefused && error.code === code;
  const changed = { ...vault, sealed: `${vault.sealed.slice(0, -1)}A` };
  for (const wraps of [
    { ...vault.wraps, password: 'AAAA' },
    { ...vault.wraps, recovery: 'AAAA' },
  ])
    await assert.rejects(sendVault({ vault: { ...changed, wraps }, replaces }), coded('bad-request'));
  await assert.rejects(sendVault({ vault: changed }), coded('bad-request'));
  await assert.rejects(sendVault({ vault: changed, replaces: '0'.repeat(64) }), coded('changed-meanwhile'));
  city.advance(6 * 60_000);
  await assert.rejects(sendVault({ vault: changed, replaces }), coded('sign-in-again'));
  assert.deepEqual(city.store.accounts.vaultOf(account.id), vault);
});

test('A43 what is no code is none', () => {
  for (const text of [
    '',
    '#',
    'AAAA',
    'not a code',
    writeLinkCode(carried).slice(1),
    writeLinkCode({ ...carried, link: { ...link, signature: '' } }),
    `${'A'.repeat(100_000)}`,
  ])
    assert.equal(readLinkCode(text), undefined);
});
