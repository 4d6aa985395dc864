import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClock } from './clock-text.ts';

test('a time of day is understood as people type it, with 24 hours', () => {
  const typed: Readonly<Record<string, string>> = {
    '9': '09:00',
    '09': '09:00',
    '930': '09:30',
    '0930': '09:30',
    '9:30': '09:30',
    '9.30': '09:30',
    ' 17 45 ': '17:45',
    '23:59': '23:59',
    '00:00': '00:00',
    '०९:३०': '09:30',
  };
  for (const [text, clock] of Object.entries(typed)) assert.equal(parseClock(text), clock, text);
});

test('what is no time of day is none', () => {
  for (const text of ['', ' ', '24:00', '25', '9:60', '9:3', '12345', 'nine', '9 AM', '-9', '09:00:00'])
    assert.equal(parseClock(text), undefined, text);
});
