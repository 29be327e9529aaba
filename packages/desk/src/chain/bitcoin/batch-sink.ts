import { outputTypes } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { Block, UtxoBatch } from '../../ledger/index.ts';
import type { CheckedBlock } from './check.ts';
import { HEADER_BYTES } from './header.ts';
import { type BlockSink, tellBlock } from './parse.ts';
import { classifyScript, STORED_ADDRESS_BYTES_MAX, scriptType, storedLength } from './script.ts';

/** Writes a parsed block into a batch of the ledger, output by output, without an object for any of them. */
class BatchSink implements BlockSink {
  readonly #batch: UtxoBatch;
  readonly #address = new Uint8Array(STORED_ADDRESS_BYTES_MAX);
  #coinbase = false;

  constructor(batch: UtxoBatch) {
    this.#batch = batch;
  }

  transaction(
    _bytes: Uint8Array,
    txid: Uint8Array,
    _index: number,
    _in: number,
    _out: number,
    coinbase: boolean,
  ): void {
    this.#coinbase = coinbase;
    this.#batch.transaction(txid, 0, coinbase);
  }

  input(bytes: Uint8Array, txidAt: number, previousIndex: number): void {
    if (!this.#coinbase) this.#batch.input(bytes, txidAt, previousIndex);
  }

  output(bytes: Uint8Array, unitsAt: number, scriptAt: number, scriptEnd: number): void {
    const found = classifyScript(bytes, scriptAt, scriptEnd, this.#address);
    const type = outputTypes[scriptType(found)];
    invariant(type, 'a script has a known type');
    this.#batch.output(bytes, unitsAt, type, this.#address, storedLength(found));
  }
}

/** Adds a checked block to a batch. */
export function addBlock(batch: UtxoBatch, block: Block, checked: CheckedBlock): void {
  batch.block(block, checked.bytes.subarray(0, HEADER_BYTES));
  tellBlock(checked, new BatchSink(batch));
}
