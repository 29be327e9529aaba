import fc from 'fast-check';
import type { BlockSink } from './parse.ts';
import { coinbase, type DrawnHeader, type DrawnInput, type DrawnTransaction, REGTEST_BITS } from './serial.fixture.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const u32 = fc.nat(0xffffffff);
/** Lengths on both sides of where a count's spelling becomes longer. */
const script = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ minLength: 250, maxLength: 260 }),
  fc.nat(2).map((more) => new Uint8Array(0xfffe + more).fill(7)),
);

const input: fc.Arbitrary<DrawnInput> = fc.record({
  txid: hash.filter((text) => !/^0+$/.test(text)),
  index: u32,
  script,
  sequence: u32,
  witness: fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 3 }),
});

const output = fc.record({ units: fc.bigInt({ min: 0n, max: 21_000_000_0000_0000n }), script });

const transaction: fc.Arbitrary<DrawnTransaction> = fc.record({
  version: u32,
  inputs: fc.array(input, { minLength: 1, maxLength: 4 }),
  outputs: fc.array(output, { minLength: 1, maxLength: 4 }),
  lockTime: u32,
});

export interface RandomBlock {
  readonly header: DrawnHeader;
  readonly transactions: readonly DrawnTransaction[];
}

export const randomBlock: fc.Arbitrary<RandomBlock> = fc.record({
  header: fc.record({
    version: u32,
    parent: hash,
    timeS: u32,
    bits: fc.constant(REGTEST_BITS),
    nonce: u32,
  }),
  transactions: fc
    .tuple(fc.nat(2 ** 31 - 1), fc.boolean(), fc.array(transaction, { maxLength: 5 }))
    .map(([height, witness, others]) => {
      const first = coinbase(height);
      const [spent] = first.inputs;
      const inputs = witness && spent ? [{ ...spent, witness: [new Uint8Array(32)] }] : first.inputs;
      return [{ ...first, inputs }, ...others];
    }),
});

export interface Heard {
  readonly txid: string;
  readonly index: number;
  readonly inputCount: number;
  readonly outputCount: number;
  readonly coinbase: boolean;
  readonly inputs: { readonly txid: string; readonly index: number }[];
  readonly outputs: { readonly units: bigint; readonly script: string }[];
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).reverse().toString('hex');

/** A sink that keeps all it is told, as values of its own. */
export function listener(): BlockSink & { readonly heard: Heard[] } {
  const heard: Heard[] = [];
  return {
    heard,
    transaction(_bytes, txid, index, inputCount, outputCount, coinbase) {
      heard.push({ txid: text(txid), index, inputCount, outputCount, coinbase, inputs: [], outputs: [] });
    },
    input(bytes, txidAt, index) {
      heard.at(-1)?.inputs.push({ txid: text(bytes.subarray(txidAt, txidAt + 32)), index });
    },
    output(bytes, unitsAt, scriptAt, scriptEnd) {
      const units = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(unitsAt, true);
      const script = Buffer.from(bytes.subarray(scriptAt, scriptEnd)).toString('hex');
      heard.at(-1)?.outputs.push({ units, script });
    },
  };
}
