import { invariant } from '../../kernel/index.ts';
import { OUTPUT_BYTES } from '../voprf/voprf.ts';

/**
 * A list holds the first 64 bits of each output of the function, as a number of 64 bits, little-endian.
 *
 * Why 64 bits are enough: outputs are pseudorandom, so that a question that is not on the list meets one of its entries by
 * chance with entries / 2^64. For 1,000 questions of a list of ten million that is 10^10 / 2^64 = 5.4 · 10^-10 for a whole
 * session; a desk that holds a thousand such sessions a day would see one false match in five thousand years. Nobody can make one
 * on purpose: who asks cannot evaluate without being answered, and a false match still dies when it is told, because a claim
 * carries the whole output of 512 bits. Why not fewer: with 48 bits one session in 28,000 would hold a false match. Why not
 * more: each byte costs ten megabytes of a list of ten million.
 */
export const VALUE_BYTES = 8;

invariant(
  new Uint8Array(Uint16Array.of(1).buffer)[0] === 1,
  'lists are read and written as the machine keeps numbers, which must be little-endian',
);

export function valueFrom(output: Uint8Array): bigint {
  if (output.length !== OUTPUT_BYTES) throw new RangeError(`an output has ${OUTPUT_BYTES} bytes`);
  return new DataView(output.buffer, output.byteOffset, VALUE_BYTES).getBigUint64(0, true);
}

/** Sorted and without repetition. */
export function sortedValues(values: BigUint64Array | Iterable<bigint>): BigUint64Array {
  const sorted = BigUint64Array.from(values).sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0n;
    if (kept > 0 && sorted[kept - 1] === value) continue;
    sorted[kept] = value;
    kept += 1;
  }
  return sorted.subarray(0, kept);
}

export function isAscending(values: BigUint64Array): boolean {
  for (let at = 1; at < values.length; at += 1) if ((values[at - 1] ?? 0n) >= (values[at] ?? 0n)) return false;
  return true;
}

/** The same values in memory that threads share: they are handed on without a copy. */
export function sharedValues(values: BigUint64Array): BigUint64Array {
  const shared = new BigUint64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

/** The bytes of values; the same memory. */
export const valueBytes = (values: BigUint64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** The values in bytes: a copy, because numbers of eight bytes must begin at a multiple of eight. */
export function valuesIn(bytes: Uint8Array): BigUint64Array {
  if (bytes.length % VALUE_BYTES !== 0) throw new RangeError('values have eight bytes each');
  return new BigUint64Array(bytes.slice().buffer);
}

/** Whether sorted values hold one. */
export function holds(values: BigUint64Array, value: bigint): boolean {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0n) < value) low = middle + 1;
    else high = middle;
  }
  return low < values.length && values[low] === value;
}
