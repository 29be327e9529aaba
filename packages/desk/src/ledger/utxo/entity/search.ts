import type { Address, EntityQuestion } from '@gongjo/contract';
import { invariant } from '../../../kernel/index.ts';
import type { Coverage } from '../../model.ts';
import { changeOutputsMax } from '../change/suggest.ts';
import type { AddressOutputs, TxNumber, UtxoTransaction } from '../model.ts';
import { type Judgement, judge, wouldJoin } from './judge.ts';
import { askMax, type EntityAsk, type EntityRows, inputsMax } from './model.ts';

/** What became of one address. */
export interface Member {
  readonly receivedUnits: bigint;
  readonly spentUnits: bigint;
  readonly outputs: number;
  readonly unspent: number;
  readonly first: TxNumber | null;
  readonly last: TxNumber | null;
}

type BoundKind = keyof EntityQuestion['bounds'];
type Asking = Generator<EntityAsk, void, EntityRows>;

/**
 * A breadth-first search from one address: round by round, what the addresses of the round took part in, and whom that joins.
 * Each round is worked in sorted order, so what a bound leaves out is the same whatever order the answers came in.
 */
export class Search {
  readonly members = new Map<Address, Member | null>();
  readonly judgements = new Map<TxNumber, Judgement>();
  readonly reached = new Set<BoundKind>();
  coverage: Coverage | null = null;
  readonly #question: EntityQuestion;
  readonly #cuts: ReadonlyMap<string, string>;
  readonly #firstPaid = new Map<Address, TxNumber>();
  #inputs = 0;

  constructor(question: EntityQuestion) {
    this.#question = question;
    this.#cuts = new Map(question.cuts.map(({ txid, reason }) => [txid, reason]));
  }

