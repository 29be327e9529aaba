import { type Keyword, keywords, type Literal } from './model.ts';

/**
 * The tokens of a pattern (STIX 2.1 section 9.3 and 9.4, with the character classes of the grammar that OASIS publishes).
 * One token at a time and never back, so that the time is linear in the length of the text.
 */

export type Token =
  | { readonly kind: 'keyword'; readonly word: Keyword; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'literal'; readonly literal: Literal; readonly at: number }
  | { readonly kind: 'symbol'; readonly symbol: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

/** Thrown inside this folder only; `parsePattern` makes a fault of it. */
export class PatternError extends Error {
  readonly at: number;
  constructor(at: number, detail: string) {
    super(detail);
    this.at = at;
  }
}

const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const lineComment = /\/\/[^\r\n]*/y;
const word = /[A-Za-z_][A-Za-z0-9_-]*/y;
const number = /[+-]?(\d*)(\.\d+)?/y;
const symbol = /==|=|!=|<>|<=|<|>=|>|[[\]():.,*]/y;

const timestamp = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/;
const hex = /^([0-9A-Fa-f]{2})*$/;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const keywordSet: ReadonlySet<string> = new Set(keywords);
const isKeyword = (text: string): text is Keyword => keywordSet.has(text);

/** Two spellings of the same operator. */
const spelling: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['<>', '!='],
]);

export function* tokensOf(text: string): Generator<Token, never> {
  let at = 0;
  const match = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    const found = form.exec(text);
    return found === null || found[0] === '' ? null : found;
  };
  for (;;) {
    const skipped = match(space) ?? match(lineComment);
    if (skipped !== null) {
      at += skipped[0].length;
      continue;
    }
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new PatternError(at, 'a comment that does not end');
      at = end + 2;
      continue;
    }
    if (at === text.length) break;
    const { token, end } = tokenAt(text, at, match);
    yield token;
    at = end;
  }
  for (;;) yield { kind: 'end', at: text.length };
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function tokenAt(text: string, at: number, match: (form: RegExp) => RegExpExecArray | null): Found {
  if (text[at] === "'") {
    const { value, end } = quoted(text, at);
    return { token: { kind: 'literal', literal: { kind: 'string', value }, at }, end };
  }
  const name = match(word)?.[0];
  if (name !== undefined) return wordAt(text, at, name);
  const digits = match(number);
  if (digits !== null && /\d$/.test(digits[0])) {
    return { token: { kind: 'literal', literal: numeral(digits, at), at }, end: at + digits[0].length };
  }
  const sign = match(symbol)?.[0];
  if (sign === undefined) throw new PatternError(at, `the character ${JSON.stringify(text[at])}, which no pattern has`);
  return { token: { kind: 'symbol', symbol: spelling.get(sign) ?? sign, at }, end: at + sign.length };
}

function wordAt(text: string, at: number, name: string): Found {
  const end = at + name.length;
  if (text[end] === "'" && (name === 't' || name === 'h' || name === 'b')) {
    const inner = quoted(text, end);
    return { token: { kind: 'literal', literal: prefixed(name, inner.value, at), at }, end: inner.end };
  }
  if (name === 'true' || name === 'false') {
    return { token: { kind: 'literal', literal: { kind: 'boolean', value: name === 'true' }, at }, end };
  }
  return { token: isKeyword(name) ? { kind: 'keyword', word: name, at } : { kind: 'name', name, at }, end };
}

function prefixed(prefix: 't' | 'h' | 'b', value: string, at: number): Literal {
  if (prefix === 't') {
    if (!timestamp.test(value)) throw new PatternError(at, "not a time of the form t'2026-01-31T23:59:59Z'");
    return { kind: 'timestamp', value };
  }
  if (prefix === 'h') {
    if (!hex.test(value)) throw new PatternError(at, 'not pairs of hexadecimal digits');
    return { kind: 'hex', value };
  }
  if (value.length % 4 !== 0 || !base64.test(value)) throw new PatternError(at, 'not Base64 with its padding');
  return { kind: 'binary', value };
}

function numeral(found: RegExpExecArray, at: number): Literal {
  const value = found[0].replace('+', '');
  if (found[2] !== undefined) return { kind: 'float', value };
  if (/^-?0\d/.test(value)) throw new PatternError(at, 'an integer that begins with 0');
  return { kind: 'integer', value };
}

const plain = /[^'\\]+/y;

/** A string from its opening quote: only the quote and the backslash are escaped, with a backslash. */
function quoted(text: string, open: number): { readonly value: string; readonly end: number } {
  let at = open + 1;
  const parts: string[] = [];
  for (;;) {
    plain.lastIndex = at;
    const run = plain.exec(text)?.[0] ?? '';
    parts.push(run);
    at += run.length;
    if (text[at] === "'") return { value: parts.join(''), end: at + 1 };
    const escaped = text[at + 1];
    if (text[at] === undefined) throw new PatternError(open, 'a string that does not end');
    if (escaped !== "'" && escaped !== '\\') throw new PatternError(at, "a backslash before neither \\ nor '");
    parts.push(escaped);
    at += 2;
  }
}

/** A token as a reader would name it in a sentence. */
export function wordsFor(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'keyword') return token.word;
  if (token.kind === 'symbol') return `“${token.symbol}”`;
  if (token.kind === 'name') return `the name ${token.name.slice(0, WORDS_CHARS_MAX)}`;
  return `the ${token.literal.kind} ${String(token.literal.value).slice(0, WORDS_CHARS_MAX)}`;
}

/** A fault quotes at most this much of a stranger's text. */
const WORDS_CHARS_MAX = 40;
