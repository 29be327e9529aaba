import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TagListKind } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { readList } from './read-list.ts';

const read = (kind: TagListKind, ...files: readonly (readonly [name: string, text: string])[]) =>
  readList({ kind, source: 'test', files: files.map(([name, text]) => ({ name, text })) });
const tagsOf = async (...args: Parameters<typeof read>) =>
  [...(await read(...args)).tags.values()].map(({ item }) => item);
const refusalsOf = async (...args: Parameters<typeof read>) =>
  (await read(...args)).refusals.map(({ row, reason, of, value }) => [row, reason, of, value]);
const bitcoin = 'bip122:000000000019d6689c085ae165831e93';
const genesis = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7';

describe('TagPack', () => {
  test('what the head says holds for every tag that does not say otherwise', async () => {
    const pack = `title: Two services
creator: Someone
confidence: service_data
category: exchange
label: First Exchange
source: https://example.org/list
lastmod: 2023-08-16 12:18:52.619444
currency: BTC
tags:
  # the first has nothing of its own
  - address: ${genesis}
  - address: '${usdt}'
    currency: ETH
    label: Second Mixer
    category: mixing_service
    confidence: forensic
    actor: second
    creator: Someone else
    lastmod: 2024-01-02
is_public: true
`;
    assert.deepEqual(await tagsOf('tagpack', ['pack.yaml', pack]), [
      {
        chain: bitcoin,
        address: genesis,
        label: 'First Exchange',
        category: 'exchange',
        actor: null,
        confidence: 50,
        creator: 'Someone',
        modified: '2023-08-16',
        uri: 'https://example.org/list',
      },
      {
        chain: 'eip155:1',
        address: usdt,
        label: 'Second Mixer',
        category: 'mixer',
        actor: 'second',
        confidence: 50,
        creator: 'Someone else',
        modified: '2024-01-02',
        uri: 'https://example.org/list',
      },
    ]);
  });

  test('an address without quotes stays text, where YAML would read a number', async () => {
    const [tag] = await tagsOf('tagpack', ['p.yaml', `tags:\n- address: ${usdt}\n  currency: ETH\n  label: 0x10\n`]);
    assert.equal(tag?.address, usdt);
    assert.equal(tag?.label, '0x10');
  });

  test('abuse alone says what a holder is; a concept says it too; an unknown word is other', async () => {
    const pack = `currency: BTC\nlabel: x\ntags:
- {address: ${genesis}, label: a, abuse: service_hack}
- {address: ${genesis}, label: b, abuse: sextortion}
- {address: ${genesis}, label: c, concepts: [defi_dex, phishing]}
- {address: ${genesis}, label: d, category: space_station}
- {address: ${genesis}, label: e, category: exchange, abuse: sanction}
- {address: ${genesis}, label: f, abuse: something_new}
`;
    assert.deepEqual(
      (await tagsOf('tagpack', ['p.yaml', pack])).map(({ category, abuse }) => [category, abuse ?? null]),
      [
        ['theft', 'theft'],
        ['extortion', 'sextortion'],
        ['dex', 'phishing'],
        ['other', null],
        ['exchange', 'sanction'],
        ['other', 'other'],
      ],
    );
  });

  test('network decides over currency; a token stands on the chain of its address', async () => {
    const pack = `label: x\ntags:
- {address: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, currency: USDT}
- {address: '${usdt}', currency: USDT}
- {address: '${usdt}', currency: USDT, network: BSC}
`;
    assert.deepEqual(
      (await tagsOf('tagpack', ['p.yaml', pack])).map(({ chain }) => chain),
      ['tron:0x2b6653dc', 'eip155:1', 'eip155:56'],
    );
  });

  test('impossible rows are refused with their line and why; the good ones go in', async () => {
    const pack = `currency: BTC
label: x
tags:
- address: ${genesis.toLowerCase()}
- address: ${genesis.replace('Na', 'Nb')}
- address: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq
- address: '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
  currency: ETH
- address: ${genesis}
- address: ${genesis}
  currency: NOPE
- tx_hash: abcd
- just text
- address: ${genesis}
  confidence: rather
- address: bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5
`;
    assert.deepEqual(await refusalsOf('tagpack', ['p.yaml', pack]), [
      [4, 'address-case', 'BTC', genesis.toLowerCase()],
      [5, 'address-checksum', 'BTC', genesis.replace('Na', 'Nb')],
      [6, 'address-chain', 'BTC', 'TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq'],
      [7, 'address-checksum', 'ETH', '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
      [10, 'chain-unknown', 'NOPE', genesis],
      [12, 'field-missing', 'address', 'x'],
      [13, 'field-wrong', 'tag', 'just text'],
      [14, 'field-wrong', 'confidence', 'rather'],
      [16, 'address-checksum', 'BTC', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5'],
    ]);
    assert.equal((await tagsOf('tagpack', ['p.yaml', pack])).length, 1);
  });

  test('an actor pack gives names and countries', async () => {
    const pack = `title: Actors\nactors:\n- id: upbit\n  label: Upbit\n  uri: upbit.com\n  jurisdictions:\n  - KR\n  - ID\n  - nowhere\n- id: ''\n- label: no id\n`;
    const { actors, refused } = await read('tagpack', ['actors.yaml', pack]);
    assert.deepEqual(
      [...actors.values()].map(({ item }) => item),
      [{ id: 'upbit', name: 'Upbit', countries: ['KR', 'ID'], uri: 'upbit.com' }],
    );
    assert.equal(refused, 2);
  });

  test('a list of several items reads as the whole text does, however it is indented', async () => {
    const items = Array.from({ length: 250 }, (_, i) => `- address: ${genesis}\n  label: "a - ${i}\n\n    b"\n`);
    for (const indent of ['', '  ', '    ']) {
      const pack = `currency: BTC\r\ntags:\r\n${items.join('').replace(/^(?=.)/gm, indent)}title: after\n`;
      const tags = await tagsOf('tagpack', ['p.yaml', pack]);
      assert.equal(tags.length, 250);
      assert.equal(tags[201]?.label, 'a - 201\nb');
    }
  });

  test('a pack in JSON is read', async () => {
    const tags = [{ address: genesis, currency: 'BTC', label: 'x' }];
    assert.equal((await tagsOf('tagpack', ['p.json', JSON.stringify({ title: 't', tags })]))[0]?.address, genesis);
  });

  test('hostile files are refused as a whole, and quickly', async () => {
    const line = `- address: ${genesis}\n`;
    for (const pack of [
      '',
      'tags',
      'tags: 1',
      '- a\n- b',
      `x: &x [1]\ny: *x\ntags:\n${line}`,
      `tags:\n- &x {address: a}\n- *x\n`,
      `tags:\n${line}- ${'['.repeat(100_000)}\n`,
      `tags:\n${line}- ${'{a: '.repeat(100_000)}\n`,
      `${'- '.repeat(100_000)}x`,
      `tags:\n${line}  address: twice\n`,
      `tags:\n${line}- "never closed\n`,
      `tags:\n- "${'x'.repeat(40_000)}"\n`,
      `tags: [${'x'.repeat(40_000)}]\n`,
      `tags:\n- ${'? '.repeat(100)}\n`,
      `tags:\n- ${'? '.repeat(900)}x\n`,
      `tags:\n- ${'{? '.repeat(150)}${'}'.repeat(150)}\n`,
      `tags:\n- ${'['.repeat(1900)}\n`,
      `${'? '.repeat(300)}a\ntags:\n${line}`,
      `tags:\n- ${'*a '.repeat(100_000)}\n`,
      `tags:\n- ${'&a *a\n  '.repeat(3_000)}\n`,
      `{"tags": [${'['.repeat(100_000)}`,
      `---\ntags:\n${line}---\ntags:\n${line}`,
      'a: {\u0000}',
    ]) {
      const started = performance.now();
      await assert.rejects(
        () => read('tagpack', ['p.yaml', pack]),
        (error) => error instanceof GongjoError && error.code === 'tag-list-unreadable',
        pack.slice(0, 60),
      );
      assert.ok(performance.now() - started < 60_000);
    }
  });
});

describe('OFAC', () => {
  const sdn = (number: number, name: string, programme: string, remarks: string) =>
    `${number},"${name}",-0- ,"${programme}",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,${remarks === '' ? '-0- ' : `"${remarks}"`}\r\n`;

  test('SDN.CSV: addresses stand in the remarks; the last ends with a full stop; 0x1A ends the file', async () => {
    const text = `${sdn(36, 'AEROCARIBBEAN AIRLINES', 'CUBA', '')}${sdn(
      1001,
      'DOE, John',
      'DPRK3] [CYBER2',
      `DOB 1970; Digital Currency Address - XBT ${genesis}; alt. Digital Currency Address - ETH ${usdt}; alt. Digital Currency Address - USDT TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t; a.k.a. 'X'.`,
    )}${sdn(1002, 'ROE', 'CYBER2', `Digital Currency Address - XBT ${genesis}.`)}\u001a`;
    const tags = await tagsOf('ofac', ['sdn.csv', text]);
    assert.deepEqual(
      tags.map(({ chain, address, label, programmes, uri }) => [chain, address, label, programmes, uri]),
      [
        [bitcoin, genesis, 'DOE, John', ['DPRK3', 'CYBER2'], 'OFAC SDN 1001'],
        ['eip155:1', usdt, 'DOE, John', ['DPRK3', 'CYBER2'], 'OFAC SDN 1001'],
        ['tron:0x2b6653dc', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'DOE, John', ['DPRK3', 'CYBER2'], 'OFAC SDN 1001'],
        [bitcoin, genesis, 'ROE', ['CYBER2'], 'OFAC SDN 1002'],
      ],
    );
    assert.ok(
      tags.every(
        ({ category, abuse, confidence }) => category === 'sanctioned' && abuse === 'sanction' && confidence === 100,
      ),
    );
  });

  test('SDN.CSV: remarks that are cut go on in SDN_COMMENTS.CSV, even inside an address', async () => {
    const begin = `Digital Currency Address - XBT ${genesis}; Digital Currency Address - ETH ${usdt.slice(0, 20)}`;
    const cut = begin.padStart(1000, 'x');
    const main = sdn(
      7,
      'DOE',
      'CYBER2',
      `;${cut.slice(1)}`.replace(/^;x*/, (it) => `;${'x'.repeat(it.length - 2)};`),
    );
    const comments = `7,"${usdt.slice(20)}; a.k.a. 'Y'."\r\n8,"more"\r\n\u001a`;
    const alone = await read('ofac', ['SDN.CSV', main]);
    assert.equal(alone.whole, false);
    assert.deepEqual(
      alone.refusals.map(({ reason }) => reason),
      ['text-cut'],
    );
    assert.equal(alone.tags.size, 1);
    const both = await read('ofac', ['SDN.CSV', main], ['SDN_COMMENTS.CSV', comments]);
    assert.equal(both.whole, true);
    assert.deepEqual(both.refusals, []);
    assert.deepEqual(
      [...both.tags.values()].map(({ item }) => item.address),
      [genesis, usdt],
    );
  });

  test('a list of one asset says it in its name', async () => {
    const tags = await tagsOf('ofac', ['sanctioned_addresses_XBT.txt', `${genesis}\n\n# comment\n`]);
    assert.deepEqual(
      tags.map(({ chain, label }) => [chain, label]),
      [[bitcoin, 'OFAC SDN']],
    );
    assert.deepEqual(
      (await tagsOf('ofac', ['sanctioned_addresses_ETH.json', JSON.stringify([usdt])])).map(({ chain }) => chain),
      ['eip155:1'],
    );
    await assert.rejects(() => read('ofac', ['addresses.txt', genesis]), /asset/);
  });

  test('the JSON list names entities; an address of several has a tag of each', async () => {
    const entry = (entity: string, uid: string) => ({
      entity,
      uid,
      program: 'DPRK, CYBER2',
      type: 'Digital Currency Address - XBT',
    });
    const json = JSON.stringify({
      addresses: {
        [genesis]: { entries: [entry('A', '1'), entry('B', '2')] },
        [genesis.toLowerCase()]: { entries: [entry('C', '3')] },
        empty: {},
      },
    });
    const { tags, refusals } = await read('ofac', ['list.json', json]);
    assert.deepEqual(
      [...tags.values()].map(({ item }) => [item.label, item.uri, item.programmes]),
      [
        ['A', 'OFAC SDN 1', ['DPRK', 'CYBER2']],
        ['B', 'OFAC SDN 2', ['DPRK', 'CYBER2']],
      ],
    );
    assert.deepEqual(
      refusals.map(({ row, reason }) => [row, reason]),
      [
        [2, 'address-case'],
        [3, 'field-missing'],
      ],
    );
  });

  test('a file that is none of these is refused as a whole', async () => {
    for (const [name, text] of [
      ['x.csv', 'a,b,c\n'],
      ['x.csv', ''],
      ['x.json', '{'],
      ['x.json', '{"a": 1}'],
      ['x.json', '[1]'],
      ['x.csv', `1,"${'x'.repeat(200_000)}`],
    ] as const)
      await assert.rejects(() => read('ofac', [name, text]), GongjoError, text.slice(0, 20));
  });
});

describe('CSV', () => {
  test('columns stand in any order; quotes, line breaks and a byte order mark are read', async () => {
    const text = `\uFEFFLabel,address,chain,category,abuse,programmes,confidence,modified,note\r\n"One, ""two""\nthree",${genesis},BTC,exchange,sanction,DPRK3; CYBER2,77,2025-01-31,n\r\nfour,${usdt},eip155:10,,,,,,\n`;
    assert.deepEqual(await tagsOf('csv', ['list.csv', text]), [
      {
        chain: bitcoin,
        address: genesis,
        label: 'One, "two"\nthree',
        category: 'exchange',
        abuse: 'sanction',
        actor: null,
        confidence: 77,
        programmes: ['DPRK3', 'CYBER2'],
        modified: '2025-01-31',
      },
      { chain: 'eip155:10', address: usdt, label: 'four', category: 'other', actor: null, confidence: 50 },
    ]);
  });

  test('rows are refused by line; a header that lacks a column refuses the file', async () => {
    const text = `chain,address,label,category,confidence\nBTC,${genesis},,,\nBTC,${genesis},x,castle,\nBTC,${genesis},x,,101\n,${genesis},x,,\nBTC,,x,,\nBTC,${genesis},${'x'.repeat(501)},,\n`;
    assert.deepEqual(
      (await refusalsOf('csv', ['l.csv', text])).map(([row, reason, of]) => [row, reason, of]),
      [
        [2, 'field-missing', 'label'],
        [3, 'field-wrong', 'category'],
        [4, 'field-wrong', 'confidence'],
        [5, 'field-missing', 'chain'],
        [6, 'field-missing', 'address'],
        [7, 'field-wrong', 'label'],
      ],
    );
    await assert.rejects(() => read('csv', ['l.csv', 'chain,label\nBTC,x\n']), /address/);
  });
});

test('a list beyond the bounds is refused as a whole', async () => {
  const large = { name: 'l.csv', text: 'x'.repeat(32_000_001) };
  await assert.rejects(() => readList({ kind: 'csv', source: 's', files: [large] }), /larger/);
});
