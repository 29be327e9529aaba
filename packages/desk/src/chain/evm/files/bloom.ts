/**
 * The bloom filter over a block's logs, as its header carries it (Yellow Paper, 4.3.1): for each log's address and each of
 * its topics, three of 2,048 bits. Recomputed, it shows that the logs at hand are all of the block's and no others; what it
 * cannot show is a log missing whose every bit another log sets, too.
 */
import { keccak_256 } from '@noble/hashes/sha3.js';

const BLOOM_BYTES = 256;
/** The same contracts and events come again and again; forgotten as a whole when there are this many. */
const REMEMBERED_MAX = 100_000;

const remembered = new Map<string, readonly [number, number, number]>();

/** `0x` and 512 hexadecimal digits. */
export function logsBloom(logs: Iterable<{ readonly address: string; readonly topics: readonly string[] }>): string {
  const bloom = Buffer.alloc(BLOOM_BYTES);
  for (const { address, topics } of logs) {
    for (const part of [address, ...topics]) {
      for (const bit of bitsOf(part)) {
        const at = BLOOM_BYTES - 1 - (bit >> 3);
        bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7));
      }
    }
  }
  return `0x${bloom.toString('hex')}`;
}

/** The low 11 bits of each of the first three pairs of bytes of the hash. */
function bitsOf(part: string): readonly [number, number, number] {
  const known = remembered.get(part);
  if (known !== undefined) return known;
  const hash = Buffer.from(keccak_256(Buffer.from(part.slice(2), 'hex')));
  const bits = [0, 2, 4].map((at) => hash.readUInt16BE(at) & 0x7ff) as [number, number, number];
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(part, bits);
  return bits;
}
