import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { AskedHold, AskedHoldSummary, DeskCard, Hold, HoldFile } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import type { CustodyList } from '../packages/desk/src/cases/custody.store.ts';
import { signatory } from '../packages/desk/src/main/hold-desk.fixture.ts';
import { address, exchange } from '../packages/desk/src/main/round.fixture.ts';
import { type ClockDesk, startClockDesk } from './hold-desk.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** An agency's desk and the exchange's own, as they run: the request, the answers and a file go by the signed exchange. */
const waitMsMax = 120_000;
const ether = 'eip155:31337/slip44:60';

test('a hold request to the exchange’s own desk: sent, answered, a file given, and an answer that comes too late', {
  timeout: 600_000,
}, async (t) => {
  const house = houseOf(t);
  const desk = { channel: { kind: 'portal' }, settings: { holds: { approvals: 0 } } };
  const seoul = await startClockDesk(house, { ...desk, addresseeDesk: 'pacific', port: await freePort() });
  const identity = { id: 'pacific', country: 'US' };
  const pacific = await startClockDesk(house, { ...desk, identity, port: await freePort(), opens: false });

  const drafted = await seoul.ask<Hold>('POST', '/api/holds', { incident: seoul.incident, address: address(exchange) });
  const at = `/api/holds/${drafted.id}`;
  const asked = `/api/asked-holds/seoul/${drafted.id}`;
  const hold = (what: string, until: (hold: Hold) => boolean) =>
    eventually(what, () => seoul.ask<Hold>('GET', at), until, waitMsMax);
  const word = (what: string, until: (asked: AskedHold) => boolean) =>
    eventually(what, () => pacific.ask<AskedHold>('GET', asked), until, waitMsMax);

  await t.test('is offered once that desk is a partner', async () => {
    const legalBasis = { en: 'Article 199(2)', ko: '제199조 제2항' };
    const { digest } = await seoul.ask<Hold>('POST', `${at}/revise`, {
      signatory,
      legalBasis,
      caseNumber: '2026-0412',
    });
    await seoul.ask('POST', `${at}/approve`, { digest });
    await assert.rejects(seoul.ask('POST', `${at}/send`, { way: 'desk' }), /hold-desk-not-paired/);
    assert.equal(drafted.desk, null);
    await introduce(pacific, seoul);
    await introduce(seoul, pacific);
    assert.equal((await seoul.ask<Hold>('GET', at)).desk?.id, 'pacific');
    await assert.rejects(seoul.ask('POST', `${at}/send`, { way: 'desk', to: 'tokyo' }), /input-invalid/);
  });

  await t.test('is sent when signed receipts say that it is there, with every document', async () => {
    await seoul.ask('POST', `${at}/send`, { way: 'desk' });
    const sent = await hold('it is sent', ({ progress }) => progress.state === 'sent');
    assert.deepEqual([sent.progress.way, sent.progress.to, sent.sending], ['desk', 'pacific', null]);
    const { holds } = await pacific.ask<{ holds: AskedHoldSummary[] }>('GET', '/api/asked-holds');
    assert.deepEqual(
      holds.map((it) => [it.desk.id, it.number, it.state, it.entity?.en]),
      [['seoul', sent.number, 'sent', 'Pacific Exchange, Inc.']],
    );
    const { documents, facts } = await pacific.ask<AskedHold>('GET', asked);
    assert.deepEqual(facts, sent.facts);
    const left = sent.documents.filter(({ form }) => form !== 'docx');
    assert.deepEqual(documents.map(({ sha256 }) => sha256).sort(), left.map(({ sha256 }) => sha256).sort());
    assert.ok(documents.every(({ here }) => here));
  });

  await t.test('answers move it, told by that desk', async () => {
    const tell = (body: object) => pacific.ask('POST', `${asked}/answer`, body);
    await tell({ event: 'acknowledge', reference: 'PX-77' });
    await hold('it is acknowledged', ({ progress }) => progress.state === 'acknowledged');
    const amounts = (units: string) => [{ asset: ether, units }];
    await assert.rejects(tell({ event: 'hold', amounts: amounts('61') }), /hold-amount-wrong/);
    const until = new Date(Date.now() + 7 * 86_400_000).toISOString();
    await tell({ event: 'hold', amounts: amounts('59'), until });
    const part = await hold('it is held', ({ progress }) => progress.state === 'held-in-part');
    assert.deepEqual([part.progress.held[0]?.units, part.progress.expiresAt], ['59', until]);
    assert.deepEqual([part.happened.at(-1)?.desk, part.happened.at(-1)?.by], ['pacific', 'desk:pacific']);
    await word('their receipts', ({ words }) => words.every(({ carriage }) => carriage.state === 'accepted'));
  });

  await t.test('a file that the exchange gives comes into custody, byte for byte', async () => {
    const content = Buffer.from([0, 0xff, 0x0a]);
    const sha256 = createHash('sha256').update(content).digest('hex');
    await pacific.ask('POST', `${asked}/files`, {
      kind: 'kyc',
      name: 'kyc.bin',
      base64: content.toString('base64'),
      sha256,
    });
    const { received } = await hold('the file', (it) => it.received.length > 0);
    assert.deepEqual(
      received.map((it) => [it.sha256, it.from, it.by, it.kind]),
      [[sha256, 'pacific', 'desk:pacific', 'kyc']],
    );
    const file = await seoul.ask<HoldFile & { base64: string }>('GET', `${at}/received/${received[0]?.id}?as=json`);
    assert.equal(file.base64, content.toString('base64'));
    const steps = async (of: ClockDesk) =>
      (await of.ask<CustodyList>('GET', `/api/custody?sha256=${sha256}`)).records.map(
        ({ direction, who }) => `${direction} ${who}`,
      );
    assert.deepEqual(await steps(seoul), ['in desk:pacific', 'out operator']);
    assert.deepEqual(await steps(pacific), ['out operator']);
  });

  await t.test('an answer that crosses with the end is refused, and shown on both sides', async () => {
    await seoul.ask('POST', `${at}/answer`, { event: 'release', reason: 'returned to the customer' });
    await pacific.ask('POST', `${asked}/answer`, { event: 'hold', amounts: [{ asset: ether, units: '60' }] });
    const { refusedWords, progress } = await hold('the refusal', (it) => it.refusedWords.length > 0);
    assert.equal(progress.state, 'released');
    assert.deepEqual(
      refusedWords.map(({ desk: by, event, problem }) => [by, event, problem.code]),
      [['pacific', 'hold', 'hold-step-forbidden']],
    );
    const there = await word('the refusal there', ({ words }) => words.at(-1)?.carriage.state === 'refused');
    assert.match(there.words.at(-1)?.carriage.reasons[0]?.en ?? '', /Released/);
    await word('the end, by the word of whoever asks', ({ stateThere }) => stateThere === 'released');
  });
});

async function introduce(desk: ClockDesk, to: ClockDesk): Promise<void> {
  const { fingerprint, ...card } = await desk.ask<DeskCard & { fingerprint: string }>('GET', '/api/card');
  await to.ask('POST', '/api/partners', { card, fingerprint, agreement: 'Terms of 2026' });
}
