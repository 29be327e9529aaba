import type {
  AccountTransactionView,
  Address,
  AddressView,
  Asset,
  AssetId,
  ChainId,
  Counterparty,
  Entity,
  EntityQuestion,
  EntityView,
  Seen,
  Tag,
  TxId,
  UtxoTransactionView,
} from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Ledger } from './ledger.store.ts';
import { type Coverage, familyOf, type Movement } from './model.ts';
import { changeOutputsMax } from './utxo/change/suggest.ts';
import { coinOf } from './utxo/coin.ts';
import { entityOn, firstPayers } from './utxo/entity/answer.ts';
import { addressTransactions, addressView } from './utxo/view/address-view.ts';
import { transactionNeighbours, transactionView } from './utxo/view/transaction-view.ts';

/** Outputs or movements of one address that are read: a page of a service would otherwise be read whole. */
const movementsMax = 5_000;
/** Whole transactions behind an address's sums and counterparties. */
const transactionsMax = 2_000;
const counterpartiesMax = 100;
/** Neighbours of a transaction that are read whole, to see whether it is one of a chain of peels. */
const aroundMax = 50;

type Reader = Pick<Ledger, 'coverage' | 'chains' | 'transactions' | 'accounts' | 'assets' | 'tags' | 'utxo'>;

/** What the ledger holds of a chain. Throws `chain-unknown` where that is nothing. */
export async function coverageOf(ledger: Pick<Ledger, 'coverage' | 'chains'>, chain: ChainId): Promise<Coverage> {
  const coverage = await ledger.coverage(chain);
  if (!coverage) throw new GongjoError('chain-unknown', { chain, known: (await ledger.chains()).join(', ') || '–' });
  return coverage;
}

/** One transaction, explained. Throws `chain-unknown`, `transaction-unknown`. */
export async function lookUpTransaction(
  ledger: Reader,
  chain: ChainId,
  txid: TxId,
): Promise<UtxoTransactionView | AccountTransactionView> {
  const coverage = await coverageOf(ledger, chain);
  return familyOf(chain) === 'utxo'
    ? utxoTransaction(ledger, coverage, txid)
    : accountTransaction(ledger, coverage, txid);
}

async function utxoTransaction(ledger: Reader, { chain, tip }: Coverage, txid: TxId): Promise<UtxoTransactionView> {
  const { utxo } = ledger;
  const below = await utxo.numberAfter(chain, tip.height);
  const number = (await utxo.numbers(chain, [txid], below)).get(txid);
  const tx = number === undefined ? undefined : (await utxo.transactions(chain, [number], below)).get(number);
  if (!tx) throw new GongjoError('transaction-unknown', { txid });
  const neighbours = transactionNeighbours(tx);
  const payees = tx.outputs.length > changeOutputsMax ? [] : unique(tx.outputs.map(({ address }) => address));
  const [txids, around, first, tags] = await Promise.all([
    utxo.identifiers(chain, neighbours),
    utxo.transactions(chain, neighbours.slice(0, aroundMax), below),
    utxo.received(chain, payees, 1, below),
    ledger.tags(chain, unique([...tx.inputs, ...tx.outputs].map(({ address }) => address))),
  ]);
  return transactionView(tx, {
    chain,
    asset: coinOf(chain),
    txids,
    around: [...around.values()],
    tags: [...tags.values()].flat(),
    firstPaid: firstPayers(first),
  });
}

async function accountTransaction(
  ledger: Reader,
  { chain, tip }: Coverage,
  txid: TxId,
): Promise<AccountTransactionView> {
  const movements = (await ledger.transactions(chain, [txid], tip.height)).get(txid) ?? [];
  const [first] = movements;
  if (!first) throw new GongjoError('transaction-unknown', { txid });
  const [assets, tags] = await Promise.all([
    assetsOf(ledger, movements),
    ledger.tags(chain, unique(movements.flatMap(({ from, to }) => [from, to]))),
  ]);
  return {
    chain,
    txid,
    height: first.height,
    time: first.time,
    index: first.txIndex,
    movements: movements.map(({ ord, kind, from, to, asset, units, call }) => ({
      ord,
      kind,
      from,
      to,
      asset,
      units: String(units),
      call,
    })),
    assets,
    tags: [...tags.values()].flat(),
  };
}

