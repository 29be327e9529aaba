import type { Address, Asset, AssetId, BlockHash, ChainId, Instant, Tag, TxId } from '@gongjo/contract';
import { comparePositions, instant } from '../kernel/index.ts';
import type { AccountRows, Coverage, HeightSpan, HistoryRows, Movement, MovementKind } from '../ledger/index.ts';
import { type Ask, type Asked, answer, type Lead, type Rows, type Trace, trace } from './index.ts';

/**
 * Small ledgers drawn as text, one movement a line:
 *
 *     10.2 thief -> a 100 KUSD     block 10, transaction 2 of it (`10` alone is `10.0`)
 *     10.2 thief -> miner 1 ETH fee    likewise `burn`, and `call` for a call of a contract
 *     11 null -> a 5 KUSD          minted; `-> null` is burned
 *
 * Lines of one transaction belong together; a name that starts with 0x is an address as it stands.
 */
export const chain = 'eip155:31337' as ChainId;

export interface Drawn {
  readonly movements: readonly Movement[];
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
  readonly symbols: ReadonlyMap<AssetId, string>;
  readonly from: number;
  /** Where internal transfers are known. */
  readonly internals: readonly HeightSpan[];
}

const names = new Map<string, string>();

/** A made-up address for a name: the name's letters mixed into forty digits. */
export function addressOf(name: string): Address {
  if (name.startsWith('0x')) return name as Address;
  let state = 0x811c9dc5;
  let digits = '';
  for (let round = 0; digits.length < 40; round += 1) {
    for (const letter of `${name}${round}`) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  const address = `0x${digits.slice(0, 40)}`;
  names.set(address, name);
  return address as Address;
}

export function nameOf(address: string | null): string {
  return address === null ? 'null' : (names.get(address) ?? address);
}

export function assetOf(symbol: string): AssetId {
  return `${chain}/${symbol === 'ETH' ? 'slip44:60' : `erc20:${addressOf(`token ${symbol}`)}`}` as AssetId;
}

export function symbolOf(asset: string): string {
  if (asset.endsWith('/slip44:60')) return 'ETH';
  return nameOf(asset.slice(asset.indexOf('erc20:') + 6)).replace('token ', '');
}

/** `10.2` → the transaction in block 10 at index 2. */
export function txidOf(place: string): TxId {
  const [height, txIndex = '0'] = place.split('.');
  return `0x${Number(height).toString(16).padStart(32, '0')}${Number(txIndex).toString(16).padStart(32, '0')}` as TxId;
}

export function timeAt(height: number): Instant {
  return instant(Date.UTC(2025, 0, 1) + height * 12_000);
}

export function tagOf(name: string, category: Tag['category'], more: Partial<Tag> = {}): Tag {
  return {
    chain,
    address: addressOf(name),
    label: name,
    category,
    actor: null,
    source: 'drawn',
    confidence: 90,
    ...more,
  };
}

export function draw(text: string, tags: readonly Tag[] = [], from = 0, internals: readonly HeightSpan[] = []): Drawn {
  const movements: Movement[] = [];
  const ords = new Map<string, number>();
  const symbols = new Map<AssetId, string>();
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(\d+)(?:\.(\d+))? (\S+) -> (\S+) (\d+) (\S+)(?: (fee|burn|call|internal))?$/.exec(line);
    if (match === null) throw new Error(`not a drawn movement: ${line}`);
    const [, height = '', txIndex = '0', sender = '', receiver = '', units = '', symbol = '', extra] = match;
    const place = `${height}.${txIndex}`;
    const ord = ords.get(place) ?? 0;
    ords.set(place, ord + 1);
    const asset = assetOf(symbol);
    symbols.set(asset, symbol);
    const plain: MovementKind = symbol === 'ETH' ? 'native' : 'token';
    movements.push({
      chain,
      txid: txidOf(place),
      height: Number(height),
      txIndex: Number(txIndex),
      ord,
      time: timeAt(Number(height)),
      kind: extra === 'fee' || extra === 'burn' || extra === 'internal' ? extra : plain,
      from: sender === 'null' ? null : addressOf(sender),
      to: receiver === 'null' ? null : addressOf(receiver),
      asset,
      units: BigInt(units),
      call: extra === 'call',
    });
  }
  movements.sort(comparePositions);
  const byAddress = new Map<Address, Tag[]>();
  for (const tag of tags) byAddress.set(tag.address, [...(byAddress.get(tag.address) ?? []), tag]);
  return { movements, tags: byAddress, symbols, from, internals };
}

/** Answers from a drawn ledger as a store would: movements strictly after the position, the opening up to and with it. */
export class Host {
  asks: Ask[] = [];
  /** Rows handed over, to see what a trace reads. */
  rows = 0;
  readonly #byAddress = new Map<Address, Movement[]>();
  readonly #byTxid = new Map<TxId, Movement[]>();
  readonly #drawn: Drawn;

  constructor(drawn: Drawn) {
    this.#drawn = drawn;
    for (const movement of drawn.movements) {
      const { txid, from, to } = movement;
      this.#byTxid.set(txid, [...(this.#byTxid.get(txid) ?? []), movement]);
      for (const end of new Set([from, to])) {
        if (end === null) continue;
        const known = this.#byAddress.get(end);
        if (known === undefined) this.#byAddress.set(end, [movement]);
        else known.push(movement);
      }
    }
  }

  readonly provide = async (ask: Ask): Promise<Rows> => this.rowsFor(ask);

