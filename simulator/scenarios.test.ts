import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from './index.ts';
import { memberAt, showLongChains, stealBehindTheCut, whileDown } from './scenario.fixture.ts';
import type { SimulatedMember } from './simulated-member.ts';
import { CALM } from './weather.ts';

/** Little to do, so that a run of a minute is short. */
const EASY = { ...CALM, submitEveryMs: 4_000 };

// Each run ends with all members at the same final block and the same state, or fails.

test('founded by one, a network grows to four in the calmest weather', async () => {
  const weather = { ...EASY, founders: 1, isChangingMembers: true };
  const { coverage } = await simulate({ seed: 1, weather });
  assert.equal(coverage.admitted, 3);
});

test('a network of five votes one of its members out', async () => {
  const weather = { ...EASY, hospitals: 5, founders: 5, isChangingMembers: true };
  const { coverage } = await simulate({ seed: 1, weather });
  assert.equal(coverage.retired, 1);
});

const HARMS: readonly [string, (member: SimulatedMember) => void | Promise<void>][] = [
  ['has lost all its disks', (member) => member.wipe()],
  ['finds its state damaged', (member) => member.loseState()],
  ['comes back from an old backup', (member) => member.restore()],
];

for (const [what, harm] of HARMS) {
  test(`a member that ${what} ends equal to the others`, async () => {
    let heights = { before: 0, after: 0 };
    await simulate({
      seed: 1,
      weather: EASY,
      script: (stage) => {
        const member = memberAt(stage, 2);
        stage.queue.plan(10_000, () => member.backUp());
        whileDown(stage, 30_000, member, async () => {
          const before = member.file.headers.length;
          await harm(member);
          heights = { before, after: member.file.headers.length };
        });
      },
    });
    assert.ok(heights.before > 10 && heights.after < heights.before, 'it had something to lose, and lost it');
  });
}

for (const [by, isStateLost] of [
  ['its state', false],
  ['what follows, its state lost too,', true],
] as const) {
  test(`a member that finds a bit turned over in its blocks mends it by ${by} and keeps the damage`, async () => {
    const members: SimulatedMember[] = [];
    let damaged = new Map<string, Uint8Array>();
    const { coverage } = await simulate({
      seed: 1,
      weather: EASY,
      script: (stage) => {
        const member = memberAt(stage, 2);
        members.push(member);
        whileDown(stage, 30_000, member, (down) => {
          const name = down.disk.flipBit()?.name ?? '';
          damaged = new Map([[name, down.disk.contentOf(name)]]);
          if (isStateLost) down.loseState();
        });
      },
    });
    const kept = members.flatMap(({ evidence }) => evidence.segments.map(({ name, bytes }) => [name, bytes]));
    assert.deepEqual(kept, [...damaged]);
    assert.equal(coverage.mended, 1);
  });
}

test('an engine that stops by itself, with its disk in order, ends the run', async () => {
  const run = simulate({
    seed: 1,
    weather: EASY,
    script: (stage) => {
      stage.queue.plan(10_000, () => {
        memberAt(stage, 2).file.commit = () => {
          throw new Error('a bug');
        };
      });
    },
  });
  await assert.rejects(run, { name: 'PromiseBroken', message: /An engine has stopped by itself: Error: a bug/ });
});

test('members that are shown chains longer than their own, wrong or of another history, take none of them', async () => {
  const { coverage } = await simulate({
    seed: 1,
    weather: { ...EASY, byzantine: 1, crashEveryMs: 10_000 },
    script: showLongChains,
  });
  assert.ok(coverage.longChains > 10, `only ${coverage.longChains} were asked for`);
});

test('a key that was given up while a member was cut off opens nothing there once it is back', async () => {
  let outcome = { isAdmitted: false, isRevoked: false };
  await simulate({
    seed: 1,
    // Nobody else does anything with the key.
    weather: { ...CALM, submitEveryMs: Number.POSITIVE_INFINITY },
    script: (stage) => {
      outcome = stealBehindTheCut(stage);
    },
  });
  assert.deepEqual(outcome, { isAdmitted: true, isRevoked: true }, 'the one cut off cannot know yet');
});
