import type { PatternSubjectKind, UnwatchableReason } from '@gongjo/contract';
import { hashAlgorithm } from './hashes.ts';
import type { Comparison, Literal, Pattern, Test } from './model.ts';
import { parsePattern } from './parser.ts';

/**
 * What a pattern names that can be watched for by its value alone: equality or IN, joined by OR. Whatever matches one of
 * the subjects matches the pattern. An AND, an order, a qualifier or a negation asks for more than one value, so nothing
 * below it is a subject; half a condition would raise false alarms.
 */

/**
 * One thing to watch for. `form` says which name of it the value is: the algorithm of a file's hash (`SHA-256`), `iban` or
 * `account_number` of a bank account. Values are in one spelling: domains and hashes in lower case, IBANs without spaces
 * in upper case; wallets and transactions as written, because only their chain says what their letters mean.
 */
export interface Subject {
  readonly kind: PatternSubjectKind;
  readonly form: string | null;
  readonly value: string;
}

/** `complete`: every match of the pattern is a match of a subject. Otherwise `reason` says why not, the first in the text. */
export type Watchables =
  | { readonly subjects: readonly Subject[]; readonly complete: true; readonly reason: null }
  | { readonly subjects: readonly Subject[]; readonly complete: false; readonly reason: UnwatchableReason };

/** `language` is the indicator's `pattern_type`; only `stix` is read. */
export function watchables(pattern: string, language = 'stix'): Watchables {
  if (language !== 'stix') return { subjects: [], complete: false, reason: 'language' };
  const { pattern: tree } = parsePattern(pattern);
  if (tree === null) return { subjects: [], complete: false, reason: 'invalid' };
  const found = new Map<string, Subject>();
  let reason: UnwatchableReason | null = null;
  for (const it of ofPattern(tree)) {
    if (typeof it === 'string') reason ??= it;
    else found.set(JSON.stringify([it.kind, it.form, it.value]), it);
  }
  const subjects = [...found.values()];
  return reason === null ? { subjects, complete: true, reason } : { subjects, complete: false, reason };
}

type Outcome = Subject | UnwatchableReason;

function* ofPattern(pattern: Pattern): Generator<Outcome> {
  if (pattern.kind === 'observation') yield* ofComparison(pattern.of);
  else if (pattern.kind === 'qualified') yield 'qualifier';
  else if (pattern.kind === 'followedby') yield 'sequence';
  else if (pattern.kind === 'and') yield 'conjunction';
  else for (const part of pattern.parts) yield* ofPattern(part);
}

function* ofComparison(comparison: Comparison): Generator<Outcome> {
  if (comparison.kind === 'exists') yield 'operator';
  else if (comparison.kind === 'and') yield 'conjunction';
  else if (comparison.kind === 'test') yield* ofTest(comparison);
  else for (const part of comparison.parts) yield* ofComparison(part);
}

function* ofTest(test: Test): Generator<Outcome> {
  // `a NOT != 'x'` is `a = 'x'`.
  const isEquality = test.operator === 'IN' || test.operator === (test.negated ? '!=' : '=');
  if (!isEquality) return yield test.operator === '!=' || test.operator === '=' ? 'negation' : 'operator';
  if (test.operator === 'IN' && test.negated) return yield 'negation';
  const form = subjectForm(test);
  if (form === null) return yield 'subject';
  for (const literal of literalsOf(test)) {
    const value = literal.kind === 'string' ? form.normal(literal.value) : null;
    yield value === null ? 'value' : { kind: form.kind, form: form.form, value };
  }
}

function literalsOf({ value }: Test): readonly Literal[] {
  if (typeof value === 'string') return [];
  return 'kind' in value ? [value] : value;
}

interface SubjectForm {
  readonly kind: PatternSubjectKind;
  readonly form: string | null;
  /** The one spelling of a value; `null` where it is not the text of one such thing. */
  readonly normal: (value: string) => string | null;
}

const asWritten = (value: string): string | null => (value.trim() === '' ? null : value);
const lowerCase = (value: string): string | null => asWritten(value.toLowerCase());
const oneAddress = (value: string): string | null => (/^[0-9a-f:.]+$/i.test(value) ? value.toLowerCase() : null);
const domain = (value: string): string | null => lowerCase(value.replace(/\.$/, ''));
const iban = (value: string): string | null => asWritten(value.replace(/[\s-]/g, '').toUpperCase());

const forms: ReadonlyMap<string, SubjectForm> = new Map<string, SubjectForm>([
  // `address` and `hash` are the names that earlier versions of the published extensions gave `value`.
  ['cryptocurrency-wallet:value', { kind: 'wallet', form: null, normal: asWritten }],
  ['cryptocurrency-wallet:address', { kind: 'wallet', form: null, normal: asWritten }],
  ['cryptocurrency-transaction:value', { kind: 'transaction', form: null, normal: asWritten }],
  ['cryptocurrency-transaction:hash', { kind: 'transaction', form: null, normal: asWritten }],
  ['bank-account:iban', { kind: 'bank-account', form: 'iban', normal: iban }],
  ['bank-account:account_number', { kind: 'bank-account', form: 'account_number', normal: asWritten }],
  ['domain-name:value', { kind: 'domain', form: null, normal: domain }],
  ['url:value', { kind: 'url', form: null, normal: asWritten }],
  ['ipv4-addr:value', { kind: 'ipv4', form: null, normal: oneAddress }],
  ['ipv6-addr:value', { kind: 'ipv6', form: null, normal: oneAddress }],
  ['email-addr:value', { kind: 'email', form: null, normal: lowerCase }],
]);

function subjectForm(test: Test): SubjectForm | null {
  const { type, steps } = test.path;
  const [first] = steps;
  if (first === undefined || !('key' in first)) return null;
  if (type === 'file' && steps.length === 2) {
    const algorithm = hashAlgorithm(test);
    return algorithm === null ? null : { kind: 'file', form: algorithm, normal: lowerCase };
  }
  return steps.length === 1 ? (forms.get(`${type}:${first.key}`) ?? null) : null;
}
