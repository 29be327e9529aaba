import type { Address, AssetId, BlockHash, ChainId, Tag, TxId } from '@gongjo/contract';
import type { BlockEntry, Movement } from '../../packages/desk/src/ledger/index.ts';
import { mix, Random } from '../chain-generator/random.ts';

/** As many as a full block of Ethereum mainnet has, fees left out; a day has 7,200 blocks, so ten million are a busy day. */
export const movementsPerBlock = 1_400;
const blockS = 12;
const exchanges = 20;
const merchants = 50;
/** Of the deposit addresses of exchanges, one in so many is known by a tag. */
const taggedShare = 20;
/** How long those have slept who wake on the day. */
const sleptS = 200 * 86_400;

export interface DayOptions {
  readonly chain: ChainId;
  readonly movements: number;
  readonly seed: number;
  /** The block that it goes on from. */
  readonly after: { readonly height: number; readonly hash: BlockHash; readonly timeS: number };
}

/** A day on a chain of accounts on which nobody does anything wrong, as far as anybody knows. */
export interface Day {
  /** People with an address each; those with a low number are busier. */
  readonly people: number;
  readonly person: (n: number) => Address;
  readonly tags: Tag[];
  /** Block after block, made as they are asked for: never all at once in memory. */
  blocks(): Generator<BlockEntry>;
}

/**
 * The shapes that rules could take for something else are in it: payouts of services in series, salaries and airdrops in equal
 * amounts, merchants to whom many pay, wallets that are swept into one, holders who wake after half a year, dust, zero-value
 * transfers from addresses that imitate others, swaps, and people who use mixers and bridges. Amounts are log-normal, and a few
 * addresses are in most of the movements.
 */
export function quietDay({ chain, movements, seed, after }: DayOptions): Day {
  const people = Math.max(10_000, Math.ceil(movements / 10));
  const coin = `${chain}/slip44:60` as AssetId;
  const token = (n: number) => `${chain}/erc20:${accountOf(seed, 7, n)}` as AssetId;
  const person = (n: number) => accountOf(seed, 1, n);
  const depositOf = (n: number) => accountOf(seed, 2, n);
  const hot = (n: number) => accountOf(seed, 3, n % exchanges);
  const merchant = (n: number) => accountOf(seed, 4, n % merchants);
  const [pool, mixer, bridge] = [accountOf(seed, 5, 1), accountOf(seed, 5, 2), accountOf(seed, 5, 3)] as const;
  const assets = [coin, token(1), token(2), token(3)] as const;

  const tag = (address: Address, category: Tag['category'], label: string): Tag => ({
    ...{ chain, address, category, label, actor: null, source: 'quiet-day', confidence: 80 },
  });
  const tags = [
    tag(pool, 'dex', 'Pool'),
    tag(mixer, 'mixer', 'Mixer'),
    tag(bridge, 'bridge', 'Bridge'),
    ...Array.from({ length: exchanges }, (_, n) => tag(hot(n), 'exchange', `Exchange ${n}`)),
    ...Array.from({ length: Math.ceil(people / taggedShare) }, (_, n) =>
      tag(depositOf(n * taggedShare), 'exchange', `Exchange ${(n * taggedShare) % exchanges}`),
    ),
  ];

  function* blocks(): Generator<BlockEntry> {
    const random = new Random(seed);
    let { height, hash: parent } = after;
    let made = 0;
    let txs = 0;
    const someone = () => Math.floor(people * random.unit() ** 2.5);
    const amount = () => BigInt(Math.max(1, Math.floor(random.logNormal(40_000, 2)))) * 1_000_000n;

    const block = (timeS: number, fill: (put: Put) => void): BlockEntry => {
      height += 1;
      const time = new Date(timeS * 1000).toISOString();
      const own: Movement[] = [];
      let txIndex = -1;
      const put: Put = (moves) => {
        txIndex += 1;
        txs += 1;
        const txid = `0x${word(seed, 9, txs)}${word(seed, 10, txs)}` as TxId;
        for (const [ord, [from, to, asset, units]] of moves.entries()) {
          const kind = asset === coin ? 'native' : 'token';
          own.push({ chain, height, txIndex, ord, txid, time, kind, from, to, asset, units, call: moves.length > 1 });
        }
        made += moves.length;
      };
      fill(put);
      const hash = `0x${word(seed, 11, height)}${word(seed, 12, height)}` as BlockHash;
      const entry = { block: { chain, height, hash, parent, time, transactionCount: txIndex + 1 }, movements: own };
      parent = hash;
      return { ...entry, internals: true };
    };

    // One in fifty people has not been seen since then.
    yield block(after.timeS + 1, (put) => {
      for (let n = 0; n < people; n += 50) put([[hot(n), person(n), coin, amount()]]);
    });
    made = 0;
    for (let at = 0; made < movements; at += 1)
      yield block(after.timeS + sleptS + at * blockS, (put) => {
        const until = Math.min(movements, made + movementsPerBlock);
        while (made < until) act(put);
      });

    function act(put: Put): void {
      const [one, other] = [someone(), someone()];
      const asset = assets[random.below(assets.length)] ?? coin;
      const dice = random.unit();
      if (dice < 0.38) put([[person(one), person(other), asset, amount()]]);
      else if (dice < 0.56) put([[person(one), depositOf(one), asset, amount()]]);
      else if (dice < 0.68) put([[depositOf(one), hot(one), asset, amount()]]);
      else if (dice < 0.78)
        for (let n = random.pareto(1, 200, 1.2); n > 0; n -= 1) put([[hot(one), person(someone()), asset, amount()]]);
      else if (dice < 0.87)
        put([
          [person(one), pool, coin, amount()],
          [pool, person(one), token(1), amount()],
        ]);
      else if (dice < 0.875) {
        const same = amount();
        for (let n = random.between(8, 60); n > 0; n -= 1) put([[person(one), person(someone()), asset, same]]);
      } else if (dice < 0.92) put([[imitationOf(person(other), txs), person(one), token(2), 0n]]);
      else if (dice < 0.94) put([[person(one), person(other), coin, BigInt(random.between(1, 1000))]]);
      else if (dice < 0.975) put([[person(one), merchant(other), asset, amount()]]);
      else if (dice < 0.985) put([[merchant(one), depositOf(one % merchants), asset, amount()]]);
      else if (dice < 0.993) put([[person(one), mixer, coin, 10n ** 18n]]);
      else put([[person(one), bridge, asset, amount()]]);
    }
  }
  return { people, person, tags, blocks };
}

type Put = (moves: readonly (readonly [from: Address, to: Address, asset: AssetId, units: bigint])[]) => void;

/** 128 bits that follow from a few numbers; two rows of numbers do not meet. */
function word(seed: number, row: number, n: number): string {
  let text = '';
  let state = mix(seed + Math.imul(row, 0x9e3779b1));
  for (let part = 0; part < 4; part += 1) {
    state = mix(state + Math.imul(n + part + 1, 0x85ebca6b) + part);
    text += (state >>> 0).toString(16).padStart(8, '0');
  }
  return text;
}

function accountOf(seed: number, row: number, n: number): Address {
  return `0x${word(seed, row, n)}${word(seed, row + 100, n).slice(0, 8)}` as Address;
}

function imitationOf(address: Address, n: number): Address {
  return (address.slice(0, 6) + word(n, 13, n) + address.slice(-4)) as Address;
}
