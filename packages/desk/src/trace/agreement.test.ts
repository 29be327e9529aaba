import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceDirection, TraceMethod } from '@gongjo/contract';
import { traceDirections } from '@gongjo/contract';
import fc from 'fast-check';
import { chain, type Drawn, draw, Host } from './drawn-ledger.fixture.ts';
import { answer, type Lead, type Trace, trace } from './index.ts';

/** Transfers of one asset of what their senders own, one a transaction, fees among them; nothing is tagged. */
function ledgerOf(people: readonly string[], scale: bigint): fc.Arbitrary<Drawn> {
  const who = fc.constantFrom(...people);
  return fc
    .array(fc.tuple(who, who, fc.integer({ min: 1, max: 12 }), fc.constantFrom('', '', '', ' fee', ' mint')), {
      minLength: 6,
      maxLength: 60,
      size: 'max',
    })
    .map((wishes) => {
      const held = new Map<string, bigint>();
      const lines: string[] = [];
      for (const [sender, receiver, wish, kind] of wishes) {
        const owned = held.get(sender) ?? 0n;
        const issued = kind === ' mint' || owned === 0n;
        const units = issued || BigInt(wish) * scale < owned ? BigInt(wish) * scale : owned;
        if (!issued) held.set(sender, owned - units);
        held.set(receiver, (held.get(receiver) ?? 0n) + units);
        const place = `${10 + Math.floor(lines.length / 3)}.${lines.length % 3}`;
        lines.push(`${place} ${issued ? 'null' : sender} -> ${receiver} ${units} ETH${issued ? '' : kind}`);
      }
      return draw(lines.join('\n'));
    });
}

function follow(drawn: Drawn, lead: Lead, method: TraceMethod, direction: TraceDirection): Promise<Trace> {
  return answer(trace({ chain, leads: [lead], method, direction, fees: 'follow' }), new Host(drawn).provide);
}

function movementAt(drawn: Drawn, n: number) {
  const moving = drawn.movements.filter(({ from, to }) => from !== to);
  const { txid, ord } = moving[n % moving.length] ?? drawn.movements[0]!;
  return { txid, ord };
}

const people = ['a', 'b', 'c', 'd', 'e'];
const runs = { numRuns: 500 };

describe('forward and backward', () => {
  for (const method of ['fifo', 'lifo'] as const) {
    it(`${method}: what of one movement reaches another is what the other draws from the one`, () =>
      fc.assert(
        fc.asyncProperty(ledgerOf(people, 1n), fc.nat(), fc.nat(), async (drawn, n, m) => {
          fc.pre(drawn.movements.some(({ from, to }) => from !== to));
          const one = movementAt(drawn, n);
          const other = movementAt(drawn, m);
          const forth = await follow(drawn, one, method, 'forward');
          const back = await follow(drawn, other, method, 'backward');
          const reaching = forth.hops.find(({ txid }) => txid === other.txid)?.units ?? 0n;
          const drawing = back.hops.find(({ txid }) => txid === one.txid)?.units ?? 0n;
          assert.equal(reaching, drawing);
        }),
        runs,
      ));
  }
});

/** So much that no share of it is rounded to nothing on the way through sixty transfers. */
const divisible = 10n ** 200n;

describe('what the methods reach', () => {
  for (const direction of traceDirections) {
    it(`${direction}: poison all that haircut does, haircut all that fifo and lifo do`, () =>
      fc.assert(
        fc.asyncProperty(ledgerOf(people, divisible), fc.nat(), async (drawn, n) => {
          fc.pre(drawn.movements.some(({ from, to }) => from !== to));
          const lead = movementAt(drawn, n);
          const reach = async (method: TraceMethod) =>
            new Set((await follow(drawn, lead, method, direction)).hops.map(({ txid }) => txid));
          const [poison, haircut] = [await reach('poison'), await reach('haircut')];
          const allIn = (some: ReadonlySet<string>, all: ReadonlySet<string>) => {
            for (const txid of some) assert.ok(all.has(txid), txid);
          };
          allIn(haircut, poison);
          allIn(await reach('fifo'), haircut);
          allIn(await reach('lifo'), haircut);
        }),
        runs,
      ));
  }
});