  rowsFor(ask: Ask): Rows {
    this.asks.push(ask);
    return {
      coverage: this.#coverage(),
      transactions: present(ask.transactions, (txid) => this.#byTxid.get(txid)),
      accounts: new Map(ask.accounts.map((account) => [account.address, this.#account(account, ask.movementsMax)])),
      histories: new Map(ask.histories.map((asked) => [asked.address, this.#history(asked, ask.movementsMax)])),
      tags: present(ask.tags, (address) => this.#drawn.tags.get(address)),
      assets: present(ask.assets, (id): Asset | undefined => {
        const symbol = this.#drawn.symbols.get(id);
        return symbol === undefined ? undefined : { id, symbol: symbol.replace(/\d$/, ''), decimals: 0 };
      }),
    };
  }

  #coverage(): Coverage {
    const height = this.#drawn.movements.at(-1)?.height ?? 0;
    const hash = `0x${'b'.repeat(64)}` as BlockHash;
    const tip = { chain, height, hash, parent: hash, time: timeAt(height), transactionCount: 1 };
    return { chain, from: this.#drawn.from, tip, internals: this.#drawn.internals };
  }

  #history({ address, upTo }: Ask['histories'][number], movementsMax: number): HistoryRows {
    const all = (this.#byAddress.get(address) ?? []).filter((movement) => comparePositions(movement, upTo) <= 0);
    const movements = all.slice(Math.max(0, all.length - movementsMax));
    this.rows += movements.length;
    return { address, movements, truncated: all.length > movementsMax };
  }

  #account({ address, after }: Ask['accounts'][number], movementsMax: number): AccountRows {
    const opening = new Map<AssetId, bigint>();
    const later: Movement[] = [];
    for (const movement of this.#byAddress.get(address) ?? []) {
      if (comparePositions(movement, after) > 0) {
        later.push(movement);
        continue;
      }
      const change =
        (movement.to === address ? movement.units : 0n) - (movement.from === address ? movement.units : 0n);
      opening.set(movement.asset, (opening.get(movement.asset) ?? 0n) + change);
    }
    const movements = later.slice(0, movementsMax);
    this.rows += movements.length;
    return { address, opening, movements, truncated: later.length > movementsMax };
  }
}

function present<K, V>(keys: readonly K[], find: (key: K) => V | undefined): Map<K, V> {
  return new Map(
    keys.flatMap((key): [K, V][] => {
      const value = find(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

export interface Drawing extends Partial<Pick<Asked, 'method' | 'direction' | 'fees' | 'bounds'>> {
  readonly tags?: readonly Tag[];
  /**
   * Where the lead stands, block 10 if not said: `10` is the whole transaction, `10:1` its second movement, a name all that
   * this address received.
   */
  readonly lead?: readonly string[];
  readonly from?: number;
  readonly internals?: readonly HeightSpan[];
}

export function leadOf(text: string): Lead {
  const [, place, ord] = /^([\d.]+)(?::(\d+))?$/.exec(text) ?? [];
  if (place === undefined) return { address: addressOf(text) };
  return { txid: txidOf(place), ord: ord === undefined ? null : Number(ord) };
}

export function traceOf(
  text: string,
  { tags = [], lead = ['10'], from = 0, internals = [], ...asked }: Drawing = {},
): Promise<Trace> {
  return answer(
    trace({ chain, leads: lead.map(leadOf), ...asked }),
    new Host(draw(text, tags, from, internals)).provide,
  );
}

export async function toldOf(text: string, drawing: Drawing = {}): Promise<string[]> {
  return told(await traceOf(text, drawing));
}

/** A trace as lines that a person can compare with the drawing. */
export function told(trace: Trace): string[] {
  const amount = (units: bigint, asset: string) => `${units} ${symbolOf(asset)}`;
  return [
    ...trace.hops.map((hop) => {
      const part = hop.units === hop.movementUnits ? '' : ` of ${hop.movementUnits}`;
      const received = hop.received.map((one) => ` for ${one.units} of ${one.movementUnits} ${symbolOf(one.asset)}`);
      const sure = hop.certainty === 'exact' ? '' : ' ?';
      return `${hop.rule}${sure} ${nameOf(hop.from)} -> ${nameOf(hop.to)} ${hop.units}${part} ${symbolOf(hop.asset)}${received.join('')}`;
    }),
    // By the hop that brought them first, because made-up addresses have no order that a reader could foresee.
    ...trace.stops
      .toSorted((a, b) => (a.hops[0] ?? -1) - (b.hops[0] ?? -1))
      .map(
        (stop) => `${stop.kind} ${nameOf(stop.address)} ${amount(stop.units, stop.asset)} by ${stop.hops.join(',')}`,
      ),
    ...trace.gaps.map((gap) =>
      ['gap', gap.kind, gap.address && nameOf(gap.address), gap.txid && placeOf(gap.txid), gap.number]
        .filter((part) => part !== null)
        .join(' '),
    ),
    ...trace.decoys.map((decoy) => {
      const imitates =
        decoy.imitates === null
          ? ''
          : ` like ${decoy.kind === 'look-alike-symbol' ? symbolOf(decoy.imitates) : nameOf(decoy.imitates)}`;
      return `decoy ${decoy.kind} ${nameOf(decoy.from)} -> ${nameOf(decoy.to)} ${amount(decoy.units, decoy.asset)}${imitates}`;
    }),
  ];
}

function placeOf(txid: string): string {
  const txIndex = Number.parseInt(txid.slice(34), 16);
  return `${Number.parseInt(txid.slice(2, 34), 16)}${txIndex === 0 ? '' : `.${txIndex}`}`;
}
