import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { needs, stixFile } from '../published.fixture.ts';
import { PARENTHESES_MAX, PATTERN_CHARS_MAX, parsePattern } from './parser.ts';
import { pattern as anyPattern, tokenSoup } from './pattern.fixture.ts';
import { printPattern } from './print.ts';

const treeOf = (text: string) => {
  const { pattern, fault } = parsePattern(text);
  assert.equal(fault, null, `${text}: ${fault?.detail}`);
  return pattern;
};

const shape = (text: string) => printPattern(treeOf(text)!);

describe('STIX 2.1 section 9: OASIS vectors', () => {
  const file = stixFile('pattern-vectors.jsonl');
  const vectors = (): { pattern: string; expect: boolean }[] =>
    readFileSync(file!, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  test('all 87 are judged as the OASIS validator judges them', needs(file), () => {
    const all = vectors();
    assert.equal(all.length, 87);
    const wrong = all.filter(({ pattern, expect }) => (parsePattern(pattern).fault === null) !== expect);
    assert.deepEqual(wrong, []);
  });

  test('all valid ones are printed so that they read the same', needs(file), () => {
    for (const { pattern } of vectors().filter(({ expect }) => expect)) {
      const tree = treeOf(pattern);
      assert.deepEqual(treeOf(printPattern(tree!)), tree, pattern);
    }
  });
});

describe('STIX 2.1 section 9.5: observations', () => {
  const a = "[a:b = '1']";
  const b = "[a:b = '2']";
  const c = "[a:b = '3']";

  test('AND binds tighter than OR, OR tighter than FOLLOWEDBY', () => {
    const pattern = treeOf(`${a} FOLLOWEDBY ${b} OR ${c} AND ${a}`);
    assert.equal(pattern?.kind, 'followedby');
    assert.ok('parts' in pattern);
    assert.deepEqual(
      pattern.parts.map(({ kind }) => kind),
      ['observation', 'or'],
    );
    assert.deepEqual(treeOf(`${a} FOLLOWEDBY (${b} OR (${c} AND ${a}))`), pattern);
  });

  test('parentheses change the meaning and are kept where they do', () => {
    assert.equal(shape(`(${a} OR ${b}) AND ${c}`), `(${a} OR ${b}) AND ${c}`);
    assert.equal(shape(`((${a} AND ${b})) OR ${c}`), `${a} AND ${b} OR ${c}`);
  });

  test('a qualifier belongs to the observation before it', () => {
    const pattern = treeOf(`${a} AND ${b} WITHIN 5 SECONDS REPEATS 2 TIMES`);
    assert.ok(pattern?.kind === 'and');
    assert.deepEqual(pattern.parts[1], {
      kind: 'qualified',
      of: treeOf(b),
      qualifiers: [
        { kind: 'within', seconds: '5' },
        { kind: 'repeats', times: '2' },
      ],
    });
  });

  test('the same qualifier twice is one inside the other on a group, and refused on one observation', () => {
    assert.equal(shape(`(${a}) WITHIN 5 SECONDS WITHIN 6 SECONDS`), `(${a} WITHIN 5 SECONDS) WITHIN 6 SECONDS`);
    assert.match(parsePattern(`${a} WITHIN 5 SECONDS WITHIN 6 SECONDS`).fault!.detail, /for a second time/);
  });

  test('START and STOP take times, WITHIN a fraction', () => {
    const qualified = `${a} START t'2026-01-01T00:00:00Z' STOP t'2026-12-31T23:59:60.5Z' WITHIN 0.5 SECONDS`;
    assert.equal(shape(qualified), qualified);
  });
});

describe('STIX 2.1 section 9.6: comparisons', () => {
  test('AND binds tighter than OR', () => {
    assert.equal(shape('[a:b = 1 OR a:c = 2 AND a:d = 3]'), '[a:b = 1 OR a:c = 2 AND a:d = 3]');
    assert.deepEqual(treeOf('[a:b = 1 OR (a:c = 2 AND a:d = 3)]'), treeOf('[a:b = 1 OR a:c = 2 AND a:d = 3]'));
    assert.notDeepEqual(treeOf('[(a:b = 1 OR a:c = 2) AND a:d = 3]'), treeOf('[a:b = 1 OR a:c = 2 AND a:d = 3]'));
  });

  const samePrinted = [
    '[a:b NOT = 1]',
    '[a:b != 1.50]',
    '[a:b < -3 AND a:b <= .5 AND a:b > 0 AND a:b >= -0.25]',
    "[a:b IN ('x', 2, true, h'0aFF', b'AA==')]",
    '[a:b IN ()]',
    "[a:b NOT LIKE '%.exe' OR a:b NOT MATCHES '^(a+)+$']",
    "[a:b ISSUBSET '198.51.100.0/24' OR a:b NOT ISSUPERSET '198.51.100.7']",
    '[EXISTS a:b]',
    "[a-b:'c-d'.e[*].f[0].'AND' = false]",
    "[a:b_ref.c.'' = t'2026-02-30T00:00:00Z']",
    "[a:b = 'it\\'s a \\\\ and \n ']",
  ];
  for (const text of samePrinted) test(`reads ${text}`, () => assert.equal(shape(text), text));

  test('other spellings mean the same', () => {
    assert.equal(shape("[a : b==+1 OR a:c<>'x']"), "[a:b = 1 OR a:c != 'x']");
    assert.equal(shape("[a:'b' = 1] // to the end\n/* between */ OR [a:b=2]"), '[a:b = 1] OR [a:b = 2]');
  });
});

describe('STIX 2.1 section 9: what is no pattern', () => {
  const refused: [pattern: string, detail: RegExp][] = [
    ['', /expected “\[” or “\(”.*found the end \(line 1, column 1\)/],
    ['a:b = 1', /expected “\[”.*found the name a/],
    ['[a:b = 1', /expected an operator or “]”, found the end/],
    ['[a:b = 1]]', /expected an operator between observations, a qualifier or the end, found “]”/],
    ['[a:b = 1] and [a:b = 2]', /found the name and \(line 1, column 11\)/],
    ['[a:b\n  ~ 1]', /the character "~".*\(line 2, column 3\)/],
    ['[a:b = c]', /expected a value, found the name c/],
    ['[a.b = 1]', /expected “:” after the type/],
    ['[a:b-c = 1]', /a property with a hyphen, which needs quotes/],
    ['[a:b[x] = 1]', /expected the index of a list/],
    ['[a:b[99999999999999999999] = 1]', /expected the index of a list/],
    ['[a:b < true]', /a boolean after </],
    ['[a:b LIKE 1]', /expected a string after LIKE, found the integer 1/],
    ['[a:b IN 1]', /expected “\(”/],
    ['[a:b IN (1,)]', /expected a value/],
    ['[NOT a:b = 1]', /expected the type of an object/],
    ['[NOT EXISTS a:b]', /expected the type of an object/],
    ['[a:b = 007]', /an integer that begins with 0/],
    ["[a:b = 'x]", /a string that does not end/],
    ["[a:b = 'x\\n']", /a backslash before neither/],
    ["[a:b = 'x\\", /a backslash before neither/],
    ["[a:b = h'abc']", /not pairs of hexadecimal digits/],
    ["[a:b = b'']", /not Base64/],
    ["[a:b = b'A===']", /not Base64/],
    ["[a:b = t'2026-01-01']", /not a time/],
    ['[a:b = 1] REPEATS 0 TIMES', /expected a whole number above 0/],
    ['[a:b = 1] REPEATS 1.5 TIMES', /expected a whole number above 0/],
    ['[a:b = 1] WITHIN 0.0 SECONDS', /expected a number above 0/],
    ['[a:b = 1] WITHIN 5 HOURS', /expected SECONDS, found the name HOURS/],
    ["[a:b = 1] START '2026-01-01T00:00:00Z' STOP t'2026-01-01T00:00:00Z'", /expected a time/],
    ['[a:b = 1] /* open', /a comment that does not end/],
    ["[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427']", /not a hash of the algorithm MD5/],
    ["[file:hashes.'sha-256' IN ('00')]", /not a hash of the algorithm sha-256/],
    [`[a:b = 1]${' '.repeat(PATTERN_CHARS_MAX)}`, /longer than/],
    [`${'('.repeat(PARENTHESES_MAX + 1)}[a:b = 1]`, /more than 64 brackets/],
  ];
  for (const [text, detail] of refused) {
    test(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      const { pattern, fault } = parsePattern(text);
      assert.equal(pattern, null);
      assert.match(fault!.detail, detail);
    });
  }

  test('a part of a hash may stand in LIKE, and a hash of an unknown algorithm anywhere', () => {
    treeOf("[file:hashes.MD5 LIKE 'd41d%']");
    treeOf("[file:hashes.TLSH = 'x']");
    treeOf("[file:hashes[*] = 'x']");
  });
});

describe('laws', () => {
  test('what is printed is read back as the same tree', () => {
    fc.assert(
      fc.property(anyPattern, (tree) => assert.deepEqual(treeOf(printPattern(tree)), tree)),
      { numRuns: 500 },
    );
  });

  test('any text is either a tree or a fault with its place; what reads can be printed', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), tokenSoup);
    fc.assert(
      fc.property(texts, (text) => {
        const { pattern, fault } = parsePattern(text);
        if (pattern === null) assert.ok(fault.at >= 0 && fault.at <= text.length && fault.detail !== '');
        else assert.deepEqual(treeOf(printPattern(pattern)), pattern);
      }),
      { numRuns: 2000 },
    );
  });

  test('time grows with the length of a hostile text, not with its square', () => {
    const long = (part: string, before = '', after = '') =>
      `${before}${part.repeat((PATTERN_CHARS_MAX - before.length - after.length) / part.length)}${after}`;
    const hostile = [
      long('0', '[a:b = '),
      long('1', '[a:b = ', '.'),
      long(' ', '[', '~'),
      long("\\'", "[a:b = '"),
      long('/* */', '', 'x'),
      long('(', ''),
      long('a:b=1 OR ', '['),
      long('[a:b=1] AND '),
      long('.a', '[a:b'),
      long('\n', '', '~'),
      long('A', "[a:b = b'", "!'"),
    ];
    const startedAt = performance.now();
    for (const text of hostile) assert.notEqual(parsePattern(text).fault, null);
    // Each takes milliseconds; a square would take minutes.
    assert.ok(performance.now() - startedAt < 20_000);
  });
});
