import { u32At } from './cursor.ts';
import { BlockDamage } from './damage.ts';
import { HASH_BYTES, hashText, sha256d } from './hash.ts';

export const HEADER_BYTES = 80;

/** The 80 bytes that are mined. Hashes are text as nodes write it (64 hexadecimal digits, bytes reversed). */
export interface BlockHeader {
  readonly hash: string;
  readonly version: number;
  readonly parent: string;
  readonly merkleRoot: string;
  /** Seconds since the Unix epoch, unsigned 32 bits (until 2106); set by the miner, right within about two hours. */
  readonly timeS: number;
  /** The difficulty target in its compact form. */
  readonly bits: number;
  readonly nonce: number;
}

const hashed = new Uint8Array(HASH_BYTES);

/** @throws BlockDamage when fewer than 80 bytes are there */
export function readHeader(bytes: Uint8Array, at = 0): BlockHeader {
  if (bytes.length - at < HEADER_BYTES) throw new BlockDamage(at, 'the block ends within its header');
  sha256d(bytes, at, at + HEADER_BYTES, hashed, 0);
  return {
    hash: hashText(hashed),
    version: u32At(bytes, at) | 0,
    parent: hashText(bytes, at + 4),
    merkleRoot: hashText(bytes, at + 36),
    timeS: u32At(bytes, at + 68),
    bits: u32At(bytes, at + 72),
    nonce: u32At(bytes, at + 76),
  };
}

/**
 * The target that a block's hash must not exceed: three bytes of mantissa, one of exponent (`arith_uint256::SetCompact` of
 * Bitcoin Core). Null where the bits are no target: negative, zero or above 256 bits.
 */
export function targetOf(bits: number): bigint | null {
  const exponent = bits >>> 24;
  const mantissa = bits & 0x7fffff;
  const target =
    exponent <= 3 ? BigInt(mantissa >>> (8 * (3 - exponent))) : BigInt(mantissa) << BigInt(8 * (exponent - 3));
  if ((bits & 0x800000) !== 0 || target === 0n || target >= 1n << 256n) return null;
  return target;
}

/** The expected number of hashes to find such a block, 2²⁵⁶ / (target + 1): what "most work" adds up. */
export function workOf(bits: number): bigint {
  const target = targetOf(bits);
  return target === null ? 0n : (1n << 256n) / (target + 1n);
}

/** Whether the header's own hash meets the target that it names. */
export function isMined(header: Pick<BlockHeader, 'hash' | 'bits'>): boolean {
  const target = targetOf(header.bits);
  return target !== null && BigInt(`0x${header.hash}`) <= target;
}
