import fc from 'fast-check';
import type { Comparison, Literal, ObjectPath, Pattern, Qualifier } from './model.ts';

/** Random patterns: trees as `parsePattern` makes them, and texts that are nearly patterns. */

const time = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((it) => it.toISOString());

/** As the parser's objects are. */
const plainRecord = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });

const integer = fc.integer().map(String);
const float = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom("'", '\\', "\\'", 'AND', '\n'));

const literal: fc.Arbitrary<Literal> = fc.oneof(
  text.map((value): Literal => ({ kind: 'string', value })),
  integer.map((value): Literal => ({ kind: 'integer', value })),
  float.map((value): Literal => ({ kind: 'float', value })),
  time.map((value): Literal => ({ kind: 'timestamp', value })),
  fc.uint8Array({ minLength: 1 }).map((it): Literal => ({ kind: 'binary', value: Buffer.from(it).toString('base64') })),
  fc.uint8Array().map((it): Literal => ({ kind: 'hex', value: Buffer.from(it).toString('hex') })),
  fc.boolean().map((value): Literal => ({ kind: 'boolean', value })),
);

const key = fc
  .oneof(fc.constantFrom('value', 'x_y', 'AND', 'true', 'with-hyphen', ''), text)
  .map((it) => ({ key: it }));

const path: fc.Arbitrary<ObjectPath> = plainRecord({
  type: fc.constantFrom('file', 'cryptocurrency-wallet', 'x_a-1'),
  steps: fc
    .tuple(
      key,
      fc.array(
        fc.oneof(
          key,
          fc.nat().map((index) => ({ index })),
          fc.constant({ index: '*' as const }),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([first, rest]) => [first, ...rest]),
});

const test: fc.Arbitrary<Comparison> = fc.tuple(path, fc.boolean()).chain(([at, negated]): fc.Arbitrary<Comparison> => {
  const base = { kind: 'test' as const, path: at, negated };
  return fc.oneof(
    fc.constant<Comparison>({ kind: 'exists', path: at }),
    fc
      .tuple(fc.constantFrom('=' as const, '!=' as const), literal)
      .map(([operator, value]) => ({ ...base, operator, value })),
    fc
      .tuple(
        fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
        literal.filter(({ kind }) => kind !== 'boolean'),
      )
      .map(([operator, value]) => ({ ...base, operator, value })),
    fc
      .tuple(fc.constantFrom('LIKE' as const, 'MATCHES' as const, 'ISSUBSET' as const, 'ISSUPERSET' as const), text)
      .map(([operator, value]) => ({ ...base, operator, value })),
    fc.array(literal, { maxLength: 4 }).map((value) => ({ ...base, operator: 'IN' as const, value })),
  );
});

const qualifiers: fc.Arbitrary<Qualifier[]> = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: 1 }).map((it): Qualifier => ({ kind: 'repeats', times: String(it) })),
    fc
      .oneof(fc.integer({ min: 1 }).map(String), fc.constantFrom('0.5', '.25'))
      .map((seconds): Qualifier => ({ kind: 'within', seconds })),
    fc.tuple(time, time).map(([start, stop]): Qualifier => ({ kind: 'start-stop', start, stop })),
  ),
  { minLength: 1, maxLength: 3, selector: ({ kind }) => kind },
);

const parts = <T>(part: fc.Arbitrary<T>) => fc.array(part, { minLength: 2, maxLength: 4 });

const comparison = fc.letrec<{ any: Comparison }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    test,
    plainRecord({ kind: fc.constantFrom('and' as const, 'or' as const), parts: parts(tie('any')) }),
  ),
})).any;

export const pattern = fc.letrec<{ any: Pattern }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison.map((of): Pattern => ({ kind: 'observation', of })),
    plainRecord({
      kind: fc.constantFrom('and' as const, 'or' as const, 'followedby' as const),
      parts: parts(tie('any')),
    }),
    plainRecord({ kind: fc.constant('qualified' as const), of: tie('any'), qualifiers }),
  ),
})).any;

/** Texts of tokens in any order: most are wrong somewhere late. */
export const tokenSoup = fc
  .array(
    fc.constantFrom(
      ...[
        '[',
        ']',
        '(',
        ')',
        ':',
        '.',
        ',',
        '*',
        '=',
        '!=',
        '<',
        'a',
        'b-c',
        'AND',
        'OR',
        'NOT',
        'FOLLOWEDBY',
        'IN',
        'LIKE',
      ],
      ...[
        'EXISTS',
        'WITHIN',
        'SECONDS',
        'REPEATS',
        'TIMES',
        'START',
        'STOP',
        '1',
        '-2',
        '0.5',
        'true',
        "'s'",
        "h'00'",
        '/**/',
      ],
      ...["t'2026-01-01T00:00:00Z'", '[a:b = 1]', '[a:b = 1]', 'a:b = 1', '(', "'", '\\', '//', ' '],
    ),
    { maxLength: 20 },
  )
  .map((it) => it.join(' '));