  *run(): Asking {
    let round: readonly Address[] = [this.#question.address];
    this.members.set(this.#question.address, null);
    for (let rounds = 0; round.length > 0; rounds += 1) {
      const found: Address[] = [];
      for (let at = 0; at < round.length; at += askMax) {
        const took = yield* this.#tookPart(round.slice(at, at + askMax));
        if (rounds >= this.#question.bounds.roundsMax) {
          // What these received still counts; whom they lead to is beyond the bound.
          this.reached.add('roundsMax');
          continue;
        }
        yield* this.#look([...new Set([...took.values()].flat())].sort((a, b) => a - b));
        for (const number of this.#relevant(took)) found.push(...this.#take(number));
      }
      round = found.sort();
    }
  }

  /** The transactions that each address spent in and, where change joins, those that paid it. */
  *#tookPart(addresses: readonly Address[]): Generator<EntityAsk, Map<Address, TxNumber[]>, EntityRows> {
    const took = new Map<Address, TxNumber[]>();
    const { outputsPerAddressMax } = this.#question.bounds;
    let missing = addresses;
    while (missing.length > 0) {
      const rows = yield { addresses: missing, outputsMax: outputsPerAddressMax, transactions: [], firstPaid: [] };
      this.#answered(rows);
      const told = missing.filter((address) => rows.outputs.has(address));
      invariant(told.length > 0, 'an answer tells something of what was asked');
      for (const address of told) {
        const known = rows.outputs.get(address);
        if (known !== undefined) took.set(address, this.#learn(address, known));
      }
      missing = missing.filter((address) => !took.has(address));
    }
    return took;
  }

  #learn(address: Address, { outputs, truncated }: AddressOutputs): TxNumber[] {
    const max = this.#question.bounds.outputsPerAddressMax;
    if (truncated || outputs.length > max) this.reached.add('outputsPerAddressMax');
    const numbers = new Set<TxNumber>();
    let receivedUnits = 0n;
    let spentUnits = 0n;
    let unspent = 0;
    let first: TxNumber | null = null;
    let last: TxNumber | null = null;
    const known = outputs.slice(0, max);
    for (const { units, at, spentBy } of known) {
      receivedUnits += units;
      if (spentBy === null) unspent += 1;
      else {
        spentUnits += units;
        numbers.add(spentBy.tx);
      }
      if (this.#question.change.length > 0) numbers.add(at.tx);
      const until = spentBy?.tx ?? at.tx;
      if (first === null || at.tx < first) first = at.tx;
      if (last === null || until > last) last = until;
    }
    this.members.set(address, { receivedUnits, spentUnits, outputs: known.length, unspent, first, last });
    return [...numbers];
  }

  /** Judges those of the transactions that are new, as far as the bounds allow. */
  *#look(numbers: readonly TxNumber[]): Asking {
    const fresh = numbers.filter((number) => !this.judgements.has(number));
    const left = this.#question.bounds.transactionsMax - this.judgements.size;
    if (fresh.length > left) this.reached.add('transactionsMax');
    const wanted = fresh.slice(0, Math.max(0, left));
    for (let at = 0; at < wanted.length; at += askMax) {
      const transactions = yield* this.whole(wanted.slice(at, at + askMax));
      if (this.#question.change.includes('first-use')) yield* this.#askFirstPaid(transactions);
      for (const tx of transactions) {
        if (this.#inputs + tx.inputs.length > inputsMax) {
          this.reached.add('transactionsMax');
          return;
        }
        this.#inputs += tx.inputs.length;
        const facts = { firstPaid: this.#firstPaid };
        this.judgements.set(tx.number, judge(tx, this.#cuts, this.#question.change, facts));
      }
      this.#firstPaid.clear();
    }
  }

  /** Whole transactions, in the order asked for. */
  *whole(numbers: readonly TxNumber[]): Generator<EntityAsk, UtxoTransaction[], EntityRows> {
    const known = new Map<TxNumber, UtxoTransaction>();
    let missing = numbers;
    while (missing.length > 0) {
      const rows = yield { addresses: [], outputsMax: 1, transactions: missing, firstPaid: [] };
      this.#answered(rows);
      for (const number of missing) {
        const tx = rows.transactions.get(number);
        if (tx !== undefined) known.set(number, tx);
      }
      const still = missing.filter((number) => !known.has(number));
      invariant(still.length < missing.length, 'an answer tells something of what was asked');
      missing = still;
    }
    return numbers.flatMap((number) => known.get(number) ?? []);
  }

  *#askFirstPaid(transactions: readonly UtxoTransaction[]): Asking {
    const addresses = new Set<Address>();
    for (const { outputs } of transactions) {
      if (outputs.length > changeOutputsMax) continue;
      for (const { address } of outputs) if (address !== null) addresses.add(address);
    }
    let missing = [...addresses].sort();
    while (missing.length > 0) {
      const rows = yield { addresses: [], outputsMax: 1, transactions: [], firstPaid: missing.slice(0, askMax) };
      this.#answered(rows);
      for (const address of missing) {
        const number = rows.firstPaid.get(address);
        if (number !== undefined) this.#firstPaid.set(address, number);
      }
      const still = missing.filter((address) => !this.#firstPaid.has(address));
      invariant(still.length < missing.length, 'an answer tells something of what was asked');
      missing = still;
    }
  }

  /** The transactions that speak of these addresses, in chain order; that one was paid by another is nobody's business. */
  #relevant(took: ReadonlyMap<Address, readonly TxNumber[]>): TxNumber[] {
    const relevant = new Set<TxNumber>();
    for (const [address, numbers] of took) {
      for (const number of numbers) {
        const judgement = relevant.has(number) ? undefined : this.judgements.get(number);
        if (judgement !== undefined && concerns(judgement, address)) relevant.add(number);
      }
    }
    return [...relevant].sort((a, b) => a - b);
  }

  /** Takes in whom the transaction joins; answers those who are new. */
  #take(number: TxNumber): Address[] {
    const judgement = this.judgements.get(number);
    if (judgement === undefined || judgement.refused !== null) return [];
    const found: Address[] = [];
    for (const address of wouldJoin(judgement)) {
      if (this.members.has(address)) continue;
      if (this.members.size >= this.#question.bounds.addressesMax) {
        this.reached.add('addressesMax');
        break;
      }
      this.members.set(address, null);
      found.push(address);
    }
    return found;
  }

  #answered({ coverage }: EntityRows): void {
    invariant(
      this.coverage === null || this.coverage.tip.hash === coverage.tip.hash,
      'every answer to one question is as of the same block',
    );
    this.coverage = coverage;
  }
}

/** It spends from the address, or takes its output for change. */
export function concerns({ spenders, change }: Judgement, address: Address): boolean {
  return spenders.includes(address) || change.some((each) => each.address === address);
}
