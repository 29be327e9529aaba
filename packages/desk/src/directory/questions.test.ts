import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { incidentKinds, zAssetId, zInstant } from '@gongjo/contract';
import fc from 'fast-check';
import { channelsBetween } from './channels.ts';
import { createDirectory } from './directory.ts';
import { directoryWith, edition, said } from './edition.fixture.ts';
import { vaspOf } from './find.ts';
import { whoMustKnow } from './who.ts';

const { book } = edition;
const now = zInstant.parse('2026-11-25T01:00:00.000Z');

describe('who must know', () => {
  test('of a theft that touches both countries: all that Upbit’s case told one after the other, and those of the other side', () => {
    const told = whoMustKnow(book, { kind: 'theft', jurisdictions: ['KR', 'US'], at: now });
    const ids = told.map(({ agency }) => agency);
    for (const id of ['kr-fss', 'kr-kisa', 'kr-npa', 'kr-fsc', 'kr-kofiu', 'us-fbi', 'us-fincen', 'us-cisa'])
      assert.ok(ids.includes(id), id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      told.find(({ agency }) => agency === 'kr-kofiu')?.why.map(({ rule }) => rule),
      ['follow-the-money', 'supervise-exchanges'],
    );
    assert.equal(told[0]?.country, 'KR');
    assert.equal(told.find(({ agency }) => agency === 'kr-npa')?.duty.onDuty, true);
    // Nobody has filled in an address, and the answer does not pretend that there is one.
    assert.ok(told.every(({ contact }) => contact === null));
  });

  test('an agency that has ended is not told, one that has not begun neither', () => {
    const at = (date: string) =>
      whoMustKnow(book, {
        kind: 'ransomware',
        jurisdictions: ['KR', 'US'],
        at: zInstant.parse(`${date}T00:00:00.000Z`),
      }).map(({ agency }) => agency);
    assert.ok(at('2025-04-01').includes('us-doj-ncet') && !at('2025-05-01').includes('us-doj-ncet'));
    assert.ok(!at('2026-10-01').includes('kr-scia') && at('2026-10-02').includes('kr-scia'));
  });

  test('the contact is the first of a duty officer that is filled in; a page of a desk needs no address', () => {
    const own = directoryWith({
      agencies: ['a', 'b'].map((id) => ({
        ...{ ...said, id, name: { en: id, ko: '가' }, country: 'KR', functions: ['fiu'], desk: `${id}-desk` },
        duty: {
          ...{ ...said, timeZone: 'Asia/Seoul', always: true },
          contacts: [
            { id: 'phone', role: 'duty-officer', channel: 'phone' },
            { id: 'chief', role: 'supervisor', channel: 'email', to: 'chief@example.org' },
            ...(id === 'a' ? [{ id: 'mail', role: 'duty-officer', channel: 'email', to: 'a@example.org' }] : []),
            { id: 'page', role: 'duty-officer', channel: 'page' },
          ],
        },
      })),
      rules: [
        {
          ...said,
          id: 'everyone',
          name: { en: 'Everyone', ko: '모두' },
          kinds: [...incidentKinds],
          functions: ['fiu'],
          countries: ['KR'],
        },
      ],
    });
    const told = whoMustKnow(own.book, { kind: 'fraud', jurisdictions: ['US'], at: now });
    assert.deepEqual(
      told.map(({ agency, contact, desk }) => [agency, contact?.id, desk]),
      [
        ['a', 'mail', 'a-desk'],
        ['b', 'page', 'b-desk'],
      ],
    );
  });

  test('property: more countries never tell fewer agencies, and each one told is of a country asked or named by its rule', () => {
    const seed = Date.now();
    const countries = fc.subarray(['KR', 'US', 'JP']);
    fc.assert(
      fc.property(fc.constantFrom(...incidentKinds), countries, countries, (kind, some, more) => {
        const ask = (jurisdictions: string[]) => whoMustKnow(book, { kind, jurisdictions, at: now });
        const all = new Set(ask([...some, ...more]).map(({ agency }) => agency));
        for (const { agency, country } of ask(some)) assert.ok(all.has(agency) && some.includes(country));
      }),
      { seed, numRuns: 40 },
    );
  });
});

