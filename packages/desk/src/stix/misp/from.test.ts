import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chainOf } from '../extension.ts';
import type { StixObject } from '../model/index.ts';
import { needsSchemas, oasisCheck } from '../oasis.fixture.ts';
import { watchables } from '../pattern/index.ts';
import { needs, stixFile } from '../published.fixture.ts';
import { readObjects } from '../read.ts';
import { tlpOf } from '../tlp.ts';
import { fromMisp } from './from.ts';
import { mispEvent, uuid } from './misp.fixture.ts';

const base = { uuid: uuid(1), info: 'Ransom wallets', date: '2026-03-01', timestamp: '1772330400' };
const read = (more: Record<string, unknown>) => fromMisp({ Event: { ...base, ...more } });
const withAttribute = (attribute: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  read({ ...more, Attribute: [{ uuid: uuid(10), ...attribute }] });
const withObject = (name: string, members: [relation: string, type: string, value: string, toIds?: boolean][]) =>
  read({
    Object: [
      {
        uuid: uuid(20),
        name,
        Attribute: members.map(([object_relation, type, value, to_ids = false], i) => ({
          uuid: uuid(30 + i),
          object_relation,
          type,
          value,
          to_ids,
        })),
      },
    ],
  });
const of = (objects: readonly StixObject[], type: string) => objects.filter((it) => it.type === type);
const only = (objects: readonly StixObject[], type: string) => {
  const found = of(objects, type);
  assert.equal(found.length, 1, `${found.length} of ${type}`);
  return found[0]!;
};

describe('attributes', () => {
  test('to_ids: an indicator with the attribute’s UUID, based on what was observed', () => {
    const { objects, findings, kept } = withAttribute({
      type: 'btc',
      value: 'bc1q',
      to_ids: true,
      comment: 'paid',
      timestamp: '1772330300',
    });
    assert.deepEqual([findings, kept], [[], []]);
    const indicator = only(objects, 'indicator');
    assert.equal(indicator.id, `indicator--${uuid(10)}`);
    assert.equal(indicator.description, 'paid');
    assert.equal(indicator.modified, '2026-03-01T01:58:20.000Z');
    assert.equal(chainOf(indicator), 'bip122:000000000019d6689c085ae165831e93');
    assert.deepEqual(watchables(String(indicator.pattern)).subjects, [{ kind: 'wallet', form: null, value: 'bc1q' }]);
    const observed = only(objects, 'observed-data');
    assert.deepEqual(observed.object_refs, [only(objects, 'cryptocurrency-wallet').id]);
    const based = only(objects, 'relationship');
    assert.deepEqual(
      [based.relationship_type, based.source_ref, based.target_ref],
      ['based-on', indicator.id, observed.id],
    );
  });

  test('without to_ids: observed, and nothing to detect', () => {
    const { objects } = withAttribute({ type: 'iban', value: 'GB29NWBK60161331926819', to_ids: '0', comment: 'mule' });
    assert.equal(only(objects, 'bank-account').iban, 'GB29NWBK60161331926819');
    assert.equal(only(objects, 'observed-data').x_misp_comment, 'mule');
    assert.deepEqual(of(objects, 'indicator'), []);
  });

  const patterns: [type: string, value: string, pattern: string][] = [
    ['xmr', '4A', "[cryptocurrency-wallet:value = '4A']"],
    ['bank-account-nr', '110-2', "[bank-account:account_number = '110-2']"],
    ['domain', 'example.com', "[domain-name:value = 'example.com']"],
    ['hostname', 'a.example.com', "[domain-name:value = 'a.example.com']"],
    ['ip-src', '198.51.100.7', "[ipv4-addr:value = '198.51.100.7']"],
    ['ip-dst', '2001:db8::1', "[ipv6-addr:value = '2001:db8::1']"],
    [
      'domain|ip',
      'example.com|198.51.100.7',
      "[domain-name:value = 'example.com' AND ipv4-addr:value = '198.51.100.7']",
    ],
    ['url', "https://a@example.com:8443/'?q=%EC#f", "[url:value = 'https://a@example.com:8443/\\'?q=%EC#f']"],
    ['email-src', 'a@example.com', "[email-addr:value = 'a@example.com']"],
    ['md5', 'd41d8cd98f00b204e9800998ecf8427e', "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']"],
    ['sha1', 'a'.repeat(40), `[file:hashes.'SHA-1' = '${'a'.repeat(40)}']`],
    ['filename|sha256', `a|b|${'b'.repeat(64)}`, `[file:name = 'a|b' AND file:hashes.'SHA-256' = '${'b'.repeat(64)}']`],
  ];
  for (const [type, value, pattern] of patterns) {
    test(`${type} becomes ${pattern.slice(0, 60)}`, () => {
      const { objects, findings } = withAttribute({ type, value, to_ids: true });
      assert.deepEqual(findings, []);
      assert.equal(only(objects, 'indicator').pattern, pattern);
    });
  }

  for (const type of ['text', 'comment', 'phone-number', 'bic', 'x-unheard-of']) {
    test(`${type} is a note, and listed`, () => {
      const { objects, kept } = withAttribute({ type, value: '010-1234' });
      const note = only(objects, 'note');
      assert.deepEqual([note.id, note.content], [`note--${uuid(10)}`, '010-1234']);
      assert.deepEqual(kept, [{ path: '/Event/Attribute/0', detail: `the type ${type}, as a note` }]);
    });
  }

  test('a value that is none of its type is a note with a finding, never a false observable', () => {
    const { objects, findings } = withAttribute({ type: 'md5', value: 'abc', to_ids: true });
    assert.equal(only(objects, 'note').content, 'abc');
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['/Event/Attribute/0/value', '/Event/Attribute/0/to_ids'],
    );
  });

  test('times with an offset come to UTC with their fraction; deleted is revoked', () => {
    const seen = { first_seen: '2026-01-02T03:04:05.000006+09:00', last_seen: '2026-01-03T00:00:00Z', deleted: '1' };
    const observed = only(withAttribute({ type: 'url', value: 'https://a', ...seen }).objects, 'observed-data');
    assert.equal(observed.first_observed, '2026-01-01T18:04:05.000006Z');
    assert.equal(observed.last_observed, '2026-01-03T00:00:00.000Z');
    assert.equal(observed.revoked, true);
  });
});

