import fc from 'fast-check';

/** Random MISP events, with everything that is mapped and some things that are not. */

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const text = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('지갑', 'a|b', "it's", '\\'));
const seconds = fc.integer({ min: 1, max: 2_000_000_000 }).map(String);
const seen = fc
  .tuple(fc.integer({ min: 0, max: 4_000_000_000 }), fc.constantFrom('.000000+00:00', '+09:00', '.123456Z', '-05:30'))
  .map(([at, rest]) => new Date(at * 1000).toISOString().slice(0, 19) + rest);

const tag = fc.constantFrom(
  ...['tlp:white', 'tlp:clear', 'tlp:green', 'TLP:AMBER', 'tlp:amber+strict', 'tlp:red', 'tlp:ex:chr'],
  ...['PAP:RED', 'PAP:WHITE', 'pap:green', 'type:OSINT', 'misp:tool="x"', 'misp-galaxy:sector="Finance"', '대외비'],
);
const tags = fc.array(
  tag.map((name) => ({ name, colour: '#ffffff' })),
  { maxLength: 3 },
);

/** The same UUID is the same cluster everywhere. */
const clusterOf = (type: string, n: number) => ({
  uuid: uuid(n),
  value: `${type} ${n}`,
  type,
  description: n % 2 === 0 ? 'd' : '',
  meta: n % 3 === 0 ? { synonyms: ['s'], refs: ['https://example.com/'], external_id: 'G1', country: 'KP' } : {},
});
const galaxies = fc.array(
  fc
    .constantFrom(...['threat-actor', 'ransomware', 'mitre-intrusion-set', 'mitre-tool', 'sector'].entries())
    .map(([n, type]) => ({
      type,
      name: type,
      uuid: uuid(900 + n),
      GalaxyCluster: [clusterOf(type, 800 + n)],
    })),
  { maxLength: 2 },
);

const hexOf = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
/** The published schema's expression has lost its backslashes and refuses every IPv6 address that ends in an IPv4 one. */
const ipv6 = fc.ipV6().filter((it) => !it.includes('.'));

const typedValue = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'btc',
      'xmr',
      'iban',
      'bank-account-nr',
      'domain',
      'hostname',
      'filename',
      'text',
      'phone-number',
      'comment',
      'bic',
    ),
    text,
  ),
  fc.tuple(
    fc.constantFrom('url', 'link'),
    fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), text),
  ),
  fc.tuple(fc.constantFrom('ip-src', 'ip-dst'), fc.oneof(fc.ipV4(), ipv6, fc.constant('198.51.100.0/24'), text)),
  fc.tuple(fc.constantFrom('email', 'email-src', 'email-dst'), fc.oneof(fc.constant('a@example.com'), text)),
  fc.tuple(
    fc.constantFrom('md5', 'filename|md5'),
    fc.oneof(
      hexOf(32),
      hexOf(32).map((it) => `a|b|${it}`),
    ),
  ),
  fc.tuple(fc.constantFrom('sha256', 'sha1'), fc.oneof(hexOf(64), hexOf(40))),
  fc.tuple(fc.constant('domain|ip'), fc.constantFrom('example.com|198.51.100.7', 'example.com')),
);

const flag = fc.constantFrom(true, false, '0', '1');

const attribute = fc
  .tuple(
    typedValue,
    fc.record(
      {
        category: fc.constantFrom('Financial fraud', 'Other', ''),
        to_ids: flag,
        comment: text,
        timestamp: seconds,
        first_seen: seen,
        last_seen: seen,
        deleted: flag,
        Tag: tags,
        Galaxy: galaxies,
        distribution: fc.constantFrom('0', '5'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([[type, value], rest]) => ({ type, value, ...rest }));

const relation = fc.constantFrom(
  'address',
  'address-crypto',
  'symbol',
  'transaction-number',
  'time',
  'iban',
  'account',
  'swift',
  '',
);
const member = fc.tuple(attribute, relation).map(([it, object_relation]) => ({ ...it, object_relation }));

const object = fc.record(
  {
    name: fc.constantFrom(
      'coin-address',
      'btc-wallet',
      'btc-transaction',
      'cryptocurrency-transaction',
      'transaction',
      'bank-account',
      'file',
      'person',
    ),
    'meta-category': fc.constant('financial'),
    template_uuid: fc.constant(uuid(700)),
    template_version: fc.constantFrom('3', 4),
    comment: text,
    timestamp: seconds,
    first_seen: seen,
    deleted: flag,
    Attribute: fc.array(member, { maxLength: 4 }),
  },
  { requiredKeys: ['name'] },
);

const report = fc.record({ name: text, content: text, timestamp: seconds, deleted: flag }, { requiredKeys: ['name'] });

/** Gives every part its own UUID and lets some objects refer to others. */
export const mispEvent = fc
  .tuple(
    fc.record(
      {
        info: text,
        date: fc.constantFrom('2026-03-01', '1999-12-31'),
        timestamp: seconds,
        published: flag,
        publish_timestamp: fc.oneof(seconds, fc.constant('0')),
        threat_level_id: fc.constantFrom('1', '2', '3', '4', 1),
        analysis: fc.constantFrom('0', '1', '2'),
        extends_uuid: fc.constantFrom('', uuid(5)),
        distribution: fc.constantFrom('0', '3', '4'),
        Orgc: fc.constant({ uuid: uuid(2), name: 'KR-CERT', id: '7' }),
        Tag: tags,
        Galaxy: galaxies,
      },
      { requiredKeys: ['info'] },
    ),
    fc.array(attribute, { maxLength: 5 }),
    fc.array(object, { maxLength: 3 }),
    fc.array(report, { maxLength: 2 }),
    fc.array(fc.tuple(fc.nat(2), fc.nat(9), fc.constantFrom('derived-from', 'Connected To', '')), { maxLength: 3 }),
  )
  .map(([event, attributes, objects, reports, references]) => ({
    Event: {
      ...event,
      uuid: uuid(1),
      Attribute: attributes.map((it, i) => ({ ...it, uuid: uuid(100 + i) })),
      Object: objects.map((it, i) => ({
        ...it,
        uuid: uuid(200 + i),
        Attribute: (it.Attribute ?? []).map((inner, k) => ({ ...inner, uuid: uuid(300 + 10 * i + k) })),
        ObjectReference: references.flatMap(([from, to, relationship_type], k) =>
          from === i
            ? [
                {
                  uuid: uuid(500 + k),
                  referenced_uuid: uuid(to < 5 ? 100 + to : 195 + to),
                  relationship_type,
                  comment: 'c',
                },
              ]
            : [],
        ),
      })),
      EventReport: reports.map((it, i) => ({ ...it, uuid: uuid(600 + i) })),
    },
  }));