describe('channels between two countries', () => {
  const ids = (asked: Partial<Parameters<typeof channelsBetween>[1]>) =>
    channelsBetween(book, { from: 'US', to: 'KR', at: now, ...asked }).map(
      ({ channel, usable }) => `${channel.id} ${usable}`,
    );

  test('evidence goes by treaty alone; the Convention is told with its date, for laws change', () => {
    assert.deepEqual(ids({ carries: 'evidence' }), ['us-kr-mlat yes', 'budapest no']);
    const [, budapest] = channelsBetween(book, { from: 'US', to: 'KR', carries: 'evidence', at: now });
    assert.deepEqual(
      budapest?.why.map(({ en }) => en),
      ['KR does not take part (as of 2025-11-28).'],
    );
  });

  test('what is general knowledge is never a plain yes', () => {
    for (const { channel, usable } of channelsBetween(book, { from: 'KR', to: 'US', at: now }))
      if (channel.parties.some(({ certainty }) => certainty === 'unverified'))
        assert.notEqual(usable, 'yes', channel.id);
  });

  test('property: it is the same in both directions', () => {
    const countries = fc.constantFrom('KR', 'US', 'JP', 'DE');
    fc.assert(
      fc.property(countries, countries, (from, to) => assert.deepEqual(ids({ from, to }), ids({ from: to, to: from }))),
      { seed: Date.now(), numRuns: 30 },
    );
  });

  test('a country joins on a day, and an agency’s own file can say so', () => {
    const budapest = structuredClone(book.channels.get('budapest')!);
    const parties = budapest.parties.map((it) =>
      it.country === 'KR' ? { ...it, standing: 'party', since: '2027-01-01' } : it,
    );
    const { book: own } = directoryWith({
      channels: [{ ...budapest, parties: parties.map(({ agency: _, ...it }) => it) }],
    });
    const on = (date: string) =>
      channelsBetween(own, { from: 'KR', to: 'US', at: zInstant.parse(`${date}T00:00:00.000Z`) })[0]?.usable;
    assert.deepEqual([on('2026-12-31'), on('2027-01-01')], ['no', 'yes']);
  });
});

describe('holders', () => {
  test('of tags: by actor, by an alias of the actor, by the name with which a label begins', () => {
    const id = (tag: Parameters<typeof vaspOf>[1]) => vaspOf(book, tag)?.id ?? null;
    assert.equal(id({ actor: 'huobi' }), 'htx');
    assert.equal(id({ actor: 'binance_us', label: 'Binance' }), 'binance-us');
    assert.equal(id({ label: 'Upbit: hot wallet 3' }), 'upbit');
    assert.equal(id({ label: '업비트 입금' }), 'upbit');
    assert.equal(id({ label: 'Binance US deposit' }), 'binance-us');
    assert.equal(id({ label: 'Geminius' }), null);
    assert.equal(id({ actor: 'nobody', label: null }), null);
  });

  test('issuers by the contract, in any letter case', () => {
    const asset = (text: string) => edition.issuerOf(zAssetId.parse(text))?.id ?? null;
    assert.equal(asset('eip155:1/erc20:0xDAC17F958D2ee523a2206206994597C13D831ec7'), 'tether');
    assert.equal(asset('tron:0x2b6653dc/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), 'tether');
    assert.equal(asset('eip155:1/slip44:60'), null);
    // USDC, EURC, PYUSD, USDP and PAXG have functions that freeze, by their contracts.
    for (const [contract, id] of [
      ['a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 'circle'],
      ['1abaea1f7c830bd89acc67ec4af516284b1bc33c', 'circle'],
      ['6c3ea9036406852006290770bedfcaba0e23a0e8', 'paxos'],
      ['8e870d67f660d95d5be530380d0ec0bd388289e1', 'paxos'],
      ['45804880de22913dafe09f4980848ece6ecbaf78', 'paxos'],
    ]) {
      assert.equal(asset(`eip155:1/erc20:0x${contract}`), id);
      assert.ok(edition.canFreeze(zAssetId.parse(`eip155:1/erc20:0x${contract}`)));
    }
  });

  test('names and countries as callers ask for them; the short form beats the long, and the last file the first', () => {
    assert.deepEqual(
      [edition.nameOf('huobi')?.en, edition.countryOf('upbit'), edition.countryOf('binance')],
      ['HTX', 'KR', null],
    );
    assert.deepEqual(
      [edition.find('kr-fsc')?.kind, edition.nameOf(null), edition.find('none')],
      ['agency', null, null],
    );
    const short = createDirectory([
      { id: 'kx', name: { en: 'Old', ko: '구' }, kind: 'exchange' },
      { id: 'kx', name: { en: 'KX', ko: '케이엑스' }, country: 'KR', kind: 'exchange' },
    ]);
    assert.deepEqual([short.nameOf('kx')?.en, short.countryOf('kx')], ['KX', 'KR']);
  });
});
