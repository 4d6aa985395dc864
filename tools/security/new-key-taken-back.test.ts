/** The desk takes a new key back at the worst moments, on a real node: the ledger decides, and the account says the same. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { makeNewKey, recover, signIn } from '@clearchart/web';
import { type Claimed, DAY_MS, deskOf, NEW, OLD, refused } from './lost-account.fixture.ts';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
let desk: ReturnType<typeof deskOf>;
before(async () => {
  host = await startTestNode();
  desk = deskOf(host);
  await desk.admit('asha', 'bilal', 'chitra', 'deepa');
});
after(() => host.close());

type Keys = TestNode['node']['hospital']['people']['keys'];

/** The next call of the method goes by way of `around`, which is given the real one. */
function onceAround<Name extends 'submit' | 'complete' | 'withdraw'>(
  name: Name,
  around: (real: Keys[Name]) => Keys[Name],
): void {
  const { keys } = host.node.hospital.people;
  const real = keys[name];
  keys[name] = new Proxy(around(real), {
    apply(target, self, given) {
      keys[name] = real;
      return Reflect.apply(target, self, given) as Promise<void>;
    },
  });
}

const anybody = () => browserAt(host.node.url, host.now);
const ledgerKey = (pseudonym: string) => host.node.hospital.people.keys.current(pseudonym);
const waits = (pseudonym: string) => host.node.hospital.people.keys.waiting(pseudonym) !== undefined;

/** The ledger takes nothing up until told to: what is submitted waits in the outbox. */
function holdLedger(): () => void {
  const { engine } = host.node.hospital;
  const real = engine.submit.bind(engine);
  const { promise, resolve } = Promise.withResolvers<void>();
  engine.submit = async (transaction) => {
    await promise;
    return real(transaction);
  };
  return () => {
    engine.submit = real;
    resolve();
  };
}

/** Takes it back; resolves once the ledger has been asked to. */
async function beginTakingBack(who: Claimed): Promise<{ readonly takenBack: Promise<void> }> {
  const { promise: entered, resolve } = Promise.withResolvers<void>();
  onceAround('withdraw', (real) => async (pseudonym) => {
    const withdrawn = real(pseudonym);
    resolve();
    await withdrawn;
  });
  const takenBack = desk.takeBack(who);
  takenBack.catch(() => {});
  await entered;
  return { takenBack };
}

/** The decision that came second would fall on the next new key. */
async function assertNothingStays(): Promise<void> {
  await host.node.hospital.settled(10_000);
  const { outbox } = host.node.hospital.clinical;
  assert.deepEqual(
    [outbox.waitingOf('withdraw-key-replacement'), outbox.waitingOf('complete-key-replacement')],
    [[], []],
  );
}

test('A34 the new password proved a moment before the desk takes it back: the desk is too late, and the new key opens the account', async () => {
  const asha = await desk.claimed('asha');
  const made = await makeNewKey(anybody(), await desk.slipFor(asha), NEW);
  host.advance(8 * DAY_MS);
  const old = ledgerKey(asha.pseudonym);
  let takenBack = Promise.resolve();
  onceAround('complete', (real) => async (pseudonym) => {
    const release = holdLedger();
    const completed = real(pseudonym);
    ({ takenBack } = await beginTakingBack(asha));
    release();
    await completed;
  });
  const fresh = anybody();
  await signIn(fresh, asha.email, NEW);
  await assert.rejects(takenBack, refused('too-late'));
  assert.notEqual(ledgerKey(asha.pseudonym), old);
  await assertNothingStays();
  assert.equal(fresh.keyring.keys[0]?.key.publicKey, ledgerKey(asha.pseudonym));
  assert.equal(await desk.isNewKeyBegun(asha), false);
  await assert.rejects(signIn(anybody(), asha.email, OLD), refused('sign-in-failed'));
  await recover(anybody(), { email: asha.email }, made.recoveryWords, 'a third long password');
  await signIn(anybody(), asha.email, 'a third long password');
});

test('A34 taken back a moment before the new password is proved: the old key stays, and the desk may begin another', async () => {
  const bilal = await desk.claimed('bilal');
  await makeNewKey(anybody(), await desk.slipFor(bilal), NEW);
  host.advance(8 * DAY_MS);
  const old = ledgerKey(bilal.pseudonym);
  let takenBack = Promise.resolve();
  onceAround('complete', (real) => async (pseudonym) => {
    ({ takenBack } = await beginTakingBack(bilal));
    await real(pseudonym);
  });
  await assert.rejects(signIn(anybody(), bilal.email, NEW), refused('sign-in-failed'));
  await takenBack;
  assert.equal(ledgerKey(bilal.pseudonym), old);
  await assertNothingStays();
  const session = await signIn(anybody(), bilal.email, OLD);
  assert.equal(session.keyBound, true);
  assert.equal(await desk.isNewKeyBegun(bilal), false);
  await desk.slipFor(bilal);
});

test('A34 taken back while the request is on its way to a block: not yet, and the desk can still do it afterwards', async () => {
  const chitra = await desk.claimed('chitra');
  const code = await desk.slipFor(chitra);
  const release = holdLedger();
  const made = makeNewKey(anybody(), code, NEW);
  made.catch(() => {});
  try {
    while (host.node.hospital.accounts.accounts.newKeyOf(chitra.accountId) === undefined) await setTimeout(5);
    await assert.rejects(desk.takeBack(chitra), refused('not-in-a-block-yet'));
    await assert.rejects(desk.slipFor(chitra), refused('new-key-waits'));
    assert.equal(await desk.isNewKeyBegun(chitra), true);
  } finally {
    release();
  }
  await made;
  assert.equal(waits(chitra.pseudonym), true);
  assert.equal(await desk.isNewKeyBegun(chitra), true);
  await desk.takeBack(chitra);
  assert.equal(waits(chitra.pseudonym), false);
  assert.equal(await desk.isNewKeyBegun(chitra), false);
  await desk.slipFor(chitra);
});

test('A34 a crash between account and ledger leaves nothing that the desk cannot take back at once', async () => {
  const deepa = await desk.claimed('deepa');
  const begin = async () => makeNewKey(anybody(), await desk.slipFor(deepa), NEW);
  const crash = () => Promise.reject(new Error('the node stopped here'));
  const isAsBefore = async () => {
    assert.equal(waits(deepa.pseudonym), false);
    assert.equal(await desk.isNewKeyBegun(deepa), false);
  };
  onceAround('submit', () => crash);
  await assert.rejects(begin(), refused('fault'), 'before the request was in the outbox');
  assert.equal(await desk.isNewKeyBegun(deepa), true);
  await desk.takeBack(deepa);
  await isAsBefore();

  await begin();
  onceAround('withdraw', (real) => async (pseudonym) => {
    await real(pseudonym);
    await crash();
  });
  await assert.rejects(desk.takeBack(deepa), refused('fault'), 'once the ledger had ended it');
  await desk.takeBack(deepa);
  await isAsBefore();

  await begin();
  host.node.hospital.accounts.accounts.setNewKey(deepa.accountId, undefined);
  assert.equal(await desk.isNewKeyBegun(deepa), true, 'the ledger alone has it');
  await desk.takeBack(deepa);
  await isAsBefore();
  await begin();
});