/** One address. An address that nothing paid is told as such. Throws `chain-unknown`. */
export async function lookUpAddress(
  ledger: Reader,
  chain: ChainId,
  address: Address,
  entity: () => Promise<Entity>,
): Promise<AddressView> {
  const coverage = await coverageOf(ledger, chain);
  const tags: readonly Tag[] = (await ledger.tags(chain, [address])).get(address) ?? [];
  if (familyOf(chain) === 'account') return accountAddress(ledger, coverage, address, tags);
  const { utxo } = ledger;
  const below = await utxo.numberAfter(chain, coverage.tip.height);
  const received = (await utxo.received(chain, [address], movementsMax, below)).get(address) ?? {
    address,
    outputs: [],
    truncated: false,
  };
  const numbers = addressTransactions(received);
  // The first and the last are shown whatever lies between them.
  const read = unique([...numbers.slice(0, transactionsMax), numbers.at(-1) ?? null]);
  return addressView(received, {
    coverage,
    asset: coinOf(chain),
    transactions: await utxo.transactions(chain, read, below),
    tags,
    entity: await entity(),
    counterpartiesMax,
  });
}

async function accountAddress(
  ledger: Reader,
  coverage: Coverage,
  address: Address,
  tags: readonly Tag[],
): Promise<AddressView> {
  const { chain, tip, from } = coverage;
  const start = { height: -1, txIndex: 0, ord: 0 };
  const rows = (await ledger.accounts(chain, [{ address, after: start }], movementsMax, tip.height)).get(address);
  const movements = rows?.movements ?? [];
  const sums = new Map<AssetId, { received: bigint; spent: bigint }>();
  const parties = new Map<string, { address: Address; asset: AssetId; gave: bigint; took: bigint; txids: Set<TxId> }>();
  for (const { asset, units, from: payer, to, txid, kind } of movements) {
    const sum = sums.get(asset) ?? { received: 0n, spent: 0n };
    sums.set(asset, sum);
    if (to === address) sum.received += units;
    if (payer === address) sum.spent += units;
    const other = payer === address ? to : payer;
    if (other === null || other === address || units === 0n || kind === 'fee') continue;
    const key = `${other} ${asset}`;
    const party = parties.get(key) ?? { address: other, asset, gave: 0n, took: 0n, txids: new Set<TxId>() };
    parties.set(key, party);
    if (to === address) party.gave += units;
    else party.took += units;
    party.txids.add(txid);
  }
  const ordered = [...parties.values()].sort(
    (a, b) => b.txids.size - a.txids.size || (a.address + a.asset < b.address + b.asset ? -1 : 1),
  );
  const counterparties: Counterparty[] = ordered.slice(0, counterpartiesMax).map(({ gave, took, txids, ...party }) => ({
    ...party,
    gaveUnits: String(gave),
    tookUnits: String(took),
    transactions: txids.size,
  }));
  const assets = await assetsOf(ledger, movements);
  return {
    chain,
    address,
    asOf: { height: tip.height, hash: tip.hash, time: tip.time },
    from,
    assets,
    holdings: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([asset, { received, spent }]) => ({
        asset,
        receivedUnits: String(received),
        spentUnits: String(spent),
        balanceUnits: String(received - spent),
      })),
    transactions: new Set(movements.map(({ txid }) => txid)).size,
    first: seen(movements[0]),
    last: seen(movements.at(-1)),
    counterparties,
    counterpartiesMore: Math.max(0, ordered.length - counterpartiesMax),
    tags: [...tags],
    entity: null,
    truncated: rows?.truncated ?? false,
  };
}

/** The entity of an address. Throws `chain-unknown`; `entities-not-here` on chains whose addresses no heuristic joins. */
export async function lookUpEntity(ledger: Reader, question: EntityQuestion): Promise<EntityView> {
  const { chain } = question;
  const coverage = await coverageOf(ledger, chain);
  if (familyOf(chain) !== 'utxo') throw new GongjoError('entities-not-here', { chain });
  const below = await ledger.utxo.numberAfter(chain, coverage.tip.height);
  const entity = await entityOn(ledger.utxo, coverage, below, question);
  const tags = await ledger.tags(chain, entity.addresses);
  return { entity, asset: coinOf(chain), tags: [...tags.values()].flat() };
}

async function assetsOf(ledger: Reader, movements: readonly Movement[]): Promise<Asset[]> {
  const known = await ledger.assets(unique(movements.map(({ asset }) => asset)));
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function seen(movement: Movement | undefined): Seen | null {
  return movement === undefined ? null : { txid: movement.txid, height: movement.height, time: movement.time };
}

function unique<T>(values: readonly (T | null)[]): T[] {
  return [...new Set(values)].filter((it): it is T => it !== null);
}
