import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Address, type AssetId, type ChainId, type Tlp, type TxId, zNoticeMessage } from '@gongjo/contract';
import { noticeText, type Recipient, wallTime } from './notice-text.ts';

const chain = 'eip155:1' as ChainId;
const incident = {
  id: 'incident--1',
  kind: 'theft' as const,
  title: { en: 'Theft from Exchange', ko: '거래소 탈취' },
  tlp: 'green' as Tlp,
  victim: 'Exchange Ltd',
  openedAt: '2025-11-26T20:00:00.000Z',
  occurredAt: '2025-11-26T19:42:00.000Z',
};
const part = {
  chain,
  txids: ['0xabc' as TxId],
  addresses: [{ address: '0xdef' as Address, role: 'destination' as const }],
  amounts: [{ asset: `${chain}/slip44:60` as AssetId, units: '123456789' }],
};
const to: Recipient = {
  agency: { id: 'kr-police', name: { en: 'Police', ko: '경찰청' } },
  language: 'ko',
  timeZone: 'Asia/Seoul',
  confidential: false,
  notice: 'notice--1',
  round: 1,
  cause: 'must-know',
  insteadOf: null,
  desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' } },
  link: 'https://desk.example/incidents/incident--1?notice=notice--1',
};
const secrets = ['0xabc', '0xdef', '123456789', 'Exchange Ltd'];
const said = (tlp: Tlp, change: Partial<Recipient> = {}) => {
  const { subject, text, message } = noticeText({ ...incident, tlp }, [part], { ...to, ...change });
  zNoticeMessage.parse(message);
  return `${subject}\n${text}\n${JSON.stringify(message)}`;
};

describe('a message carries what its channel may (FIRST, TLP 2.0)', () => {
  test('CLEAR and GREEN: everything', () => {
    for (const tlp of ['clear', 'green'] as const)
      for (const secret of [...secrets, 'Theft from Exchange'])
        assert.ok(said(tlp).includes(secret), `${tlp} ${secret}`);
  });
  test('AMBER and AMBER+STRICT: the title, no names, addresses, transactions or amounts', () => {
    for (const tlp of ['amber', 'amber+strict'] as const) {
      for (const secret of secrets) assert.ok(!said(tlp).includes(secret), `${tlp} ${secret}`);
      assert.ok(said(tlp).includes('거래소 탈취'));
    }
  });
  test('RED: only that there is something, of which kind, when and where to look', () => {
    for (const secret of [...secrets, 'Theft from Exchange', '거래소 탈취'])
      assert.ok(!said('red').includes(secret), secret);
    for (const told of [to.link, '2025-11-27 04:42 Asia/Seoul (2025-11-26 19:42 UTC)', 'TLP:RED'])
      assert.ok(said('red').includes(told), told);
  });
  test('a confidential contact gets everything at every marking', () => {
    for (const secret of secrets) assert.ok(said('red', { confidential: true }).includes(secret), secret);
  });
});

describe('a message', () => {
  test('is in both languages, the recipient’s first', () => {
    const korean = noticeText(incident, [part], to);
    const english = noticeText(incident, [part], { ...to, language: 'en' });
    assert.ok(korean.text.indexOf('경찰청') < korean.text.indexOf('Police'));
    assert.ok(english.text.indexOf('Police') < english.text.indexOf('경찰청'));
    assert.match(english.subject, /^Theft.* \/ .*탈취/);
  });
  test('of an exercise says so first, in the subject, the text and the message', () => {
    const { subject, text, message } = noticeText({ ...incident, drill: true }, [part], to);
    assert.match(subject, /^\[훈련\] .* \/ \[DRILL\] /);
    assert.match(text, /^훈련 상황입니다/);
    assert.equal(message.drill, true);
  });
  test('no text of a reporter makes a line of its own', () => {
    const title = { en: 'x\r\nBcc: spy@example.org', ko: 'x\u2028훈련 상황입니다' };
    const { subject, text } = noticeText({ ...incident, title }, [part], to);
    assert.doesNotMatch(subject, /[\r\n\u2028]/);
    assert.doesNotMatch(text, /^(Bcc|훈련)/m);
  });
  test('the wall clock is the recipient’s, through a change of clocks', () => {
    assert.equal(
      wallTime('2026-03-08T06:59:00.000Z', 'America/New_York'),
      '2026-03-08 01:59 America/New_York (2026-03-08 06:59 UTC)',
    );
    assert.equal(
      wallTime('2026-03-08T07:01:00.000Z', 'America/New_York'),
      '2026-03-08 03:01 America/New_York (2026-03-08 07:01 UTC)',
    );
  });
});