describe('objects by their templates', () => {
  test('coin-address: an address of type text is a wallet, on no known chain', () => {
    const { objects, findings } = withObject('coin-address', [
      ['address-crypto', 'text', '0xabc', true],
      ['symbol', 'text', 'ETH'],
      ['current-balance', 'float', '0.1'],
    ]);
    assert.deepEqual(findings, []);
    assert.equal(only(objects, 'cryptocurrency-wallet').value, '0xabc');
    const indicator = only(objects, 'indicator');
    assert.equal(indicator.pattern, "[cryptocurrency-wallet:value = '0xabc']");
    assert.equal(chainOf(indicator), null);
    const attributes = only(objects, 'observed-data').x_misp_attributes as { value: string }[];
    assert.deepEqual(
      attributes.map(({ value }) => value),
      ['0xabc', 'ETH', '0.1'],
    );
  });

  test('btc-wallet is on Bitcoin; an address of type btc under another symbol is not', () => {
    const wallet = withObject('btc-wallet', [['wallet-address', 'btc', '1A', true]]).objects;
    assert.equal(chainOf(only(wallet, 'indicator')), 'bip122:000000000019d6689c085ae165831e93');
    const litecoin = withObject('cryptocurrency-transaction', [
      ['address', 'btc', 'ltc1q', true],
      ['symbol', 'text', 'LTC'],
    ]).objects;
    assert.equal(chainOf(only(litecoin, 'indicator')), null);
  });

  test('transactions: each number is one, with its symbol and time; amounts stay text', () => {
    const { objects } = withObject('btc-transaction', [
      ['transaction-number', 'text', 'f0', true],
      ['transaction-number', 'text', 'f1'],
      ['time', 'datetime', '2026-02-03T04:05:06+00:00'],
      ['value_BTC', 'float', '1.5'],
    ]);
    const transactions = of(objects, 'cryptocurrency-transaction');
    assert.deepEqual(
      transactions.map(({ value, symbol, execution_time }) => [value, symbol, execution_time]),
      ['f0', 'f1'].map((it) => [it, 'BTC', '2026-02-03T04:05:06.000Z']),
    );
    assert.equal(only(objects, 'indicator').pattern, "[cryptocurrency-transaction:value = 'f0']");
  });

  test('bank-account: one account with all its numbers; any of them matches', () => {
    const { objects } = withObject('bank-account', [
      ['iban', 'iban', 'GB29', true],
      ['account', 'bank-account-nr', '31926819', true],
      ['swift', 'bic', 'NWBKGB2L'],
      ['currency-code', 'text', 'GBP'],
    ]);
    const { iban, account_number, bic, currency } = only(objects, 'bank-account');
    assert.deepEqual([iban, account_number, bic, currency], ['GB29', '31926819', 'NWBKGB2L', 'GBP']);
    assert.equal(
      only(objects, 'indicator').pattern,
      "[bank-account:iban = 'GB29' OR bank-account:account_number = '31926819']",
    );
  });

  test('transaction (of a bank) has no observable: a note, and listed', () => {
    const { objects, kept } = withObject('transaction', [['amount', 'text', '5,000,000 KRW']]);
    assert.equal(only(objects, 'note').content, 'transaction\namount: 5,000,000 KRW');
    assert.deepEqual(kept, [{ path: '/Event/Object/0', detail: 'the object transaction, as a note' }]);
  });

  test('a reference to nothing is a finding; one to another object is a relationship with its own UUID', () => {
    const references = [
      { uuid: uuid(50), referenced_uuid: uuid(10), relationship_type: 'Paid By' },
      { uuid: uuid(51), referenced_uuid: uuid(99), relationship_type: 'x' },
    ];
    const { objects, findings } = read({
      Attribute: [{ uuid: uuid(10), type: 'url', value: 'https://a' }],
      Object: [{ uuid: uuid(20), name: 'person', ObjectReference: references }],
    });
    const relationship = only(objects, 'relationship');
    assert.deepEqual(
      [relationship.id, relationship.relationship_type, relationship.source_ref, relationship.target_ref],
      [`relationship--${uuid(50)}`, 'paid-by', `note--${uuid(20)}`, `observed-data--${uuid(10)}`],
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['/Event/Object/0/ObjectReference/1'],
    );
  });
});

