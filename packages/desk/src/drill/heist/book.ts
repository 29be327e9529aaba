import type { Address, AlertRule, AssetId, ChainId, TxId } from '@gongjo/contract';
import type { Book, BookDeposit, BookEnd, BookFreezable } from './model.ts';

/** Writes the book while the heist is made. */
export class BookKeeper {
  readonly #stolen: Book['stolen'][number][] = [];
  readonly #laundering = new Map<ChainId, Set<Address>>();
  readonly #deposits: BookDeposit[] = [];
  readonly #acts: { rule: AlertRule; chain: ChainId; txids: TxId[] }[] = [];
  readonly #freezable: BookFreezable[] = [];
  readonly #thiefs = new Map<ChainId, Set<TxId>>();
  readonly #ends = new Map<string, Book['ends'][number]>();

  stolen(chain: ChainId, asset: AssetId, units: bigint): void {
    this.#stolen.push({ chain, asset, units });
  }

  /** Stolen value came to an address of the thief. */
  launders(chain: ChainId, address: Address): void {
    setOf(this.#laundering, chain).add(address);
  }

  thiefs(chain: ChainId, txid: TxId): void {
    setOf(this.#thiefs, chain).add(txid);
  }

  deposit(deposit: BookDeposit): void {
    const { chain, txid, asset, units } = deposit;
    this.#deposits.push(deposit);
    this.act('deposit-to-service', chain, [txid]);
    this.#freezable.push({ rule: 'deposit-to-service', chain, txid, asset, units });
    this.end('service', asset, units);
  }

  act(rule: AlertRule, chain: ChainId, txids: readonly TxId[]): void {
    this.#acts.push({ rule, chain, txids: [...txids] });
  }

  /** Stolen value rests in a token that its issuer can freeze; `stays`: to the end. */
  freezable(rest: Omit<BookFreezable, 'rule'>, stays: boolean): void {
    if (stays) this.#freezable.push({ rule: 'freezable-now', ...rest });
    this.act('freezable-now', rest.chain, [rest.txid]);
  }

  end(kind: BookEnd, asset: AssetId, units: bigint): void {
    const key = `${kind} ${asset}`;
    this.#ends.set(key, { kind, asset, units: (this.#ends.get(key)?.units ?? 0n) + units });
  }

  laundered(chain: ChainId): number {
    return this.#laundering.get(chain)?.size ?? 0;
  }

  done(): Book {
    return {
      stolen: this.#stolen,
      laundering: this.#laundering,
      deposits: this.#deposits,
      acts: this.#acts,
      freezable: this.#freezable,
      thiefs: this.#thiefs,
      ends: [...this.#ends.values()],
    };
  }
}

function setOf<K, V>(of: Map<K, Set<V>>, key: K): Set<V> {
  const found = of.get(key) ?? new Set<V>();
  of.set(key, found);
  return found;
}
