import { mix } from './random.ts';
import { type ScriptType, scriptTypes, shapes } from './shapes.ts';

/**
 * Scripts of numbered addresses. Keys and hashes are drawn from (seed, number), so nothing is stored for an address; they have the
 * form and the size of real ones, but no secret key is behind them and signatures are noise: nothing verifies them.
 */
export interface Scripts {
  /** Writes the script of an output with its length in front. @returns where it ends */
  output(into: Buffer, at: number, address: number, type: number): number;
  /** Writes the script of an input with its length in front. @returns where it ends */
  input(into: Buffer, at: number, address: number, type: number): number;
  /** Writes the witness of an input; a zero byte where it has none. @returns where it ends */
  witness(into: Buffer, at: number, address: number, type: number): number;
  hasWitness(address: number, type: number): boolean;
  /** The payload of the address: 20 bytes, or 32 of P2WSH and P2TR. */
  payload(address: number, type: number): Buffer;
}

const order = (type: ScriptType) => scriptTypes.indexOf(type);
const [p2wpkh, p2tr, p2pkh, p2sh, p2wsh, multisig, p2pk] = [
  order('p2wpkh'),
  order('p2tr'),
  order('p2pkh'),
  order('p2sh'),
  order('p2wsh'),
  order('multisig'),
  order('p2pk'),
] as const;

const noiseBytes = 1 << 16;
const signatureBytes = 72;
const schnorrBytes = 64;
const keyBytes = 33;
/** `OP_2 <key> <key> <key> OP_3 OP_CHECKMULTISIG` */
const twoOfThreeBytes = 3 + 3 * (1 + keyBytes);