describe('events', () => {
  test('published is a report, unpublished a grouping; Korean text is kept and said to be Korean', () => {
    const grouping = only(read({ info: '랜섬웨어 지갑' }).objects, 'grouping');
    assert.deepEqual([grouping.id, grouping.name, grouping.lang], [`grouping--${uuid(1)}`, '랜섬웨어 지갑', 'ko']);
    const report = only(read({ published: true, publish_timestamp: '1772330500' }).objects, 'report');
    assert.deepEqual([report.published, report.lang], ['2026-03-01T02:01:40.000Z', undefined]);
  });

  test('event reports are notes about it', () => {
    const note = only(read({ EventReport: [{ uuid: uuid(9), name: '보고', content: '내용' }] }).objects, 'note');
    assert.deepEqual([note.abstract, note.content, note.object_refs], ['보고', '내용', [`grouping--${uuid(1)}`]]);
  });

  test('distribution and sharing group give no marking and no permission', () => {
    const { objects, findings } = read({ distribution: '3', sharing_group_id: '5', SharingGroup: { name: 'all' } });
    assert.deepEqual(findings, []);
    assert.equal(tlpOf(only(objects, 'grouping')), null);
    assert.doesNotMatch(JSON.stringify(objects), /distribution|haring/);
  });

  test('what is not mapped is told with its place', () => {
    const { findings } = read({
      RelatedEvent: [{ Event: {} }],
      Attribute: [{ uuid: uuid(10), type: 'url', value: 'https://a', Sighting: [{ id: '1' }], data: 'AAAA' }],
    });
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['/Event/Attribute/0/data', '/Event/RelatedEvent', '/Event/Attribute/0/Sighting'],
    );
  });

  test('two events of one document share an observable, under the stricter marking', () => {
    const event = (n: number, tag: string) => ({
      Event: {
        ...base,
        uuid: uuid(n),
        Tag: [{ name: tag }],
        Attribute: [{ uuid: uuid(n + 10), type: 'btc', value: 'bc1q' }],
      },
    });
    const { objects, findings } = fromMisp({ response: [event(1, 'tlp:red'), event(3, 'tlp:green')] });
    assert.deepEqual(findings, []);
    const wallet = only(objects, 'cryptocurrency-wallet');
    assert.equal(tlpOf(wallet), 'red');
    for (const grouping of of(objects, 'grouping')) assert.ok((grouping.object_refs as string[]).includes(wallet.id));
  });

  test('the same UUID with other content is a finding, and the first stays', () => {
    const twice = ['a', 'b'].map((value) => ({ uuid: uuid(10), type: 'text', value }));
    const { objects, findings } = read({ Attribute: twice });
    assert.equal(only(objects, 'note').content, 'a');
    assert.match(String(findings[0]?.detail), /stands here before with other content/);
    assert.equal(findings[0]?.path, '/Event/Attribute/1');
  });
});

