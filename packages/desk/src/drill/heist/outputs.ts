import type { Address, TxId } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { BookKeeper } from './book.ts';
import { type Cast, drillAssets, exchangeOf, exchangesPerCountry, placeTag } from './cast.ts';
import type { Dice } from './dice.ts';
import type { Heist, HeistPlan, PlayedBlock, PlayedOutput, PlayedSpend } from './model.ts';
import { dayBeforeS, outputBlockS, outputBlocks } from './timing.ts';

/** The block in which everybody has the coins of the day before. */
export const outputsBefore = 1;

/** What a transaction pays the miner, whatever its size: exercises do not bid. */
export const feeSats = 2_000n;

type Paid = PlayedOutput & { readonly address: Address };

/** An output that somebody can spend, from the block after its own on. */
export interface Coin extends PlayedOutput {
  readonly address: Address;
  readonly txid: TxId;
  readonly index: number;
  readonly block: number;
}

/**
 * The chain of outputs while it is made. A transaction of the thief's spends nothing but stolen coins, CoinJoins apart, so that
 * all that it pays is stolen value, by whatever method it is followed.
 */
export class Outputs {
  readonly tags: Heist['tags'][number][] = [];
  readonly cast: Cast;
  readonly dice: Dice;
  readonly book: BookKeeper;
  readonly coinAsset;
  readonly #plan: HeistPlan;
  readonly #blocks: PlayedSpend[][] = Array.from({ length: outputBlocks }, () => []);
  readonly #before: Paid[] = [];
  readonly #beforeTxid: TxId;
  readonly #stolen = new Set<Coin>();

  constructor(plan: HeistPlan, cast: Cast, dice: Dice, book: BookKeeper) {
    this.#plan = plan;
    this.cast = cast;
    this.dice = dice;
    this.book = book;
    this.coinAsset = drillAssets(plan.chains).bit.id;
    this.#beforeTxid = cast.tx(plan.chains.outputs);
  }

  get chain() {
    return this.#plan.chains.outputs;
  }

  /** A coin that was there the day before. */
  endow(address: Address, units: bigint): Coin {
    this.#before.push({ address, units });
    return { txid: this.#beforeTxid, index: this.#before.length - 1, address, units, block: -1 };
  }

  /** A transaction that is nobody's concern; what it pays less than it spends is the fee. */
  life(block: number, from: readonly Coin[], to: readonly Paid[]): Coin[] {
    return this.#put(block, from, to).made;
  }

  /** Coins of a victim's, or of a bridge's for value that was stolen elsewhere, go to the thief. */
  steal(block: number, from: readonly Coin[], to: readonly Paid[]): { readonly txid: TxId; readonly made: Coin[] } {
    const whole = sum(from);
    this.book.stolen(this.chain, this.coinAsset, whole);
    return this.#launder(block, from, to);
  }

  /** Stolen coins go to addresses of the thief's. */
  pass(block: number, from: readonly Coin[], to: readonly Paid[]): { readonly txid: TxId; readonly made: Coin[] } {
    this.#spend(from);
    return this.#launder(block, from, to);
  }

  /** A deposit at an exchange, and what is left to a new address of the thief's. */
  deposit(
    block: number,
    from: readonly Coin[],
    units = sum(from) - feeSats,
  ): { readonly txid: TxId; readonly rest: Coin | null } {
    const { country, service, address } = this.depositAddress();
    this.#spend(from);
    const rest = sum(from) - feeSats - units;
    const change = this.cast.owner();
    const to = [{ address, units }, ...(rest > 0n ? [{ address: change, units: rest }] : [])];
    const { txid, made } = this.#put(block, from, to);
    const { chain, coinAsset: asset } = this;
    this.book.thiefs(chain, txid);
    this.book.end('fee', asset, feeSats);
    this.book.deposit({
      ...{ chain, txid, height: block + outputsBefore, address, service, country, asset, units },
      from: from.map((coin) => coin.address),
    });
    const [, left] = made;
    if (left) this.#receive(left);
    return { txid, rest: left ?? null };
  }

  /** Stolen coins come into a CoinJoin, with coins of others. */
  coinJoin(block: number, stolen: Coin, others: readonly Coin[], to: readonly Paid[]): TxId {
    this.#spend([stolen]);
    const { txid } = this.#put(block, this.dice.shuffle([stolen, ...others]), to);
    this.book.thiefs(this.chain, txid);
    // The alert names the movement that brought the value to where the CoinJoin took it.
    this.book.act('coinjoin-entry', this.chain, [txid, stolen.txid]);
    this.book.end('coinjoin', this.coinAsset, stolen.units);
    return txid;
  }

  depositAddress(): { readonly country: string; readonly service: string; readonly address: Address } {
    const country = this.dice.pick(this.#plan.countries);
    const number = this.dice.between(1, exchangesPerCountry);
    const service = exchangeOf(country, number);
    const address = this.cast.owner();
    this.tags.push(
      placeTag({ chain: this.chain, address }, 'exchange', `${country} exchange ${number}: deposit`, service),
    );
    return { country, service, address };
  }

  done(): PlayedBlock<PlayedSpend>[] {
    for (const { units } of this.#stolen) this.book.end('unspent', this.coinAsset, units);
    const first = { txid: this.#beforeTxid, inputs: [], outputs: this.#before };
    const miner = this.cast.owner();
    return [
      { atS: dayBeforeS, txs: [first] },
      ...this.#blocks.map((txs, block) => ({
        atS: block * outputBlockS,
        txs: [this.#coinbase(miner), ...this.dice.shuffle(txs)],
      })),
    ];
  }

  #coinbase(miner: Address): PlayedSpend {
    return { txid: this.cast.tx(this.chain), inputs: [], outputs: [{ address: miner, units: 312_500_000n }] };
  }

  #launder(block: number, from: readonly Coin[], to: readonly Paid[]) {
    const put = this.#put(block, from, to);
    this.book.thiefs(this.chain, put.txid);
    this.book.end('fee', this.coinAsset, sum(from) - sum(to));
    for (const coin of put.made) this.#receive(coin);
    return put;
  }

  #put(block: number, from: readonly Coin[], to: readonly Paid[]): { readonly txid: TxId; readonly made: Coin[] } {
    const txs = this.#blocks[block];
    invariant(txs, `a heist has ${outputBlocks} blocks of outputs, and no block ${block}`);
    invariant(
      from.every((coin) => coin.block < block) && sum(from) >= sum(to) && to.every(({ units }) => units > 0n),
      'a transaction spends what earlier blocks made, and pays no more than that',
    );
    const txid = this.cast.tx(this.chain);
    txs.push({ txid, inputs: from.map(({ txid: of, index }) => ({ txid: of, index })), outputs: [...to] });
    return { txid, made: to.map((output, index) => ({ ...output, txid, index, block })) };
  }

  #receive(coin: Coin): void {
    this.book.launders(this.chain, coin.address);
    this.#stolen.add(coin);
  }

  #spend(coins: readonly Coin[]): void {
    for (const coin of coins) invariant(this.#stolen.delete(coin), `the thief has ${coin.units} at ${coin.address}`);
  }
}

export function sum(of: readonly { readonly units: bigint }[]): bigint {
  return of.reduce((whole, { units }) => whole + units, 0n);
}
