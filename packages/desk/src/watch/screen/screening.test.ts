import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Address, ChainId } from '@gongjo/contract';
import fc from 'fast-check';
import { completeList, endWatch, type OrderedWatch, orderWatch } from '../order.store.ts';
import { watchOnly, watchToo } from '../watched.store.ts';
import { fingerprinter, type Seed } from './fingerprint.ts';
import { address, movement, openWatchDesk } from './screening.fixture.ts';
import type { Screening } from './screening.store.ts';
import { FingerprintTable } from './table.ts';

let desk: Awaited<ReturnType<typeof openWatchDesk>>;
let chains = 0;
let chain: ChainId;
before(async () => {
  desk = await openWatchDesk();
});
beforeEach(async () => {
  chains += 1;
  chain = `eip155:${9000 + chains}` as ChainId;
  desk.clock.at = Date.UTC(2026, 0, 1);
  await desk.records.query('truncate watched_addresses, watches, watch_table');
});
after(() => desk.close());

const order = (asked: Parameters<typeof orderWatch>[2], at: Address | null = null): Promise<OrderedWatch> =>
  desk.records.transaction((tx) => orderWatch(tx, desk, asked, 'operator', at));
const orderAddress = (n: number, until?: string) =>
  order({ kind: 'address', chain, address: address(n), reason: 'a lead', ...(until ? { until } : {}) }, address(n));
async function orderList(numbers: readonly number[]): Promise<OrderedWatch> {
  const list = await order({ kind: 'list', chain, name: 'a list', reason: 'a lead' });
  await desk.ledger.putListed(list.number, chain, numbers.map(address));
  return desk.records.transaction((tx) => completeList(tx, list.id, numbers.length));
}
const tag = (n: number, category: 'sanctioned' | 'mixer') =>
  desk.ledger.putTags([
    { chain, address: address(n), label: 'x', category, actor: null, source: `s${n}`, confidence: 90 },
  ]);
const hits = async (screening: Screening, moves: readonly (readonly [number | null, number | null])[]) =>
  (
    await screening.screen(
      desk.records,
      chain,
      moves.map(([from, to], n) => movement(chain, n, from, to)),
    )
  ).map(({ source, address: at, movement: { height } }) => [height, source, Number(at)]);

describe('screening', () => {
  test('finds a watched address at either end, on every account, and once for a transfer to oneself', async () => {
    const screening = desk.screening();
    await watchToo(desk.records, chain, 'a', 'trace', [address(1), address(2)]);
    await watchToo(desk.records, chain, 'b', 'trace', [address(1)]);
    await watchToo(desk.records, chain, 'a', 'indicator', [address(1)]);
    await orderAddress(3);
    await orderList([4, 5]);
    await order({ kind: 'category', chain, category: 'sanctioned', reason: 'a lead' });
    await tag(6, 'sanctioned');
    await tag(7, 'mixer');
    assert.deepEqual(
      await hits(screening, [
        [1, 9],
        [9, 2],
        [9, 8],
        [2, 2],
        [3, 4],
        [null, 5],
        [6, 7],
        [null, null],
      ]),
      [
        [0, 'indicator', 1],
        [0, 'trace', 1],
        [0, 'trace', 1],
        [1, 'trace', 2],
        [3, 'trace', 2],
        [4, 'address', 3],
        [4, 'list', 4],
        [5, 'list', 5],
        [6, 'category', 6],
      ],
    );
    assert.deepEqual(await hits(screening, []), []);
  });

  test('knows chains apart', async () => {
    const screening = desk.screening();
    await watchToo(desk.records, 'eip155:1' as ChainId, 'a', 'trace', [address(1)]);
    assert.deepEqual(await hits(screening, [[1, 2]]), []);
  });

  test('sees what was added a moment ago, and no longer what was ended or ran out', async () => {
    const screening = desk.screening();
    assert.deepEqual(await hits(screening, [[1, 2]]), []);
    const one = await orderAddress(1);
    const list = await orderList([2]);
    await orderAddress(3, '2026-01-01T01:00:00.000Z');
    assert.deepEqual(
      await hits(screening, [
        [1, 2],
        [3, 9],
      ]),
      [
        [0, 'address', 1],
        [0, 'list', 2],
        [1, 'address', 3],
      ],
    );
    desk.clock.at += 3_600_000;
    await desk.records.transaction((tx) => endWatch(tx, desk.clock, one.id));
    assert.deepEqual(
      await hits(screening, [
        [1, 2],
        [3, 9],
      ]),
      [[0, 'list', 2]],
    );
    await desk.records.transaction((tx) => endWatch(tx, desk.clock, list.id));
    assert.deepEqual(
      await hits(screening, [
        [1, 2],
        [3, 9],
      ]),
      [],
    );
  });

  test('of a list that is not complete finds nothing', async () => {
    const list = await order({ kind: 'list', chain, name: 'a list', reason: 'a lead' });
    await desk.ledger.putListed(list.number, chain, [address(1)]);
    assert.deepEqual(await hits(desk.screening(), [[1, 2]]), []);
  });

  test('sees nothing of a transaction that was rolled back', async () => {
    const screening = desk.screening();
    await assert.rejects(
      desk.records.transaction(async (tx) => {
        await watchToo(tx, chain, 'a', 'trace', [address(1)]);
        throw new Error('back');
      }),
    );
    await watchToo(desk.records, chain, 'a', 'trace', [address(2)]);
    assert.deepEqual(await hits(screening, [[1, 2]]), [[0, 'trace', 2]]);
  });
});

