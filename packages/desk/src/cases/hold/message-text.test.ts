import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Tlp, tlpLevels } from '@gongjo/contract';
import { pacific } from './desk.fixture.ts';
import { warningText } from './message-text.ts';

const said = (tlp: Tlp, confidential = false) => {
  const { subject, text, message } = warningText(
    { ...{ id: 'hold--1', incident: 'incident--1', number: '2026-17', drill: false, tlp }, addressee: pacific },
    { kind: 'expiry', hours: 24, dueAt: '2026-11-28T10:00:00.000Z' },
    {
      ...{ language: 'ko', confidential, timeZone: 'Asia/Seoul', link: 'https://unit.example/holds/1' },
      now: '2026-11-28T00:30:00.000Z',
    },
  );
  return `${subject} ${text} ${JSON.stringify(message)}`;
};

describe('a warning outside the desk', () => {
  for (const tlp of tlpLevels) {
    const isOpen = tlp === 'clear' || tlp === 'green';
    test(`TLP:${tlp}: names ${isOpen ? 'the addressee' : 'nobody'}${tlp === 'red' ? ', nor the number' : ''}`, () => {
      assert.equal(/Pacific|퍼시픽/.test(said(tlp)), isOpen);
      assert.equal(said(tlp).includes('2026-17'), tlp !== 'red');
      for (const all of ['Pacific', '퍼시픽', '2026-17']) assert.ok(said(tlp, true).includes(all), all);
      assert.match(said(tlp), /10 hours/);
      assert.match(said(tlp), /10시간/);
    });
  }
});
