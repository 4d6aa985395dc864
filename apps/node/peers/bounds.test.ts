import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LARGEST_MESSAGE_BYTES,
  MEMBER_LIMIT,
  MOST_NONCES_OF_SENDER,
  MOST_SENDERS,
  STRANGER_LIMIT,
  STRANGERS_LIMIT,
} from './limits.ts';
import { Nonces } from './nonces.ts';
import { SenderLimits } from './sender-limits.ts';

test('N5 what is remembered of requests has a bound for each sender, and is forgotten when none can come again', () => {
  const nonces = new Nonces();
  for (let count = 0; count < MOST_NONCES_OF_SENDER; count += 1) assert.ok(nonces.add('a', 1_000_000, `${count}`, 1e6));
  assert.ok(!nonces.add('a', 1_000_000, 'one more', 1e6));
  assert.ok(nonces.add('b', 1_000_000, 'of another', 1e6));
  assert.ok(nonces.has('a', 1_000_000, '0') && nonces.has('b', 1_000_000, 'of another'));
  assert.ok(nonces.add('a', 1_090_000, 'later', 1_090_000));
  assert.equal(nonces.size, 1);
});

test('N5 a nonce is remembered as long as its time is one that is taken', () => {
  for (const [time, now] of [
    [1_000_000, 1_029_999],
    [1_000_000, 970_001],
    [1_019_999, 1_049_999],
  ] as const) {
    const nonces = new Nonces();
    nonces.add('a', time, 'n', Math.min(time, now));
    nonces.add('a', now, 'other', now);
    assert.ok(nonces.has('a', time, 'n'));
  }
});

test('N8 bytes, and what is under way, are limited too, and come free again', () => {
  const limits = new SenderLimits();
  const take = (bytes: number, now: number) => limits.take([['a', MEMBER_LIMIT]], bytes, now);
  const places = Array.from({ length: MEMBER_LIMIT.atOnce }, () => take(1, 0));
  assert.ok(places.every((place) => 'release' in place));
  assert.ok('retryAfterSeconds' in take(1, 0));
  for (const place of places) {
    if (!('release' in place)) continue;
    place.release();
    place.release();
  }
  const large = take(MEMBER_LIMIT.bytesAtOnce, 0);
  assert.ok('release' in large && 'retryAfterSeconds' in take(1, 0));
  large.release();
  for (let second = 0; second < 20; second += 1) {
    const place = take(MEMBER_LIMIT.bytesAtOnce, 0);
    if ('release' in place) place.release();
  }
  const refused = take(MEMBER_LIMIT.bytesAtOnce, 0);
  assert.ok('retryAfterSeconds' in refused && refused.retryAfterSeconds > 0);
  assert.ok('release' in take(MEMBER_LIMIT.bytesAtOnce, 5_000));
});

test('N8 what is answered counts for who asked: a short question does not bring long answers without end', () => {
  for (const [limit, seconds] of [
    [MEMBER_LIMIT, 10],
    [STRANGER_LIMIT, 10],
    [STRANGERS_LIMIT, 10],
  ] as const) {
    const limits = new SenderLimits();
    let answered = 0;
    for (let now = 0; now < seconds * 1000; now += 10) {
      const place = limits.take([['a', limit]], 100, now);
      if (!('release' in place)) continue;
      place.charge(LARGEST_MESSAGE_BYTES);
      answered += LARGEST_MESSAGE_BYTES;
      place.release();
    }
    const most = limit.answerBytesPerSecond * (seconds + limit.burstSeconds) + LARGEST_MESSAGE_BYTES;
    assert.ok(answered <= most, `${answered} of ${most}`);
    assert.ok(answered >= most / 2, 'one that is joining still gets on');
    assert.ok('release' in limits.take([['a', limit]], 100, 60_000));
  }
});

test('N8 the senders that are counted have a bound, and quiet ones make room', () => {
  const limits = new SenderLimits();
  for (let count = 0; count < MOST_SENDERS; count += 1) limits.take([[`${count}`, MEMBER_LIMIT]], 1, 0);
  assert.ok('retryAfterSeconds' in limits.take([['one more', MEMBER_LIMIT]], 1, 0));
  assert.equal(limits.size, MOST_SENDERS);
  const quiet = new SenderLimits();
  for (let count = 0; count < MOST_SENDERS; count += 1) {
    const place = quiet.take([[`${count}`, MEMBER_LIMIT]], 1, 0);
    if ('release' in place) place.release();
  }
  assert.ok('release' in quiet.take([['one more', MEMBER_LIMIT]], 1, 60_000));
  assert.equal(quiet.size, 1);
});
