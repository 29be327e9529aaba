import { openActors, owner, peelers } from './actors.ts';
import { BlockWriter, regtest } from './block.ts';
import { Clusters } from './clusters.ts';
import { joinmarket, wasabi1, wasabi2, whirlpool } from './coinjoins.ts';
import { openCoins } from './coins.ts';
import { dataAddress, isCoinJoin, type Kind, kinds, newDraft, outputsMax } from './draft.ts';
import { Followings } from './following.ts';
import { data, dust, type Maker, type Market, payment, payout, peel, sweep } from './payments.ts';
import { Random } from './random.ts';
import { scriptsOf } from './scripts.ts';
import { shapes } from './shapes.ts';
import { writeTransaction } from './transaction.ts';
import { type Truth, truthOf } from './truth.ts';

export interface ChainOptions {
  /** The chain ends with the block in which it has this many outputs. */
  readonly outputs: number;
  readonly seed: number;
  /** Told each block, the genesis block first; the bytes are valid only during the call. */
  readonly onBlock: (block: Buffer, progress: { readonly height: number; readonly outputs: number }) => void;
}

const makers: readonly (readonly [share: number, make: Maker])[] = [
  [shapes.kinds.payout, payout],
  [shapes.kinds.sweep, sweep],
  [shapes.kinds.data, data],
  [shapes.kinds.peel, peel],
  [shapes.kinds.wasabi1, wasabi1],
  [shapes.kinds.wasabi2, wasabi2],
  [shapes.kinds.whirlpool, whirlpool],
  [shapes.kinds.joinmarket, joinmarket],
  [shapes.kinds.dust, dust],
];

/** Where, as shares of the chain, transactions begin to be followed, so that reaches of every size are known. */
const leadsAt = [
  0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995,
];
/** Thefts from people, and every other time from an exchange's hot wallet, which spread much further. */
const isLead = (kind: Kind, index: number, units: number) =>
  index % 2 === 0 ? kind === 'payout' && units > 1_000_000_000 : kind === 'payment' && units > 20_000_000;
/** CoinJoins of each kind whose identifiers are written down. */
const coinJoinsNamedMax = 500;

