import type { Test } from './model.ts';

/**
 * Values of hashes in patterns, checked as the OASIS validator checks them: by the algorithm that the path ends in, read
 * without case and hyphens. Of an algorithm that is not listed here (STIX 2.1 section 10.6), any value is taken.
 */

const hexadecimal = (...lengths: readonly number[]): RegExp =>
  new RegExp(`^(${lengths.map((it) => `[0-9A-Fa-f]{${it}}`).join('|')})$`);

const formOf: ReadonlyMap<string, RegExp> = new Map([
  ['MD5', hexadecimal(32)],
  ['MD6', hexadecimal(32, 40, 56, 64, 96, 128)],
  ['RIPEMD160', hexadecimal(40)],
  ['SHA1', hexadecimal(40)],
  ['SHA224', hexadecimal(56)],
  ['SHA256', hexadecimal(64)],
  ['SHA384', hexadecimal(96)],
  ['SHA512', hexadecimal(128)],
  ['SHA3224', hexadecimal(56)],
  ['SHA3256', hexadecimal(64)],
  ['SHA3384', hexadecimal(96)],
  ['SHA3512', hexadecimal(128)],
  ['WHIRLPOOL', hexadecimal(128)],
  // The longest digest that ssdeep writes has 148 characters.
  ['SSDEEP', /^[A-Za-z0-9/+:.]{1,148}$/],
]);

/** The algorithm whose hash the path names, or `null` where it names none. */
export function hashAlgorithm({ path }: Pick<Test, 'path'>): string | null {
  const last = path.steps.at(-1);
  const inHashes = path.steps.slice(0, -1).some((it) => 'key' in it && it.key === 'hashes');
  return inHashes && last !== undefined && 'key' in last ? last.key : null;
}

/** What is wrong with a hash that the test compares for equality; a LIKE or MATCHES may well name a part of one. */
export function hashFault(test: Test): string | null {
  if (test.operator !== '=' && test.operator !== '!=' && test.operator !== 'IN') return null;
  const algorithm = hashAlgorithm(test);
  const form = formOf.get(algorithm?.toUpperCase().replaceAll('-', '') ?? '');
  if (algorithm === null || form === undefined) return null;
  const values = test.operator === 'IN' ? test.value : [test.value];
  const isWrong = values.some((it) => it.kind === 'string' && !form.test(it.value));
  return isWrong ? `not a hash of the algorithm ${algorithm.slice(0, ALGORITHM_CHARS_MAX)}` : null;
}

/** The longest name in `formOf` has nine letters; hyphens may be added. */
const ALGORITHM_CHARS_MAX = 20;
