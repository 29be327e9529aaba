import type { Stop, Trace } from '@gongjo/contract';
import { type Drawn, drawTrace } from '../src/flow/ledger.fixture.ts';

/** Each holder of one asset once, as a theft is laundered: peeling, splitting, joining, swapping, depositing. */
export function generateTrace(nodes: number, seed: number): { readonly trace: Trace; readonly nodes: number } {
  const random = seeded(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const address = (): string => {
    const word = () =>
      Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return `0x${word()}${word()}${word()}${word()}${word()}`;
  };
  const [victim, thief] = [address(), address()];
  const loot = 10n ** 24n;
  const drawn: Drawn[] = [{ block: 1, tx: 't0', from: victim, to: thief, units: loot, rule: 'lead' }];
  const tags: Record<string, Stop['kind']> = {};
  /** Holders that have something, the newest last. */
  const open: { address: string; units: bigint }[] = [{ address: thief, units: loot }];
  let [block, tx, places] = [1, 0, 2];
  while (places < nodes && open.length > 0) {
    // Thieves work on what moved last; now and then something old wakes.
    const at = random() < 0.7 ? Math.max(0, open.length - 1 - pick(12)) : pick(open.length);
    const [holder] = open.splice(at, 1);
    if (holder === undefined || holder.units < 1_000_000n) continue;
    block += pick(3);
    tx += 1;
    const common = { block, tx: `t${tx}`, from: holder.address };
    const give = (units: bigint, kind: Stop['kind'] | null): void => {
      const to = address();
      if (kind !== null) tags[to] = kind;
      else open.push({ address: to, units });
      drawn.push({ ...common, to, units });
      places += 1;
    };
    const what = random();
    if (what < 0.55) {
      const peel = holder.units / BigInt(8 + pick(40));
      give(peel, random() < 0.6 ? 'service' : 'mixer');
      if (places < nodes) give(holder.units - peel, null);
    } else if (what < 0.85) {
      const parts = 2 + pick(8);
      const part = holder.units / BigInt(parts);
      for (let index = 0; index < parts && places < nodes; index += 1) give(part, null);
    } else if (what < 0.93 && open.length > 1) {
      const other = open[pick(open.length)];
      if (other === undefined) continue;
      other.units += holder.units;
      drawn.push({ ...common, to: other.address, units: holder.units });
    } else {
      const swapped = holder.units / 4n;
      drawn.push({ ...common, to: 'pool', rule: 'swap', units: swapped, received: swapped / 1_000n });
      places += 1;
      if (places < nodes) give(holder.units - swapped, null);
    }
  }
  return { trace: drawTrace(drawn, tags), nodes: places };
}

/** Mulberry32: small, and alike everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
