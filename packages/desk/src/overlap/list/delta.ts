import { bytesOf, concat, sameBytes } from '../bytes.ts';
import { DIGEST_BYTES, HEADER_BYTES, headerBytes, LIST_MAX, listId, readHeader } from './header.ts';
import { checkedList, faulty, type List, type ListRead } from './list.ts';
import { isAscending, VALUE_BYTES, valueBytes, valuesIn } from './value.ts';

/**
 * The difference between two lists of one key: "GJOD", four zero bytes, the identity of the list that it starts from (32), the
 * head of the list that it leads to (88), the counts of values that go and of those that come (4 each, little-endian), and the
 * values, ascending.
 */
const head = concat(bytesOf('GJOD'), new Uint8Array(4));
const fixedBytes = head.length + DIGEST_BYTES + HEADER_BYTES + 8;

/** The bytes that lead from one list to another. */
export function deltaBytes(from: List, to: List): Uint8Array {
  const gone = without(from.values, to.values);
  const come = without(to.values, from.values);
  const counts = new Uint8Array(Uint32Array.of(gone.length, come.length).buffer);
  return concat(head, listId(from.header), headerBytes(to.header), counts, valueBytes(gone), valueBytes(come));
}

/** The list that a difference leads to from the one at hand; the same checks as of a whole list. */
export function applyDelta(from: List, bytes: Uint8Array): ListRead {
  if (bytes.length < fixedBytes || !sameBytes(bytes.subarray(0, head.length), head)) return faulty('not a list');
  const base = bytes.subarray(head.length, head.length + DIGEST_BYTES);
  const header = readHeader(bytes.subarray(head.length + DIGEST_BYTES));
  if (header === null) return faulty('not a list');
  if (!sameBytes(base, listId(from.header))) return faulty('base');
  const { epoch, publicKey, serial } = from.header;
  if (header.epoch !== epoch || header.serial <= serial || !sameBytes(header.publicKey, publicKey))
    return faulty('base');
  const view = new DataView(bytes.buffer, bytes.byteOffset, fixedBytes);
  const goneCount = view.getUint32(fixedBytes - 8, true);
  const comeCount = view.getUint32(fixedBytes - 4, true);
  if (goneCount > LIST_MAX || comeCount > LIST_MAX) return faulty('not a list');
  if (bytes.length !== fixedBytes + (goneCount + comeCount) * VALUE_BYTES) return faulty('length');
  const gone = valuesIn(bytes.subarray(fixedBytes, fixedBytes + goneCount * VALUE_BYTES));
  const come = valuesIn(bytes.subarray(fixedBytes + goneCount * VALUE_BYTES));
  if (!isAscending(gone) || !isAscending(come)) return faulty('order');
  const kept = without(from.values, gone);
  if (kept.length !== from.values.length - gone.length) return faulty('difference');
  const values = joined(kept, come);
  return values.length === header.count ? checkedList(header, values) : faulty('difference');
}

/** The values of one ascending row that another does not hold. */
export function without(values: BigUint64Array, others: BigUint64Array): BigUint64Array {
  const left = new BigUint64Array(values.length);
  let count = 0;
  let other = 0;
  for (const value of values) {
    while (other < others.length && (others[other] ?? 0n) < value) other += 1;
    if (other < others.length && others[other] === value) continue;
    left[count] = value;
    count += 1;
  }
  return left.subarray(0, count);
}

/** Both rows as one ascending row; a value of both is twice in it, which the check of a list refuses. */
function joined(a: BigUint64Array, b: BigUint64Array): BigUint64Array {
  const all = new BigUint64Array(a.length + b.length);
  let [i, j] = [0, 0];
  for (let at = 0; at < all.length; at += 1) {
    const [x, y] = [a[i], b[j]];
    if (y === undefined || (x !== undefined && x <= y)) {
      all[at] = x ?? 0n;
      i += 1;
    } else {
      all[at] = y;
      j += 1;
    }
  }
  return all;
}
