import {
  type Comparison,
  keywords,
  type Literal,
  type ObjectPath,
  type Pattern,
  type Qualifier,
  type Step,
} from './model.ts';

/** The text of a pattern (STIX 2.1 section 9); `parsePattern` of it gives the same tree. */
export function printPattern(pattern: Pattern): string {
  if (pattern.kind === 'observation') return `[${printComparison(pattern.of)}]`;
  if (pattern.kind === 'qualified') {
    const of = pattern.of.kind === 'observation' ? printPattern(pattern.of) : `(${printPattern(pattern.of)})`;
    return [of, ...pattern.qualifiers.map(printQualifier)].join(' ');
  }
  const tightness = rank[pattern.kind];
  const part = (it: Pattern): string => {
    const text = printPattern(it);
    return it.kind === 'observation' || it.kind === 'qualified' || rank[it.kind] > tightness ? text : `(${text})`;
  };
  return pattern.parts.map(part).join(` ${pattern.kind.toUpperCase()} `);
}

/** The tighter an operator binds, the higher. */
const rank = { followedby: 0, or: 1, and: 2 } as const;

function printQualifier(qualifier: Qualifier): string {
  if (qualifier.kind === 'repeats') return `REPEATS ${qualifier.times} TIMES`;
  if (qualifier.kind === 'within') return `WITHIN ${qualifier.seconds} SECONDS`;
  return `START t'${qualifier.start}' STOP t'${qualifier.stop}'`;
}

function printComparison(comparison: Comparison): string {
  if (comparison.kind === 'exists') return `EXISTS ${printPath(comparison.path)}`;
  if (comparison.kind === 'test') {
    const { path, negated, operator, value } = comparison;
    const right = typeof value === 'string' ? quote(value) : 'kind' in value ? printLiteral(value) : printSet(value);
    return `${printPath(path)} ${negated ? 'NOT ' : ''}${operator} ${right}`;
  }
  const part = (it: Comparison): string => {
    const text = printComparison(it);
    const isTighter = it.kind === 'test' || it.kind === 'exists' || rank[it.kind] > rank[comparison.kind];
    return isTighter ? text : `(${text})`;
  };
  return comparison.parts.map(part).join(` ${comparison.kind.toUpperCase()} `);
}

const printSet = (literals: readonly Literal[]): string => `(${literals.map(printLiteral).join(', ')})`;

const keywordSet: ReadonlySet<string> = new Set(keywords);

function printPath({ type, steps }: ObjectPath): string {
  const step = (it: Step, i: number): string => {
    if ('index' in it) return `[${it.index}]`;
    const key = /^[A-Za-z_][A-Za-z0-9_]*$/.test(it.key) && !keywordSet.has(it.key) ? it.key : quote(it.key);
    return i === 0 ? key : `.${key}`;
  };
  return `${type}:${steps.map(step).join('')}`;
}

function printLiteral(literal: Literal): string {
  if (literal.kind === 'string') return quote(literal.value);
  if (literal.kind === 'timestamp') return `t'${literal.value}'`;
  if (literal.kind === 'hex') return `h'${literal.value}'`;
  if (literal.kind === 'binary') return `b'${literal.value}'`;
  return String(literal.value);
}

/** A string: quote and backslash are escaped with a backslash, everything else stands for itself. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
