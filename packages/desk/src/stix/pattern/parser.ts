import { pointedFault } from './fault.ts';
import { hashFault } from './hashes.ts';
import { PatternError, type Token, tokensOf, wordsFor } from './lexer.ts';
import {
  type Comparison,
  type Keyword,
  type Literal,
  type ObjectPath,
  orderOperators,
  type Pattern,
  type PatternReading,
  type Qualifier,
  type Step,
  type Test,
  textOperators,
} from './model.ts';

/**
 * Reads a STIX pattern (STIX 2.1 section 9) by recursive descent. From loosest to tightest: FOLLOWEDBY, OR, AND between
 * observations; OR, AND inside one (section 9.4, as the grammar that OASIS publishes has it). Beside the grammar it makes
 * the checks of the OASIS validator: a qualifier once per observation, hashes as long as their algorithm's.
 */

/** As long as the longest string that an object may carry (`shape.ts`). */
export const PATTERN_CHARS_MAX = 100_000;

/** Only parentheses nest. Published patterns need three; more would let a sender choose how deep we recurse. */
export const PARENTHESES_MAX = 64;

export function parsePattern(text: string): PatternReading {
  if (text.length > PATTERN_CHARS_MAX) {
    return { pattern: null, fault: { at: PATTERN_CHARS_MAX, detail: `longer than ${PATTERN_CHARS_MAX} characters` } };
  }
  try {
    return { pattern: new Parser(text).all(), fault: null };
  } catch (error) {
    if (error instanceof PatternError) return { pattern: null, fault: pointedFault(text, error.at, error.message) };
    throw error;
  }
}

type Operator = Test['operator'];

const orderSet: ReadonlyMap<string, (typeof orderOperators)[number]> = new Map(orderOperators.map((it) => [it, it]));
const textSet: ReadonlyMap<string, (typeof textOperators)[number]> = new Map(textOperators.map((it) => [it, it]));

/** What `<` and `>` may stand before: section 9.6.1 leaves booleans out. */
const isOrderable = (literal: Literal): boolean => literal.kind !== 'boolean';

