import type { TxId } from '@gongjo/contract';
import type { Bridged } from './accounts-script.ts';
import { placeTag } from './cast.ts';
import type { PlayedReport } from './model.ts';
import { type Coin, feeSats, type Outputs, sum } from './outputs.ts';
import { accountBlockS, outputBlockAt, outputBlockS, outputBlocks } from './timing.ts';

/** What the victim's wallet loses: 900 coins. */
const lootSats = 90_000_000_000n;
const theftBlock = 1;
/** Outputs of one of the thief's transactions. */
const fan = 6;
const lastBlock = outputBlocks - 1;
/** Whirlpool's largest pool, and what a newcomer's coin holds above it for the miner. */
const poolSats = 50_000_000n;
const excessSats = 60_000n;
const mixes = 4;
/** A coin of the other chain is worth so much here: 0.05 of one. */
const satsPerCoin = 5_000_000n;

export interface OutputsStory {
  readonly theft: TxId;
  /** What the bridge paid out, and when somebody who looks at both chains can tell. */
  readonly payouts: PlayedReport['moved'][number] & { readonly atS: number };
}

/** The thief's part on the chain of outputs, until so many addresses were used. */
export function playOutputs(made: Outputs, addresses: number, bridged: readonly Bridged[]): OutputsStory {
  const victim = made.cast.owner();
  const wallet = made.dice.parts(lootSats, 5).map((units) => made.endow(victim, units));
  const payable = lootSats - feeSats;
  const shares = [400n, 150n, 150n, 150n].map((share) => (payable * share) / 1000n);
  const parts = [...shares, payable - shares.reduce((all, part) => all + part, 0n)];
  const { txid: theft, made: heads } = made.steal(theftBlock, wallet, toNew(made, parts));
  const [layering, ...others] = heads;
  const mixing = others.pop();
  for (const head of others) peel(made, head);
  if (mixing) mix(made, mixing);
  const paidOut = payOut(made, bridged);
  const starts = [...(layering ? [layering] : []), ...paidOut.coins];
  layer(made, starts, addresses);
  return { theft, payouts: { chain: made.chain, txids: paidOut.txids, atS: paidOut.atS } };
}

function toNew(made: Outputs, parts: readonly bigint[]) {
  return parts.map((units) => ({ address: made.cast.owner(), units }));
}

function split(made: Outputs, coin: Coin, count: number, block: number): Coin[] {
  return made.pass(block, [coin], toNew(made, made.dice.parts(coin.units - feeSats, count))).made;
}

/** At each step a little goes to an exchange, at once or by another address, and the rest to a new address. */
function peel(made: Outputs, head: Coin): void {
  const steps: TxId[] = [];
  let coin = head;
  for (let block = theftBlock + 2; block < lastBlock - 2; block += 1) {
    const peeled = (coin.units * BigInt(made.dice.between(15, 70))) / 1000n;
    if (block % 2 === 0) {
      const { txid, rest } = made.deposit(block, [coin], peeled);
      steps.push(txid);
      if (!rest) break;
      coin = rest;
      continue;
    }
    const { txid, made: both } = made.pass(block, [coin], toNew(made, [peeled, coin.units - feeSats - peeled]));
    steps.push(txid);
    const [small, rest] = both;
    if (!small || !rest) break;
    made.deposit(block + 2, [small]);
    coin = rest;
  }
  made.book.act('peel-chain', made.chain, steps.slice(2));
}

/** Into Whirlpools, with four strangers each. */
function mix(made: Outputs, head: Coin): void {
  const entries = Array.from({ length: mixes }, () => poolSats + excessSats);
  const rest = head.units - feeSats - entries.reduce((all, units) => all + units, 0n);
  const coins = made.pass(theftBlock + 2, [head], toNew(made, [...entries, rest])).made;
  for (const [n, coin] of coins.slice(0, mixes).entries()) {
    const others = Array.from({ length: 4 }, () => made.endow(made.cast.owner(), poolSats));
    made.coinJoin(
      theftBlock + 4 + n,
      coin,
      others,
      toNew(
        made,
        Array.from({ length: 5 }, () => poolSats),
      ),
    );
  }
}

/** The bridge pays what came in on the other chain, from coins that are just as large. */
function payOut(made: Outputs, bridged: readonly Bridged[]) {
  const bridge = made.cast.owner();
  made.tags.push(placeTag({ chain: made.chain, address: bridge }, 'bridge', 'Bridge', null));
  const txids: TxId[] = [];
  const coins: Coin[] = [];
  let atS = 0;
  for (const { block, units } of bridged) {
    const sats = (units * satsPerCoin) / 10n ** 18n;
    const at = outputBlockAt(block * accountBlockS) + 1;
    const { txid, made: paid } = made.steal(at, [made.endow(bridge, sats)], toNew(made, [sats - feeSats]));
    txids.push(txid);
    coins.push(...paid);
    atS = Math.max(atS, at * outputBlockS + 20);
  }
  return { txids, coins, atS };
}

/** Ever more addresses; in the end some go to exchanges, some gather, and most lie still. */
function layer(made: Outputs, starts: readonly Coin[], addresses: number): void {
  let holders = [...starts];
  const leaves: Coin[] = [];
  for (let block = theftBlock + 2; block <= 13; block += 2) {
    const next: Coin[] = [];
    for (const coin of holders) {
      if (coin.block >= block) next.push(coin);
      else if (made.book.laundered(made.chain) + fan > addresses) leaves.push(coin);
      else next.push(...split(made, coin, fan, block));
    }
    holders = next;
  }
  leaves.push(...holders);
  made.dice.shuffle(leaves);
  const after = (coins: readonly Coin[]) => Math.max(...coins.map(({ block }) => block)) + 1;
  for (const coin of leaves.splice(0, Math.ceil(leaves.length / 4)))
    made.deposit(made.dice.between(Math.max(after([coin]), 7), lastBlock), [coin]);
  for (let group = 0; group < 2 && leaves.length >= 7; group += 1) {
    const gathered = leaves.splice(0, 7);
    const block = Math.max(after(gathered), 14 + group);
    const [all] = made.pass(block, gathered, toNew(made, [sum(gathered) - feeSats])).made;
    const txid = all?.txid;
    if (!all || !txid) continue;
    made.book.act('collection', made.chain, [txid]);
    made.deposit(block + 2, [all]);
  }
}