describe('markings', () => {
  const levelOf = (tags: string[], own: string[] = []) => {
    const named = (names: string[]) => names.map((name) => ({ name }));
    const { objects, findings } = withAttribute(
      { type: 'btc', value: 'bc1q', to_ids: true, Tag: named(own) },
      { Tag: named(tags) },
    );
    return { event: tlpOf(only(objects, 'grouping')), part: tlpOf(only(objects, 'indicator')), findings };
  };

  test('TLP 2.0 is a marking; white is TLP 1.0’s word for clear', () => {
    for (const [tag, level] of [
      ['tlp:white', 'clear'],
      ['tlp:clear', 'clear'],
      ['TLP:GREEN', 'green'],
      ['tlp:amber', 'amber'],
      ['tlp:amber+strict', 'amber+strict'],
      ['tlp:red', 'red'],
    ] as const)
      assert.deepEqual(levelOf([tag]), { event: level, part: level, findings: [] });
  });

  test('unmarked stays unmarked', () => {
    assert.deepEqual(levelOf([]), { event: null, part: null, findings: [] });
    assert.deepEqual(levelOf([], ['tlp:green']), { event: null, part: 'green', findings: [] });
  });

  test('a part is under the stricter of its own and the event’s', () => {
    assert.equal(levelOf(['tlp:green'], ['tlp:red']).part, 'red');
    const { part, findings } = levelOf(['tlp:red'], ['tlp:green']);
    assert.equal(part, 'red');
    assert.match(String(findings[0]?.detail), /TLP:GREEN is laxer than the event/);
  });

  test('contradictory tags are a finding and a conflict, which nobody may pass on', () => {
    const { event, part, findings } = levelOf(['tlp:clear', 'tlp:red']);
    assert.deepEqual([event, part], ['conflict', 'conflict']);
    assert.deepEqual(findings, [{ path: '/Event/Tag', detail: 'contradictory TLP tags: clear, red' }]);
  });

  test('a word that is no level marks nothing and is told', () => {
    const { event, findings } = levelOf(['tlp:ex:chr']);
    assert.equal(event, null);
    assert.match(String(findings[0]?.detail), /no level of TLP: tlp:ex:chr/);
  });

  test('PAP is a marking of its own, published by OASIS', () => {
    const { objects } = read({ Tag: [{ name: 'PAP:RED' }] });
    const marking = only(objects, 'marking-definition');
    assert.deepEqual(
      [marking.id, marking.name],
      ['marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e', 'PAP:RED'],
    );
    assert.deepEqual(only(objects, 'grouping').object_marking_refs, [marking.id]);
  });
});

