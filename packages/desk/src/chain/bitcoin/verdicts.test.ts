import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  type Address,
  type ChainId,
  type Instant,
  outputTypes,
  type TxId,
  zChangeTable,
  zVerdict,
} from '@gongjo/contract';
import {
  addressText,
  changeTable,
  coinJoinVerdict,
  peelingVerdict,
  type UtxoInput,
  type UtxoOutput,
  type UtxoTransaction,
} from '../../ledger/index.ts';
import { needs, sharedFolder } from '../evm/shared-data.fixture.ts';
import { parseBlock } from './parse.ts';
import { classifyScript, STORED_ADDRESS_BYTES_MAX, scriptType, storedLength } from './script.ts';

/** What the ledger's verdicts say of whole blocks of the main chain, of which only spends within the block are known. */
const blocks = sharedFolder('bitcoin/blocks');
const chain = 'bip122:000000000019d6689c085ae165831e93' as ChainId;

type Draft = Omit<UtxoTransaction, 'inputs' | 'outputs'> & {
  readonly inputs: UtxoInput[];
  readonly outputs: { -readonly [key in keyof UtxoOutput]: UtxoOutput[key] }[];
};

function transactionsOf(bytes: Uint8Array): Draft[] {
  const found: Draft[] = [];
  const numbers = new Map<string, number>();
  const stored = new Uint8Array(STORED_ADDRESS_BYTES_MAX);
  const hex = (part: Uint8Array) => Buffer.from(part).toString('hex');
  parseBlock(bytes, {
    transaction: (_bytes, id, index, _inputs, _outputs, coinbase) => {
      numbers.set(hex(id), index);
      const txid = hex(id.slice().reverse()) as TxId;
      const time = '2017-01-01T00:00:00.000Z' as Instant;
      found.push({ number: index, txid, height: 0, index, time, coinbase, inputs: [], outputs: [] });
    },
    input: (block, txidAt, previousIndex) => {
      const tx = found.at(-1)!;
      const number = numbers.get(hex(block.subarray(txidAt, txidAt + 32)));
      const output = number === undefined ? undefined : found[number]?.outputs[previousIndex];
      if (number === undefined || output === undefined) tx.inputs.push({ of: null, units: null, address: null });
      else {
        output.spentBy = { tx: tx.number, input: tx.inputs.length };
        tx.inputs.push({ of: { tx: number, index: previousIndex }, units: output.units, address: output.address });
      }
    },
    output: (block, unitsAt, scriptAt, scriptEnd) => {
      const kind = classifyScript(block, scriptAt, scriptEnd, stored);
      const length = storedLength(kind);
      const address: Address | null = length === 0 ? null : addressText(chain, stored.slice(0, length));
      const units = new DataView(block.buffer, block.byteOffset).getBigUint64(unitsAt, true);
      found.at(-1)?.outputs.push({ units, type: outputTypes[scriptType(kind)]!, address, spentBy: null });
    },
  });
  return found;
}

describe('verdicts on blocks of the main chain', needs(blocks), () => {
  for (const [height, peelsMin] of [
    [363703, 100],
    [426884, 100],
    [481829, 500],
    [482683, 0],
  ] as const) {
    test(`block ${height}: no payment is taken for a CoinJoin, peels are seen, change is suggested`, () => {
      const transactions = transactionsOf(readFileSync(path.join(blocks ?? '', `mainnet-${height}.raw`)));
      const joined = transactions.filter((tx) => coinJoinVerdict(tx) !== null);
      assert.deepEqual(
        joined.map(({ txid }) => txid),
        [],
      );
      const peels = transactions.flatMap((tx) => peelingVerdict(tx, transactions) ?? []);
      for (const peel of peels) zVerdict.parse(peel);
      assert.ok(peels.length >= peelsMin);
      for (const tx of transactions) zChangeTable.parse(changeTable(tx, {}));
    });
  }
});
