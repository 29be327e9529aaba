import type { Address, Asset, AssetId, BlockHash, ChainId, Instant, Tag, TxId } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { AddressOutputs, Coverage, TxNumber, UtxoInput, UtxoOutput, UtxoTransaction } from '../../ledger/index.ts';
import { completeQuestion } from '../bounds.ts';
import type { Asked, Lead, Trace } from '../model.ts';
import type { UtxoAsk, UtxoRows, UtxoRules } from './model.ts';
import { traceUtxo } from './trace.ts';

/**
 * Small ledgers of outputs drawn as text, one transaction a line, in the chain's order:
 *
 *     5 c: new -> alice 50            coinbase of block 5
 *     6 t: c:0 -> bob 30, alice 19    spends the output 0 of c; what is left is the fee
 *     6 u: t:0, ? -> carl 25          an input that the ledger does not hold
 *     7 v: u:0 -> data 1, carl 24     `data` is an output that nobody can spend
 *
 * A block without a coinbase gets one, named `cb` and its height, that pays its fees to `miner`. Names stand for addresses
 * and identifiers as they are. A name that begins with `join` is a CoinJoin.
 */
export const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const coin: Asset = { id: `${chain}/slip44:1` as AssetId, symbol: 'BTC', decimals: 8 };
export const rules: UtxoRules = { coin, coinJoin: (tx) => tx.txid.startsWith('join') };

export interface DrawnTx {
  readonly height: number;
  readonly name: string;
  readonly coinbase: boolean;
  /** Null: not in the ledger. */
  readonly inputs: readonly (readonly [name: string, index: number] | null)[];
  readonly outputs: readonly (readonly [owner: string, units: bigint])[];
}

export interface DrawnLedger {
  /** By number. */
  readonly transactions: readonly UtxoTransaction[];
  readonly numbers: ReadonlyMap<TxId, TxNumber>;
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
  readonly from: number;
}

export function timeAt(height: number): Instant {
  return instant(Date.UTC(2009, 0, 3) + height * 600_000);
}

export function read(text: string): DrawnTx[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const match = /^(\d+) (\w+): (.+) -> (.+)$/.exec(line);
      if (match === null) throw new Error(`not a drawn transaction: ${line}`);
      const [, height = '', name = '', inputs = '', outputs = ''] = match;
      return {
        height: Number(height),
        name,
        coinbase: inputs === 'new',
        inputs: (inputs === 'new' ? [] : inputs.split(', ')).map((input) => {
          if (input === '?') return null;
          const [of = '', index = ''] = input.split(':');
          return [of, Number(index)] as const;
        }),
        outputs: outputs.split(', ').map((output) => {
          const [owner = '', units = ''] = output.split(' ');
          return [owner, BigInt(units)] as const;
        }),
      };
    });
}

export function build(drawn: readonly DrawnTx[], tags: readonly Tag[] = [], from = 0): DrawnLedger {
  const placed = [...Map.groupBy(drawn, ({ height }) => height)]
    .sort(([a], [b]) => a - b)
    .flatMap(([, txs]) => withCoinbase(txs, drawn));
  const numbers = new Map(placed.map(({ name }, number) => [name as TxId, number]));
  const spends = new Map<string, { tx: TxNumber; input: number }>();
  for (const [tx, { inputs }] of placed.entries()) {
    for (const [input, of] of inputs.entries()) if (of !== null) spends.set(of.join(':'), { tx, input });
  }
  let first = 0;
  const transactions = placed.map((tx, number): UtxoTransaction => {
    if (placed[number - 1]?.height !== tx.height) first = number;
    const inputs = tx.inputs.map((of): UtxoInput => {
      if (of === null) return { of: null, units: null, address: null };
      const made = numbers.get(of[0] as TxId) ?? number;
      const output = made < number ? placed[made]?.outputs[of[1]] : undefined;
      if (output === undefined) throw new Error(`${tx.name} spends what is not there: ${of.join(':')}`);
      const [owner, units] = output;
      return { of: { tx: made, index: of[1] }, units, address: owner as Address };
    });
    const outputs = tx.outputs.map(([owner, units], index): UtxoOutput => {
      const spentBy = spends.get(`${tx.name}:${index}`) ?? null;
      if (owner === 'data') return { units, type: 'op-return', address: null, spentBy };
      return { units, type: 'p2wpkh', address: owner as Address, spentBy };
    });
    return {
      number,
      txid: tx.name as TxId,
      height: tx.height,
      index: number - first,
      time: timeAt(tx.height),
      coinbase: tx.coinbase,
      inputs: tx.coinbase ? [{ of: null, units: null, address: null }] : inputs,
      outputs,
    };
  });
  const byAddress = Map.groupBy(tags, (tag) => tag.address);
  return { transactions, numbers, tags: byAddress, from };
}

/** The transactions of one block, its coinbase first. */
function withCoinbase(txs: readonly DrawnTx[], all: readonly DrawnTx[]): DrawnTx[] {
  const others = txs.filter((tx) => !tx.coinbase);
  const drawn = txs.find((tx) => tx.coinbase);
  if (drawn !== undefined) return [drawn, ...others];
  const height = txs[0]?.height ?? 0;
  const units = others.reduce((sum, tx) => sum + feeOf(tx, all), 0n);
  return [{ height, name: `cb${height}`, coinbase: true, inputs: [], outputs: [['miner', units]] }, ...others];
}

function feeOf({ inputs, outputs }: DrawnTx, all: readonly DrawnTx[]): bigint {
  let left = 0n;
  for (const of of inputs) left += all.find((tx) => tx.name === of?.[0])?.outputs[of?.[1] ?? 0]?.[1] ?? 0n;
  for (const [, units] of outputs) left -= units;
  return left > 0n ? left : 0n;
}