class Parser {
  readonly #tokens: Iterator<Token, never>;
  #token: Token;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#token = this.#tokens.next().value;
  }

  all(): Pattern {
    const pattern = this.#sequence();
    if (this.#token.kind !== 'end') throw this.#expected('an operator between observations, a qualifier or the end');
    return pattern;
  }

  #sequence(): Pattern {
    return this.#chain('FOLLOWEDBY', 'followedby', () => this.#chain('OR', 'or', () => this.#conjunction()));
  }

  #conjunction(): Pattern {
    return this.#chain('AND', 'and', () => this.#qualified());
  }

  #chain<T, K extends string>(word: Keyword, kind: K, part: () => T): T | { kind: K; parts: T[] } {
    const first = part();
    if (!this.#isWord(word)) return first;
    const parts = [first];
    while (this.#tookWord(word)) parts.push(part());
    return { kind, parts };
  }

  #qualified(): Pattern {
    const isGroup = this.#isSymbol('(');
    let pattern = isGroup ? this.#within('(', ')', () => this.#sequence()) : this.#observation();
    let qualifiers: Qualifier[] = [];
    for (;;) {
      const { at } = this.#token;
      const qualifier = this.#qualifier();
      if (qualifier === null) break;
      if (qualifiers.some((it) => it.kind === qualifier.kind)) {
        // The OASIS validator allows it on a group; there it qualifies what is qualified already.
        if (!isGroup) throw new PatternError(at, `the qualifier ${qualifier.kind} for a second time`);
        pattern = { kind: 'qualified', of: pattern, qualifiers };
        qualifiers = [];
      }
      qualifiers.push(qualifier);
    }
    return qualifiers.length === 0 ? pattern : { kind: 'qualified', of: pattern, qualifiers };
  }

  #observation(): Pattern {
    if (!this.#isSymbol('[')) throw this.#expected('“[” or “(” where an observation begins');
    return { kind: 'observation', of: this.#within('[', ']', () => this.#alternatives()) };
  }

  #qualifier(): Qualifier | null {
    if (this.#tookWord('WITHIN')) {
      const seconds = this.#positive(true);
      this.#needWord('SECONDS');
      return { kind: 'within', seconds };
    }
    if (this.#tookWord('REPEATS')) {
      const times = this.#positive(false);
      this.#needWord('TIMES');
      return { kind: 'repeats', times };
    }
    if (this.#tookWord('START')) {
      const start = this.#timestamp();
      this.#needWord('STOP');
      return { kind: 'start-stop', start, stop: this.#timestamp() };
    }
    return null;
  }

  #alternatives(): Comparison {
    return this.#chain('OR', 'or', () => this.#chain('AND', 'and', () => this.#comparison()));
  }

  #comparison(): Comparison {
    if (this.#isSymbol('(')) return this.#within('(', ')', () => this.#alternatives());
    if (this.#tookWord('EXISTS')) return { kind: 'exists', path: this.#path() };
    const path = this.#path();
    const negated = this.#tookWord('NOT');
    const { at } = this.#token;
    const test = this.#test(path, negated);
    const fault = hashFault(test);
    if (fault !== null) throw new PatternError(at, fault);
    return test;
  }

  #test(path: ObjectPath, negated: boolean): Test {
    const operator = this.#operator();
    if (operator === 'IN') return { kind: 'test', path, negated, operator, value: this.#set() };
    const text = textSet.get(operator);
    if (text !== undefined)
      return { kind: 'test', path, negated, operator: text, value: this.#string(`after ${text}`) };
    const order = orderSet.get(operator) ?? '=';
    const { at } = this.#token;
    const value = this.#literal();
    if (order !== '=' && order !== '!=' && !isOrderable(value)) {
      throw new PatternError(at, `a boolean after ${order}, which orders numbers, strings, times and bytes`);
    }
    return { kind: 'test', path, negated, operator: order, value };
  }

  #operator(): Operator {
    const token = this.#token;
    const name = token.kind === 'symbol' ? token.symbol : token.kind === 'keyword' ? token.word : '';
    const operator = name === 'IN' ? name : (orderSet.get(name) ?? textSet.get(name));
    if (operator === undefined) throw this.#expected('a comparison operator');
    this.#next();
    return operator;
  }

  #set(): Literal[] {
    return this.#within('(', ')', () => {
      const literals: Literal[] = [];
      if (this.#isSymbol(')')) return literals;
      do literals.push(this.#literal());
      while (this.#tookSymbol(','));
      return literals;
    });
  }

  #path(): ObjectPath {
    const token = this.#token;
    if (token.kind !== 'name') throw this.#expected('the type of an object, EXISTS or “(”');
    this.#next();
    if (!this.#tookSymbol(':')) throw this.#expected('“:” after the type of an object');
    const steps: Step[] = [this.#key()];
    for (;;) {
      if (this.#tookSymbol('.')) steps.push(this.#key());
      else if (this.#isSymbol('[')) steps.push(this.#within('[', ']', () => this.#index()));
      else return { type: token.name, steps };
    }
  }

  #key(): Step {
    const token = this.#token;
    if (token.kind === 'literal' && token.literal.kind === 'string') {
      this.#next();
      return { key: token.literal.value };
    }
    if (token.kind !== 'name') throw this.#expected('a property');
    if (token.name.includes('-')) throw new PatternError(token.at, `a property with a hyphen, which needs quotes`);
    this.#next();
    return { key: token.name };
  }

  #index(): Step {
    if (this.#tookSymbol('*')) return { index: '*' };
    const token = this.#token;
    const index =
      token.kind === 'literal' && token.literal.kind === 'integer' ? Number(token.literal.value) : Number.NaN;
    if (!Number.isSafeInteger(index)) throw this.#expected('the index of a list or “*”');
    this.#next();
    // A negative zero is a zero.
    return { index: index + 0 };
  }

  #literal(): Literal {
    const token = this.#token;
    if (token.kind !== 'literal') throw this.#expected('a value');
    this.#next();
    return token.literal;
  }

  #string(where: string): string {
    const token = this.#token;
    if (token.kind !== 'literal' || token.literal.kind !== 'string') throw this.#expected(`a string ${where}`);
    this.#next();
    return token.literal.value;
  }

  #timestamp(): string {
    const token = this.#token;
    if (token.kind !== 'literal' || token.literal.kind !== 'timestamp') throw this.#expected("a time, t'…'");
    this.#next();
    return token.literal.value;
  }

  #positive(fractions: boolean): string {
    const token = this.#token;
    const literal = token.kind === 'literal' ? token.literal : null;
    const isNumber = literal?.kind === 'integer' || (fractions && literal?.kind === 'float');
    if (!isNumber || literal.value.startsWith('-') || !/[1-9]/.test(literal.value)) {
      throw this.#expected(fractions ? 'a number above 0' : 'a whole number above 0');
    }
    this.#next();
    return literal.value;
  }

  #within<T>(open: string, close: string, part: () => T): T {
    if (!this.#isSymbol(open)) throw this.#expected(`“${open}”`);
    this.#depth += 1;
    if (this.#depth > PARENTHESES_MAX) {
      throw new PatternError(this.#token.at, `more than ${PARENTHESES_MAX} brackets inside each other`);
    }
    this.#next();
    const value = part();
    if (!this.#tookSymbol(close)) throw this.#expected(`an operator or “${close}”`);
    this.#depth -= 1;
    return value;
  }

  #isSymbol = (symbol: string): boolean => this.#token.kind === 'symbol' && this.#token.symbol === symbol;
  #isWord = (word: Keyword): boolean => this.#token.kind === 'keyword' && this.#token.word === word;

  #tookSymbol(symbol: string): boolean {
    const is = this.#isSymbol(symbol);
    if (is) this.#next();
    return is;
  }

  #tookWord(word: Keyword): boolean {
    const is = this.#isWord(word);
    if (is) this.#next();
    return is;
  }

  #needWord(word: Keyword): void {
    if (!this.#tookWord(word)) throw this.#expected(word);
  }

  #next(): void {
    this.#token = this.#tokens.next().value;
  }

  #expected(what: string): PatternError {
    return new PatternError(this.#token.at, `expected ${what}, found ${wordsFor(this.#token)}`);
  }
}