/** Makes the chain for the seed, block by block. The same options make the same bytes. */
export function generateChain({ outputs: outputsWanted, seed, onBlock }: ChainOptions): Truth {
  const random = new Random(seed);
  const scripts = scriptsOf(seed);
  const capacity = Math.ceil(outputsWanted * 0.15) + 50_000;
  const peopleMax = Math.ceil(outputsWanted * 0.15) + 10_000;
  const addressesMax = outputsWanted + 100_000;
  const actors = openActors(seed, random, peopleMax, addressesMax);
  const coins = openCoins(capacity, owner.people + peopleMax);
  const clusters = new Clusters(addressesMax);
  const followings = new Followings(capacity);
  const draft = newDraft();
  const market: Market = {
    random,
    coins,
    actors,
    draft,
    coinsPerBlock: 1,
    pressure: 0,
    peelStepsLeft: new Int32Array(peelers),
  };
  const block = new BlockWriter();
  const txid = Buffer.alloc(32);
  const outSlots = new Int32Array(outputsMax);
  const count = {
    transactions: 1,
    inputs: 1,
    outputs: 1,
    fees: 0,
    kinds: Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<(typeof kinds)[number], number>,
  };
  const coinJoins = new Map<string, string[]>();
  const immature: {
    readonly txid: Buffer;
    readonly units: number;
    readonly owner: number;
    readonly address: number;
  }[] = [];
  const minerScript = Buffer.alloc(128);
  let timeS = shapes.firstBlockTimeS;
  let leads = 0;

  const commit = () => {
    const { slots, inputs, outputs, units } = draft;
    const stops = isCoinJoin(draft.kind);
    writeTransaction(draft, coins, actors.types, scripts, block, random, txid);
    const concerned = followings.concerned(slots, inputs);
    const lines = concerned === 0 ? null : followings.gather(concerned, slots, coins.units, inputs);
    for (let i = 0; i < inputs; i += 1) {
      const slot = slots[i]!;
      if (!stops) clusters.join(coins.addresses[slots[0]!]!, coins.addresses[slot]!);
      followings.leave(slot);
    }
    for (let i = 0; i < inputs; i += 1) coins.remove(slots[i]!);
    let paid = 0;
    for (let i = 0; i < outputs; i += 1) {
      paid += units[i]!;
      outSlots[i] = -1;
      if (draft.addresses[i] === dataAddress) continue;
      const slot = coins.add(txid, 0, i, units[i]!, draft.owners[i]!, draft.addresses[i]!);
      followings.leave(slot);
      outSlots[i] = slot;
    }
    if (lines) followings.divide(lines, outSlots, units, outputs, stops);
    if (paid >= draft.taken) throw new Error(`a ${draft.kind} pays ${paid} of ${draft.taken}`);
    count.fees += draft.taken - paid;
    count.transactions += 1;
    count.inputs += inputs;
    count.outputs += outputs;
    count.kinds[draft.kind] += 1;
    if (stops) {
      const named = coinJoins.get(draft.kind) ?? [];
      coinJoins.set(draft.kind, named);
      if (named.length < coinJoinsNamedMax) named.push(Buffer.from(txid).reverse().toString('hex'));
    }
    if (leads < leadsAt.length && count.outputs >= leadsAt[leads]! * outputsWanted && isLead(draft.kind, leads, paid)) {
      followings.begin(Buffer.from(txid).reverse().toString('hex'), block.height, outSlots, units, outputs);
      leads += 1;
    }
    return draft.taken - paid;
  };

  const make = () => {
    let draw = random.unit();
    for (const [share, maker] of makers) {
      if (draw < share) return maker(market) || payment(market);
      draw -= share;
    }
    return payment(market) || payout(market);
  };

  onBlock(regtest.genesis, { height: 0, outputs: 1 });
  for (let height = 1; count.outputs < outputsWanted; height += 1) {
    const miner = owner.pool(random.below(shapes.pools));
    const minerAddress = actors.lastAddress(miner);
    const scriptEnd = scripts.output(minerScript, 0, minerAddress, actors.types[minerAddress]!);
    block.begin(height, minerScript.subarray(0, scriptEnd));
    const matured = immature[height - 1 - shapes.maturityBlocks];
    if (matured) followings.leave(coins.add(matured.txid, 0, 0, matured.units, matured.owner, matured.address));
    if (matured) delete immature[height - 1 - shapes.maturityBlocks];

    const outputsBefore = count.outputs;
    const young = height - shapes.maturityBlocks;
    const wanted = young < 1 ? 0 : Math.min(shapes.transactionsPerBlockMax, 4 + shapes.transactionGrowth * young ** 2);
    let fees = 0;
    let failures = 0;
    for (let i = 0; i < wanted && !block.full && failures < 100 && count.outputs < outputsWanted - 2; i += 1) {
      if (make()) fees += commit();
      else failures += 1;
    }
    market.coinsPerBlock = Math.max(4, count.outputs - outputsBefore);
    market.pressure = coins.live / (shapes.unspentShare * count.outputs + shapes.unspentFloor);

    const subsidy = Math.floor(shapes.subsidyUnits / 2 ** Math.floor(height / shapes.halvingBlocks));
    timeS += Math.max(1, Math.floor(-shapes.blockIntervalS * Math.log(1 - random.unit())));
    const coinbaseTxid = Buffer.alloc(32);
    const bytes = block.finish(timeS, subsidy + fees, coinbaseTxid);
    immature.push({ txid: coinbaseTxid, units: subsidy + fees, owner: miner, address: minerAddress });
    count.transactions += 1;
    count.inputs += 1;
    count.outputs += 2;
    followings.endOfBlock(height);
    onBlock(bytes, { height, outputs: count.outputs });
  }

  return truthOf({
    seed,
    height: block.height,
    tip: Buffer.from(block.hash).reverse().toString('hex'),
    count,
    people: actors.people,
    addresses: actors.addresses,
    reached: followings.reached,
    atTip: followings.atTip(block.height),
    coinJoins,
    clusters: clusters.sample(actors.addresses, 6, 12),
    types: actors.types,
    scripts,
  });
}
