/**
 * STIX patterns (STIX 2.1 section 9) as data. A chain of the same operator is one node with all its parts; parentheses are
 * the nesting itself, so that two texts that mean the same by the grammar give the same tree.
 */

/** Section 9.4: the keywords, which are case-sensitive and never names. */
export const keywords = [
  'AND',
  'OR',
  'NOT',
  'FOLLOWEDBY',
  'LIKE',
  'MATCHES',
  'ISSUPERSET',
  'ISSUBSET',
  'EXISTS',
  'LAST',
  'IN',
  'START',
  'STOP',
  'SECONDS',
  'WITHIN',
  'REPEATS',
  'TIMES',
  'true',
  'false',
] as const;
export type Keyword = (typeof keywords)[number];

/** Section 9.3. Numbers stay text, without a plus sign: a pattern's number is compared by whoever runs it, not by us. */
export type Literal =
  | { readonly kind: 'string' | 'timestamp' | 'hex' | 'binary'; readonly value: string }
  | { readonly kind: 'integer' | 'float'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** A step of an object path after the type: a key, an element of a list, or every element. */
export type Step = { readonly key: string } | { readonly index: number | '*' };

/** Section 9.7, `file:hashes.'SHA-256'`. The first step is a key. */
export interface ObjectPath {
  readonly type: string;
  readonly steps: readonly Step[];
}

export const orderOperators = ['=', '!=', '<', '<=', '>', '>='] as const;
export const textOperators = ['LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET'] as const;

/** Section 9.6.1. Regular expressions of MATCHES are kept as text and never run: their author is a stranger. */
export type Test = { readonly kind: 'test'; readonly path: ObjectPath; readonly negated: boolean } & (
  | { readonly operator: (typeof orderOperators)[number]; readonly value: Literal }
  | { readonly operator: (typeof textOperators)[number]; readonly value: string }
  | { readonly operator: 'IN'; readonly value: readonly Literal[] }
);

export type Comparison =
  | Test
  | { readonly kind: 'exists'; readonly path: ObjectPath }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Comparison[] };

/** Section 9.5.1. Times are RFC 3339 in UTC as they were written. */
export type Qualifier =
  | { readonly kind: 'repeats'; readonly times: string }
  | { readonly kind: 'within'; readonly seconds: string }
  | { readonly kind: 'start-stop'; readonly start: string; readonly stop: string };

/** Section 9.5. The qualifiers of one node are of different kinds; the same kind again qualifies the qualified. */
export type Pattern =
  | { readonly kind: 'observation'; readonly of: Comparison }
  | { readonly kind: 'and' | 'or' | 'followedby'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'qualified'; readonly of: Pattern; readonly qualifiers: readonly Qualifier[] };

/** Why a text is not a pattern: at which character (from 0), and a sentence with line and column (from 1). */
export interface PatternFault {
  readonly at: number;
  readonly detail: string;
}

export type PatternReading =
  | { readonly pattern: Pattern; readonly fault: null }
  | { readonly pattern: null; readonly fault: PatternFault };