export function scriptsOf(seed: number): Scripts {
  const noise = Buffer.alloc(noiseBytes + 8192);
  for (let i = 0; i + 4 <= noise.length; i += 4) noise.writeInt32LE(mix(seed + Math.imul(i, 0x9e3779b1)), i);

  const bytes = (into: Buffer, at: number, address: number, length: number) => {
    const base = Math.imul(address + 1, 0x9e3779b1) ^ seed;
    for (let i = 0; i < length; i += 4) {
      const word = mix(base + Math.imul(i + 1, 0x7f4a7c15) + mix(address + i));
      into[at + i] = word;
      into[at + i + 1] = word >>> 8;
      into[at + i + 2] = word >>> 16;
      into[at + i + 3] = word >>> 24;
    }
    return at + length;
  };
  const key = (into: Buffer, at: number, address: number) => {
    into[at] = 2 + (address & 1);
    return bytes(into, at + 1, address, 32);
  };
  const filler = (into: Buffer, at: number, address: number, length: number) => {
    const from = mix(address ^ at) & (noiseBytes - 1);
    noise.copy(into, at, from, from + length);
    return at + length;
  };
  /** A DER signature of the usual size with the byte for SIGHASH_ALL. */
  const signature = (into: Buffer, at: number, address: number) => {
    into[at++] = signatureBytes;
    filler(into, at, address, signatureBytes);
    into[at] = 0x30;
    into[at + 1] = signatureBytes - 3;
    into[at + signatureBytes - 1] = 0x01;
    return at + signatureBytes;
  };
  const twoOfThree = (into: Buffer, at: number, address: number) => {
    into[at++] = 0x52;
    for (let i = 0; i < 3; i += 1) {
      into[at++] = keyBytes;
      at = key(into, at, mix(address + i));
    }
    into[at] = 0x53;
    into[at + 1] = 0xae;
    return at + 2;
  };
  /** P2SH is a wrapped P2WPKH or a two-of-three. */
  const isWrapped = (address: number) => (address & 1) === 0;

  return {
    output: (into, at, address, type) => {
      switch (type) {
        case p2wpkh:
          into[at] = 22;
          into[at + 1] = 0x00;
          into[at + 2] = 20;
          return bytes(into, at + 3, address, 20);
        case p2wsh:
        case p2tr:
          into[at] = 34;
          into[at + 1] = type === p2tr ? 0x51 : 0x00;
          into[at + 2] = 32;
          return bytes(into, at + 3, address, 32);
        case p2pkh:
          into[at] = 25;
          into[at + 1] = 0x76;
          into[at + 2] = 0xa9;
          into[at + 3] = 20;
          at = bytes(into, at + 4, address, 20);
          into[at] = 0x88;
          into[at + 1] = 0xac;
          return at + 2;
        case p2sh:
          into[at] = 23;
          into[at + 1] = 0xa9;
          into[at + 2] = 20;
          at = bytes(into, at + 3, address, 20);
          into[at] = 0x87;
          return at + 1;
        case p2pk:
          into[at] = 35;
          into[at + 1] = keyBytes;
          at = key(into, at + 2, address);
          into[at] = 0xac;
          return at + 1;
        case multisig:
          into[at] = 71;
          into[at + 1] = 0x51;
          into[at + 2] = keyBytes;
          at = key(into, at + 3, address);
          into[at] = keyBytes;
          at = key(into, at + 1, mix(address));
          into[at] = 0x52;
          into[at + 1] = 0xae;
          return at + 2;
        default:
          throw new Error(`no script type ${type}`);
      }
    },

    input: (into, at, address, type) => {
      switch (type) {
        case p2pkh:
          into[at] = 1 + signatureBytes + 1 + keyBytes;
          at = signature(into, at + 1, address);
          into[at] = keyBytes;
          return key(into, at + 1, address);
        case p2sh:
          if (isWrapped(address)) {
            into[at] = 23;
            into[at + 1] = 22;
            into[at + 2] = 0x00;
            into[at + 3] = 20;
            return bytes(into, at + 4, mix(address), 20);
          }
          into[at] = 0xfd;
          into.writeUInt16LE(1 + 2 * (1 + signatureBytes) + 2 + twoOfThreeBytes, at + 1);
          into[at + 3] = 0x00;
          at = signature(into, signature(into, at + 4, address), address);
          into[at] = 0x4c;
          into[at + 1] = twoOfThreeBytes;
          return twoOfThree(into, at + 2, address);
        case p2pk:
          into[at] = 1 + signatureBytes;
          return signature(into, at + 1, address);
        case multisig:
          into[at] = 2 + signatureBytes;
          into[at + 1] = 0x00;
          return signature(into, at + 2, address);
        default:
          into[at] = 0;
          return at + 1;
      }
    },

    witness: (into, at, address, type) => {
      if (type === p2wpkh || (type === p2sh && isWrapped(address))) {
        into[at] = 2;
        at = signature(into, at + 1, address);
        into[at] = keyBytes;
        return key(into, at + 1, address);
      }
      if (type === p2tr) {
        if ((mix(address) >>> 0) / 0x1_0000_0000 >= shapes.inscriptionShare) {
          into[at] = 1;
          into[at + 1] = schnorrBytes;
          return filler(into, at + 2, address, schnorrBytes);
        }
        into[at] = 3;
        into[at + 1] = schnorrBytes;
        at = filler(into, at + 2, address, schnorrBytes);
        const length = 300 + (mix(address + 1) & 4095);
        into[at] = 0xfd;
        into.writeUInt16LE(length, at + 1);
        at = filler(into, at + 3, address, length);
        into[at] = keyBytes;
        into[at + 1] = 0xc0;
        return filler(into, at + 2, address, 32);
      }
      if (type === p2wsh) {
        into[at] = 4;
        into[at + 1] = 0;
        at = signature(into, signature(into, at + 2, address), address);
        into[at] = twoOfThreeBytes;
        return twoOfThree(into, at + 1, address);
      }
      into[at] = 0;
      return at + 1;
    },

    hasWitness: (address, type) =>
      type === p2wpkh || type === p2tr || type === p2wsh || (type === p2sh && isWrapped(address)),

    payload: (address, type) => {
      const length = type === p2tr || type === p2wsh ? 32 : 20;
      const payload = Buffer.alloc(length);
      bytes(payload, 0, address, length);
      return payload;
    },
  };
}