/** Every address has the fingerprint of one of `kinds`. */
const colliding = (kinds: number) => (): ReturnType<typeof fingerprinter> => (_chain, at, out) => {
  out[0] = Number(at) % kinds;
  out[1] = 0;
};

describe('the law of screening', () => {
  const small = fc.integer({ min: 0, max: 30 });
  const sources = fc.constantFrom('trace' as const, 'indicator' as const, 'address' as const, 'list' as const);
  for (const [name, kinds] of [
    ['with real fingerprints', 0],
    ['with fingerprints that collide', 3],
    ['with one fingerprint for all', 1],
  ] as const)
    test(`is what looking at every movement with every watch finds, ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(small, sources, fc.boolean()), { maxLength: 12 }),
          fc.array(fc.tuple(fc.option(small), fc.option(small)), { maxLength: 20 }),
          async (watches, moves) => {
            await desk.records.query('truncate watched_addresses, watches');
            chains += 1;
            chain = `eip155:${9000 + chains}` as ChainId;
            const screening = desk.screening({ file: null, ...(kinds === 0 ? {} : { fingerprint: colliding(kinds) }) });
            await screening.catchUp(desk.records);
            const standing: [number, string][] = [];
            for (const [at, source, ended] of watches) {
              const account = `${standing.length}`;
              if (source === 'trace' || source === 'indicator') {
                await watchToo(desk.records, chain, account, source, [address(at)]);
                if (ended) await watchOnly(desk.records, chain, account, source, []);
              } else {
                const watch = await (source === 'list' ? orderList([at]) : orderAddress(at));
                if (ended) await desk.records.transaction((tx) => endWatch(tx, desk.clock, watch.id));
              }
              if (!ended) standing.push([at, source]);
            }
            const naive = moves.flatMap(([from, to], n) =>
              standing.flatMap(([at, source]) => ([from, to].includes(at) ? [[n, source, at]] : [])),
            );
            assert.deepEqual((await hits(screening, moves)).map(String).sort(), naive.map(String).sort());
          },
        ),
        { numRuns: 25 },
      );
    });
});

describe('a table of fingerprints', () => {
  test('has what was put in, in whatever order and number, and nothing else of the same size', () => {
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(word, fc.integer({ min: 0, max: 3 })), fc.oneof(word, fc.constant(1)))),
        (put) => {
          const table = new FingerprintTable();
          for (const [low, high] of put) table.add(Uint32Array.of(low, high));
          assert.ok(put.every(([low, high]) => table.has(Uint32Array.of(low, high))));
          assert.equal(table.size, new Set(put.map(([low, high]) => `${low} ${high || 1}`)).size);
          assert.equal(
            table.has(Uint32Array.of(77, 0xffff_fff0)),
            put.some(([low, high]) => low === 77 && high === 0xffff_fff0),
          );
        },
      ),
    );
  });

  test('grows, and answers the same', () => {
    const seed: Seed = [1, 2];
    const print = fingerprinter(seed);
    const table = new FingerprintTable();
    const out = new Uint32Array(2);
    const put = (n: number) => print('eip155:1' as ChainId, address(n), out);
    for (let n = 0; n < 50_000; n += 1) {
      put(n);
      table.add(out);
    }
    assert.equal(table.size, 50_000);
    for (let n = 0; n < 50_000; n += 1) {
      put(n);
      assert.ok(table.has(out));
    }
    let strangers = 0;
    for (let n = 50_000; n < 150_000; n += 1) {
      put(n);
      if (table.has(out)) strangers += 1;
    }
    assert.equal(strangers, 0);
  });
});

describe('the file of the table', () => {
  const reopened = async (): Promise<Screening> => {
    const screening = desk.screening();
    assert.deepEqual(
      await hits(screening, [
        [1, 2],
        [8, 9],
      ]),
      [
        [0, 'trace', 1],
        [0, 'list', 2],
      ],
    );
    return screening;
  };
  const kept = async () => {
    await watchToo(desk.records, chain, 'a', 'trace', [address(1)]);
    await orderList([2]);
    const screening = desk.screening();
    await screening.catchUp(desk.records);
    await screening.keep(desk.records, true);
  };

  test('saves a start from reading the stores, and what came later is read', async () => {
    await kept();
    await watchToo(desk.records, chain, 'b', 'trace', [address(3)]);
    const screening = await reopened();
    assert.equal(screening.status.from, 'file');
    assert.deepEqual(await hits(screening, [[3, 4]]), [[0, 'trace', 3]]);
  });

  test('is not believed where it is torn, damaged, missing, or of other records', async () => {
    await kept();
    const whole = readFileSync(desk.file);
    const damaged = Buffer.from(whole);
    damaged.writeUInt8((damaged[5000] ?? 0) ^ 1, 5000);
    for (const bytes of [whole.subarray(0, -1), whole.subarray(0, 4000), damaged, Buffer.alloc(0)]) {
      writeFileSync(desk.file, bytes);
      assert.equal((await reopened()).status.from, 'stores');
    }
    writeFileSync(desk.file, whole);
    assert.equal((await reopened()).status.from, 'file');
    await desk.records.query(`update watch_table set token = 'another'`);
    assert.equal((await reopened()).status.from, 'stores');
  });
});
