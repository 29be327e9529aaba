import type { CheckedBlock } from './check.ts';
import { BlockDamage } from './damage.ts';
import type { BitcoinNetwork } from './network.ts';

const OP_1 = 0x51;
const OP_16 = 0x60;
/** Four bytes hold every height until the year 40,000. */
const HEIGHT_BYTES_MAX = 4;

/**
 * The height that the coinbase names: the first push of its script, of a block of version 2 or later (BIP 34). Null where
 * there is none. A block below the network's `namedHeightsFrom` can name any number.
 */
export function namedHeight({ bytes, offsets, header }: CheckedBlock): number | null {
  if (header.version < 2) return null;
  const start = (offsets[0] as number) + 4;
  // Marker and flag of BIP 144; then the number of inputs (1) and the previous output.
  const scriptLengthAt = start + (bytes[start] === 0 ? 2 : 0) + 1 + 36;
  const at = scriptLengthAt + 1;
  const end = at + (bytes[scriptLengthAt] as number);
  const first = bytes[at] as number;
  if (first >= OP_1 && first <= OP_16) return first - OP_1 + 1;
  if (first < 1 || first > HEIGHT_BYTES_MAX || at + first >= end) return null;
  let height = 0;
  for (let byte = first; byte > 0; byte -= 1) height = height * 256 + (bytes[at + byte] as number);
  // Script numbers are signed and as short as can be.
  const isShortest = height > 16 && height >= 2 ** (8 * first - 9);
  return isShortest && height < 2 ** (8 * first - 1) ? height : null;
}

/** @throws BlockDamage where the network demands that the coinbase names its height, and it names another or none */
export function checkHeight(block: CheckedBlock, height: number, network: BitcoinNetwork): void {
  if (network.namedHeightsFrom === null || height < network.namedHeightsFrom) return;
  const named = namedHeight(block);
  if (named === height) return;
  const detail = `the coinbase names height ${named ?? '(none)'} where the chain has height ${height}`;
  throw new BlockDamage(block.offsets[0] as number, detail);
}
