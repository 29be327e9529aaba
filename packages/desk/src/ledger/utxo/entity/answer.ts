import type { Address, ChainId, Entity, EntityQuestion } from '@gongjo/contract';
import type { Coverage } from '../../model.ts';
import type { AddressOutputs, TxNumber, UtxoTransaction } from '../model.ts';
import { entityOf } from './entity.ts';
import type { EntityAsk, EntityRows } from './model.ts';

/** What an entity needs of a ledger of outputs (`UtxoLedger`). */
export interface EntityReader {
  transactions(
    chain: ChainId,
    numbers: readonly TxNumber[],
    below: TxNumber,
  ): Promise<ReadonlyMap<TxNumber, UtxoTransaction>>;
  received(
    chain: ChainId,
    addresses: readonly Address[],
    outputsMax: number,
    below: TxNumber,
  ): Promise<ReadonlyMap<Address, AddressOutputs>>;
}

/** Answers what an entity asks, as of a block: `coverage` ends with it, and `below` is the number after its last transaction. */
export async function answerEntity(
  reader: EntityReader,
  coverage: Coverage,
  below: TxNumber,
  ask: EntityAsk,
): Promise<EntityRows> {
  const { chain } = coverage;
  const [outputs, transactions, first] = await Promise.all([
    ask.addresses.length > 0 ? reader.received(chain, ask.addresses, ask.outputsMax, below) : new Map(),
    ask.transactions.length > 0 ? reader.transactions(chain, ask.transactions, below) : new Map(),
    ask.firstPaid.length > 0 ? reader.received(chain, ask.firstPaid, 1, below) : new Map(),
  ]);
  return { coverage, outputs, transactions, firstPaid: firstPayers(first) };
}

/** The entity of an address on a ledger, as of a block. */
export async function entityOn(
  reader: EntityReader,
  coverage: Coverage,
  below: TxNumber,
  question: EntityQuestion,
): Promise<Entity> {
  const asking = entityOf(question);
  let step = asking.next();
  while (!step.done) step = asking.next(await answerEntity(reader, coverage, below, step.value));
  return step.value;
}

/** The first transaction that paid each address, of outputs in chain order. */
export function firstPayers(received: ReadonlyMap<Address, AddressOutputs>): Map<Address, TxNumber> {
  const first = new Map<Address, TxNumber>();
  for (const [address, { outputs }] of received) {
    const number = outputs[0]?.at.tx;
    if (number !== undefined) first.set(address, number);
  }
  return first;
}