describe('galaxies', () => {
  const published = (name: string) =>
    JSON.parse(readFileSync(stixFile(name)!, 'utf8')) as { type: string; values: { value: string }[] };

  for (const [file, type] of [
    ['misp-galaxy/threat-actor.json', 'threat-actor'],
    ['misp-galaxy/mitre-intrusion-set.json', 'intrusion-set'],
    ['misp-galaxy/ransomware.json', 'malware'],
  ] as const) {
    test(`every cluster of ${file} is a valid ${type}`, needs(stixFile(file)), () => {
      const galaxy = published(file);
      const { objects } = read({ Galaxy: [{ type: galaxy.type, GalaxyCluster: galaxy.values }] });
      const clusters = of(objects, type);
      assert.ok(clusters.length >= 150, `${clusters.length}`);
      assert.deepEqual(readObjects({ objects: clusters }).findings, []);
    });
  }

  test(
    'ATT&CK’s Lazarus Group keeps ATT&CK’s identifier',
    needs(stixFile('misp-galaxy/mitre-intrusion-set.json')),
    () => {
      const galaxy = published('misp-galaxy/mitre-intrusion-set.json');
      const lazarus = galaxy.values.filter(({ value }) => value === 'Lazarus Group - G0032');
      const set = only(read({ Galaxy: [{ type: galaxy.type, GalaxyCluster: lazarus }] }).objects, 'intrusion-set');
      assert.equal(set.id, 'intrusion-set--c93fccb1-e8e8-42cf-ae33-2ad1d183913a');
    },
  );

  test('on an attribute, its indicator indicates the cluster and what was observed is related to it', () => {
    const galaxy = [{ type: 'ransomware', GalaxyCluster: [{ uuid: uuid(80), value: 'WannaCry' }] }];
    const { objects } = withAttribute({ type: 'btc', value: 'bc1q', to_ids: true, Galaxy: galaxy });
    const ties = of(objects, 'relationship').filter(({ target_ref }) => target_ref === `malware--${uuid(80)}`);
    assert.deepEqual(
      ties.map(({ source_ref, relationship_type }) => [String(source_ref).split('--')[0], relationship_type]),
      [
        ['observed-data', 'related-to'],
        ['indicator', 'indicates'],
      ],
    );
  });

  test('a galaxy without a counterpart is a label, and listed', () => {
    const { objects, kept } = read({
      Galaxy: [{ type: 'sector', GalaxyCluster: [{ uuid: uuid(80), value: 'Finance' }] }],
    });
    assert.ok((only(objects, 'grouping').labels as string[]).includes('misp-galaxy:sector="Finance"'));
    assert.equal(kept.length, 1);
  });
});

describe('hostile and broken documents', () => {
  test('no document throws; each that is no event has one finding', () => {
    for (const json of [
      null,
      5,
      'x',
      [],
      {},
      { Event: 5 },
      { Event: {} },
      [null],
      { response: 5 },
      { Event: { ...base, Attribute: 5 } },
    ]) {
      const { objects, findings } = fromMisp(json);
      assert.deepEqual(objects, []);
      assert.equal(findings.length, Array.isArray(json) && json.length === 0 ? 0 : 1, JSON.stringify(json));
    }
    fc.assert(fc.property(fc.jsonValue(), (json) => assert.deepEqual(fromMisp({ Event: json }).objects.length, 0)));
  });

  test('deep nesting is refused as a whole, a broken attribute alone', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    assert.equal(fromMisp({ Event: { ...base, x: deep } }).objects.length, 0);
    const { objects, findings } = read({
      Attribute: [{ uuid: uuid(10) }, { uuid: uuid(11), type: 'url', value: 'https://a' }],
    });
    assert.equal(of(objects, 'url').length, 1);
    assert.equal(findings.length, 1);
  });

  test('an attached file does not make the document too long', () => {
    const { objects, findings } = withAttribute({ type: 'attachment', value: 'a.bin', data: 'A'.repeat(1_000_000) });
    assert.equal(only(objects, 'note').content, 'a.bin');
    assert.deepEqual(findings, [{ path: '/Event/Attribute/0/data', detail: 'the attached file is not carried' }]);
  });
});

test('whatever an event holds, every object is valid STIX 2.1, and reading it again gives the same', () => {
  fc.assert(
    fc.property(mispEvent, (event) => {
      const { objects } = fromMisp(event);
      assert.deepEqual(readObjects({ objects }).findings, []);
      assert.deepEqual(fromMisp(structuredClone(event)).objects, objects);
    }),
    { numRuns: 300 },
  );
});

test('every object that is made of an event is valid by the schemas of OASIS', needsSchemas, () => {
  const oasis = oasisCheck();
  fc.assert(
    fc.property(mispEvent, (event) => {
      for (const object of fromMisp(event).objects) assert.deepEqual(oasis.check(object) ?? [], [], object.id);
    }),
  );
});
