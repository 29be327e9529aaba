import type { Address, AssetId, TxId } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { BookKeeper } from './book.ts';
import { type Cast, drillAssets, exchangeOf, exchangesPerCountry, placeTag } from './cast.ts';
import type { Dice } from './dice.ts';
import type { Heist, HeistPlan, PlayedBlock, PlayedMove, PlayedTx } from './model.ts';
import { accountBlockS, accountBlocks, dayBeforeS, sleeperFilledS } from './timing.ts';

/** Blocks before the heist; its first block has this height. */
export const accountsBefore = 2;

/**
 * The chain of accounts while it is made: transactions by block, and what each of the thief's addresses holds. No value of the
 * thief's is mixed with anybody else's, so that where it goes does not depend on a method of tracing.
 */
export class Accounts {
  readonly assets: ReturnType<typeof drillAssets>;
  readonly tags: Heist['tags'][number][] = [];
  readonly cast: Cast;
  readonly dice: Dice;
  readonly book: BookKeeper;
  readonly #plan: HeistPlan;
  readonly #blocks: PlayedTx[][] = Array.from({ length: accountBlocks }, () => []);
  readonly #before: readonly [PlayedTx[], PlayedTx[]] = [[], []];
  readonly #payers = new Map<Address, Address>();
  /** What the thief has where, and since which block. */
  readonly #held = new Map<string, { units: bigint; since: number }>();

  constructor(plan: HeistPlan, cast: Cast, dice: Dice, book: BookKeeper) {
    this.assets = drillAssets(plan.chains);
    this.#plan = plan;
    this.cast = cast;
    this.dice = dice;
    this.book = book;
  }

  get chain() {
    return this.#plan.chains.accounts;
  }

  /** A transaction that is nobody's concern. */
  life(block: number, moves: readonly PlayedMove[]): void {
    this.#put(block, moves);
  }

  /** Before the heist: `old` a hundred days, else the day before. */
  past(moves: readonly PlayedMove[], old = false): TxId {
    const txid = this.cast.tx(this.chain);
    this.#before[old ? 0 : 1].push({ txid, moves });
    return txid;
  }

  /** A transaction of the thief's, or of an accomplice, that moves no stolen value. */
  accomplice(block: number, moves: readonly PlayedMove[]): TxId {
    const txid = this.#put(block, moves);
    this.book.thiefs(this.chain, txid);
    return txid;
  }

  /** The theft: from here on it is stolen value. */
  steal(block: number, from: Address, units: bigint): { readonly txid: TxId; readonly thief: Address } {
    const thief = this.cast.account();
    const { id: asset } = this.assets.coin;
    const txid = this.accomplice(block, [{ from, to: thief, asset, units }]);
    this.book.stolen(this.chain, asset, units);
    this.#receive(block, thief, asset, units);
    return { txid, thief };
  }

  /** Stolen value goes to another address of the thief's. */
  pass(block: number, from: Address, units: bigint, asset = this.assets.coin.id, to = this.cast.account()): Address {
    this.passed(block, from, units, asset, to);
    return to;
  }

  /** As `pass`; answers the transaction. */
  passed(block: number, from: Address, units: bigint, asset: AssetId, to: Address): TxId {
    this.#give(block, from, asset, units);
    this.#receive(block, to, asset, units);
    this.#payers.set(to, from);
    return this.accomplice(block, [{ from, to, asset, units }]);
  }

  /** Stolen value goes where it ends. */
  leave(
    block: number,
    from: Address,
    to: Address,
    kind: 'service' | 'mixer' | 'bridge',
    units = this.held(from),
    asset = this.assets.coin.id,
  ): TxId {
    this.#give(block, from, asset, units);
    const txid = this.accomplice(block, [{ from, to, asset, units }]);
    if (kind !== 'service') {
      this.book.end(kind, asset, units);
      this.book.act(kind === 'mixer' ? 'mixer-entry' : 'bridge-entry', this.chain, [txid]);
    }
    return txid;
  }

  /** A deposit at an exchange, at an address that it made for the thief. */
  deposit(block: number, from: Address, units = this.held(from), asset = this.assets.coin.id): void {
    const { country, service, address } = this.depositAddress();
    const txid = this.leave(block, from, address, 'service', units, asset);
    const { chain } = this;
    this.book.deposit({
      ...{ chain, txid, height: block + accountsBefore, from: [from], address, service, country, asset, units },
    });
  }

  /** Stolen coin becomes the token that its issuer can freeze. */
  swap(
    block: number,
    account: Address,
    pool: Address,
    units: bigint,
  ): { readonly txid: TxId; readonly dollars: bigint } {
    const { coin, dollar } = this.assets;
    const dollars = units / dollarPrice;
    this.#give(block, account, coin.id, units);
    this.#receive(block, account, dollar.id, dollars);
    const txid = this.accomplice(block, [
      { from: account, to: pool, asset: coin.id, units },
      { from: pool, to: account, asset: dollar.id, units: dollars },
    ]);
    return { txid, dollars };
  }

  /** Who passed it what it holds. */
  payerOf(address: Address): Address {
    const payer = this.#payers.get(address);
    invariant(payer, `somebody paid ${address}`);
    return payer;
  }

  held(address: Address, asset = this.assets.coin.id): bigint {
    return this.#held.get(`${address} ${asset}`)?.units ?? 0n;
  }

  /** A new deposit address of an exchange, tagged as the exchange told it. */
  depositAddress(): { readonly country: string; readonly service: string; readonly address: Address } {
    const country = this.dice.pick(this.#plan.countries);
    const number = this.dice.between(1, exchangesPerCountry);
    const service = exchangeOf(country, number);
    const address = this.cast.account();
    this.tags.push(
      placeTag({ chain: this.chain, address }, 'exchange', `${country} exchange ${number}: deposit`, service),
    );
    return { country, service, address };
  }

  done(): PlayedBlock<PlayedTx>[] {
    for (const [key, { units }] of this.#held)
      if (units > 0n) this.book.end('unspent', key.slice(key.indexOf(' ') + 1) as AssetId, units);
    const [old, yesterday] = this.#before;
    return [
      { atS: sleeperFilledS, txs: old },
      { atS: dayBeforeS, txs: yesterday },
      ...this.#blocks.map((txs, block) => ({ atS: block * accountBlockS, txs: this.dice.shuffle(txs) })),
    ];
  }

  #put(block: number, moves: readonly PlayedMove[]): TxId {
    const txid = this.cast.tx(this.chain);
    const txs = this.#blocks[block];
    invariant(txs, `a heist has ${accountBlocks} blocks of accounts, and no block ${block}`);
    txs.push({ txid, moves });
    return txid;
  }

  #give(block: number, from: Address, asset: AssetId, units: bigint): void {
    const held = this.#held.get(`${from} ${asset}`);
    invariant(held && held.since < block && units > 0n && held.units >= units, `the thief has ${units} at ${from}`);
    held.units -= units;
  }

  #receive(block: number, to: Address, asset: AssetId, units: bigint): void {
    const key = `${to} ${asset}`;
    this.book.launders(this.chain, to);
    this.#held.set(key, { units: this.held(to, asset) + units, since: block });
  }
}

/** Units of the coin for a unit of the dollar: 2,500 dollars of six decimals for a coin of eighteen. */
const dollarPrice = 10n ** 12n / 2500n;
