import { ELEMENT_BYTES, type Group } from '../voprf/group.ts';

/**
 * A group without secrets: an element is written as its discrete logarithm. The protocol runs over it as over any other, and
 * everything that is hidden in the real one can be computed, so that a test can say which randomness would have made a given
 * transcript.
 */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

export const numberOf = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) % order;

export const bytesOfNumber = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: ELEMENT_BYTES }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));

export function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % order, order - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % order;
    base = (base * base) % order;
  }
  return result;
}

export const modulo = (value: bigint): bigint => ((value % order) + order) % order;

const product = (a: Uint8Array, b: Uint8Array) => bytesOfNumber((numberOf(a) * numberOf(b)) % order);
const isNumber = (bytes: Uint8Array) => Buffer.from(bytesOfNumber(numberOf(bytes))).equals(bytes);

export const exponents: Group = {
  elementOf: (uniform) => bytesOfNumber(numberOf(uniform)),
  isElement: (bytes) => isNumber(bytes) && numberOf(bytes) !== 0n,
  add: (a, b) => bytesOfNumber((numberOf(a) + numberOf(b)) % order),
  multiply: product,
  multiplyGenerator: (scalar) => bytesOfNumber(numberOf(scalar)),
  scalarOf: (uniform) => bytesOfNumber(numberOf(uniform)),
  isScalar: isNumber,
  scalarProduct: product,
  scalarDifference: (a, b) => bytesOfNumber(modulo(numberOf(a) - numberOf(b))),
  scalarInverse: (a) => bytesOfNumber(inverse(numberOf(a))),
};