export function tagOf(name: string, category: Tag['category'], more: Partial<Tag> = {}): Tag {
  return {
    chain,
    address: name as Address,
    label: name,
    category,
    actor: null,
    source: 'drawn',
    confidence: 90,
    ...more,
  };
}

/** Answers from a drawn ledger as a store would. */
export class Host {
  readonly asks: UtxoAsk[] = [];
  readonly #ledger: DrawnLedger;
  readonly #received = new Map<Address, AddressOutputs['outputs'][number][]>();

  constructor(ledger: DrawnLedger) {
    this.#ledger = ledger;
    for (const { number, outputs } of ledger.transactions) {
      for (const [index, output] of outputs.entries()) {
        if (output.address === null) continue;
        const known = this.#received.get(output.address);
        const one = { ...output, at: { tx: number, index } };
        if (known === undefined) this.#received.set(output.address, [one]);
        else known.push(one);
      }
    }
  }

  rowsFor(ask: UtxoAsk): UtxoRows {
    this.asks.push(ask);
    const { transactions: all, numbers: byId, tags } = this.#ledger;
    const numbers = new Map<TxId, TxNumber>();
    const transactions = new Map<TxNumber, UtxoTransaction>();
    const tell = (number: TxNumber | undefined) => {
      const tx = number === undefined ? undefined : all[number];
      if (tx !== undefined) transactions.set(tx.number, tx);
      return tx;
    };
    for (const txid of ask.txids) {
      const tx = tell(byId.get(txid));
      if (tx !== undefined) numbers.set(txid, tx.number);
    }
    for (const number of ask.transactions) tell(number);
    const received = new Map<Address, AddressOutputs>();
    for (const address of ask.leadAddresses) {
      const outputs = this.#received.get(address) ?? [];
      const told = outputs.slice(0, ask.usageMax);
      for (const { at } of told) tell(at.tx);
      received.set(address, { address, outputs: told, truncated: outputs.length > told.length });
    }
    return {
      coverage: this.#coverage(),
      transactions,
      numbers,
      received,
      tags: new Map(ask.tags.flatMap((address) => (tags.has(address) ? [[address, tags.get(address) ?? []]] : []))),
      usage: new Map(
        ask.usage.map((address) => [address, Math.min(ask.usageMax + 1, this.#received.get(address)?.length ?? 0)]),
      ),
      fees: new Map(ask.fees.map((height) => [height, this.#fees(height)])),
    };
  }

  #coverage(): Coverage {
    const height = this.#ledger.transactions.at(-1)?.height ?? 0;
    const hash = 'b'.repeat(64) as BlockHash;
    return {
      chain,
      from: this.#ledger.from,
      tip: { chain, height, hash, parent: hash, time: timeAt(height), transactionCount: 1 },
    };
  }

  #fees(height: number): bigint[] {
    return this.#ledger.transactions.filter((tx) => tx.height === height).map(paidFee);
  }
}

export function paidFee({ coinbase, inputs, outputs }: UtxoTransaction): bigint {
  if (coinbase) return 0n;
  const left =
    inputs.reduce((sum, { units }) => sum + (units ?? 0n), 0n) - outputs.reduce((sum, { units }) => sum + units, 0n);
  return left > 0n ? left : 0n;
}

export type Drawing = Partial<Omit<Asked, 'leads' | 'chain'>> & {
  readonly tags?: readonly Tag[];
  /** `t`, `t:1` or `@alice`; `t` if not said. */
  readonly leads?: readonly string[];
  readonly from?: number;
};

export function leadOf(text: string): Lead {
  if (text.startsWith('@')) return { address: text.slice(1) as Address };
  const [txid = '', ord] = text.split(':');
  return { txid: txid as TxId, ord: ord === undefined ? null : Number(ord) };
}

export function follow(
  ledger: DrawnLedger,
  { leads = ['t'], ...asked }: Drawing,
  provide?: (ask: UtxoAsk, host: Host) => UtxoRows,
): Trace {
  const host = new Host(ledger);
  const { method, direction, fees, bounds } = asked;
  const question = completeQuestion({
    chain,
    leads: leads.map(leadOf),
    ...(method === undefined ? {} : { method }),
    ...(direction === undefined ? {} : { direction }),
    ...(fees === undefined ? {} : { fees }),
    ...(bounds === undefined ? {} : { bounds }),
  });
  const run = traceUtxo(question, rules);
  let step = run.next();
  while (!step.done) step = run.next(provide === undefined ? host.rowsFor(step.value) : provide(step.value, host));
  return step.value;
}

export function toldOf(text: string, drawing: Drawing = {}): string[] {
  return told(follow(build(read(text), drawing.tags, drawing.from), drawing));
}

/** A trace as lines that a person can compare with the drawing. */
export function told(trace: Trace): string[] {
  return [
    ...trace.hops.map((hop) => {
      const part = hop.units === hop.movementUnits ? '' : ` of ${hop.movementUnits}`;
      const sure = hop.certainty === 'exact' ? '' : ' ?';
      return `${hop.rule}${sure} ${hop.from} -> ${hop.to} ${hop.units}${part} in ${hop.txid}:${hop.ord}`;
    }),
    ...trace.stops.map((stop) => {
      const holdings = (stop.holdings ?? []).map(({ txid, ord, units }) => ` ${txid}:${ord}=${units}`);
      return `${stop.kind} ${stop.address} ${stop.units}${holdings.join('')} by ${stop.hops.join(',')}`;
    }),
    ...trace.gaps.map((gap) =>
      ['gap', gap.kind, gap.address, gap.txid, gap.number].filter((part) => part !== null).join(' '),
    ),
  ];
}
