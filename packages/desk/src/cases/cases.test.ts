import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import fc from 'fast-check';
import { auditSchema } from '../audit/index.ts';
import { createDirectory } from '../directory/index.ts';
import { migrate, openRecords, type Records } from '../platform/index.ts';
import { completeQuestion, type Trace } from '../trace/index.ts';
import { watchSchema } from '../watch/index.ts';
import { chronicle } from './chronicle.ts';
import {
  addIncident,
  dropTrace,
  findIncident,
  keepTrace,
  noteLooked,
  originsOf,
  partsOf,
  readTrace,
} from './incident.store.ts';
import { openIncident } from './open.ts';
import { casesSchema } from './schema.ts';
import { countTold, type Happening, nothingElse, readTimeline, retell, tell } from './timeline.store.ts';
import { listIncidents } from './view.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-cases-'));
const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };
let uuids = 0;
const random = {
  uuid: () => {
    uuids += 1;
    return `${uuids.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  },
  token: () => '',
};
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, watchSchema, casesSchema], folder);
});
beforeEach(async () => {
  clock.at = Date.UTC(2026, 0, 1);
  await records.query('truncate incidents, incident_traces, timeline, alerts, audit_entries restart identity cascade');
});
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const chain = 'eip155:1' as ChainId;
const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;
const asked = (...txids: number[]) => ({
  chain,
  txids: txids.map(txid),
  kind: 'theft' as const,
  title: { en: 'Theft', ko: '탈취' },
});
const open = (...txids: number[]) =>
  records.transaction((tx) => openIncident(tx, { clock, random }, asked(...txids), 'officer'));
const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
const happening = (key: string, time = 0, change: Partial<Happening> = {}): Happening => ({
  ...nothingElse,
  key,
  at: at(time),
  kind: 'moved',
  ...change,
});
const keys = async (incident: string) =>
  (
    await records.query<{ key: string }>('select key from timeline where incident = $1 order by at, seq', [incident])
  ).map(({ key }) => key);

describe('reports', () => {
  test('of the same theft join one incident, whichever of its transactions they name', async () => {
    const first = await open(1, 2);
    assert.equal(await open(2, 3), first);
    assert.equal(await open(1), first);
    assert.notEqual(await open(4), first);
    assert.deepEqual(
      (await keys(first)).map((key) => key.split('|')[0]),
      ['opened', 'report', 'report'],
    );
  });

  test('that name more than is known add it as a part, which is followed by itself and seen as one', async () => {
    const first = await open(1, 2);
    await open(2, 3);
    assert.deepEqual(
      (await partsOf(records, first)).map(({ txids, mainId }) => [txids, mainId]),
      [
        [[txid(1), txid(2)], undefined],
        [[txid(3)], first],
      ],
    );
    assert.equal(await open(3), first);
  });

  test('that come at the same moment join as well', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => open(1)));
    assert.equal(new Set(ids).size, 1);
  });

  test('of the same hash on another chain are another incident', async () => {
    const first = await open(1);
    const other = await records.transaction((tx) =>
      openIncident(tx, { clock, random }, { ...asked(1), chain: 'eip155:2' as ChainId }, 'officer'),
    );
    assert.notEqual(other, first);
  });

  test('do not join what a partner opened', async () => {
    const facts = { ...asked(1), victim: null, tlp: 'amber' as const };
    const origin = { desk: 'washington', name: { en: 'W', ko: 'W' } };
    await addIncident(records, clock, 'incident--theirs', { ...facts, origin });
    const ours = await open(1);
    assert.notEqual(ours, 'incident--theirs');
    assert.deepEqual(
      await originsOf(records, [ours, 'incident--theirs', 'incident--none']),
      new Map([
        [ours, null],
        ['incident--theirs', 'washington'],
      ]),
    );
  });

  test('are marked TLP:AMBER where nothing else is said, and name each transaction once', async () => {
    const id = await open(1, 1, 2);
    const incident = await findIncident(records, id);
    assert.deepEqual([incident?.tlp, incident?.txids, incident?.victim], ['amber', [txid(1), txid(2)], null]);
  });
});

describe('the timeline', () => {
  let id: string;
  beforeEach(async () => {
    id = await open(1);
    await records.query('truncate timeline restart identity');
  });

  test('is told in the order of time, and at one time in the order of telling', async () => {
    await tell(records, id, [happening('c', 3), happening('a', 1), happening('a2', 1)]);
    await tell(records, id, [happening('b', 2)]);
    assert.deepEqual(await keys(id), ['a', 'a2', 'b', 'c']);
  });

  test('leaves what was told as it is', async () => {
    await tell(records, id, [happening('a', 1, { count: 1 })]);
    await tell(records, id, [happening('a', 2, { count: 2 })]);
    const [entry, ...more] = await readTimeline(records, id);
    assert.deepEqual([entry?.at, entry?.count, more], [at(1), 1, []]);
  });

  test('retold says exactly what is known now, and leaves alone what the chain did not tell', async () => {
    await tell(records, id, [happening('said', 0)]);
    await retell(records, id, [happening('a', 1), happening('b', 2), happening('c', 3)]);
    await retell(records, id, [happening('b', 2), happening('c', 4, { units: '7' }), happening('d', 5)]);
    assert.deepEqual(await keys(id), ['said', 'b', 'c', 'd']);
    const moved = (await readTimeline(records, id)).find(({ units }) => units === '7');
    assert.equal(moved?.at, at(4));
    await retell(records, id, []);
    assert.deepEqual(await keys(id), ['said']);
  });

  test('retold with the same changes nothing', async () => {
    const told = [happening('a', 1), happening('b', 2)];
    await retell(records, id, told);
    const rows = await records.query('select *, xmin::text from timeline order by seq');
    await retell(records, id, told);
    assert.deepEqual(await records.query('select *, xmin::text from timeline order by seq'), rows);
  });

  test('says the same whichever way it came there', async () => {
    const telling = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 3 })), {
      selector: ([key]) => key,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(telling, { minLength: 1, maxLength: 4 }), async (tellings) => {
        await records.query('truncate timeline restart identity');
        for (const told of tellings)
          await retell(
            records,
            id,
            told.map(([key, time]) => happening(`${key}`, time)),
          );
        const found = (await readTimeline(records, id)).map((entry) => entry.at).sort();
        assert.deepEqual(found, (tellings.at(-1) ?? []).map(([, time]) => at(time)).sort());
        assert.deepEqual((await keys(id)).sort(), (tellings.at(-1) ?? []).map(([key]) => `${key}`).sort());
      }),
      { numRuns: 60 },
    );
  });

  test('counts what was told by the beginning of its key, taken literally', async () => {
    await tell(records, id, [happening('s|a|1'), happening('s|a|2'), happening('s|b|1'), happening('sX%')]);
    assert.deepEqual(
      [await countTold(records, id, 's|a|'), await countTold(records, id, 's|_'), await countTold(records, 'x', 's')],
      [2, 0, 0],
    );
  });
});

describe('a trace', () => {
  const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
  const asset = 'eip155:1/slip44:60' as AssetId;
  const made: Trace = {
    chain,
    lead: [txid(1)],
    method: 'fifo',
    question: completeQuestion({ chain, leads: [{ txid: txid(1), ord: null }] }),
    asOf: { height: 9, hash: txid(9) as never, time: at(9) },
    hops: [
      {
        id: 0,
        rule: 'lead',
        certainty: 'exact',
        txid: txid(1),
        height: 1,
        time: at(1),
        ord: 0,
        from: address(1),
        to: address(2),
        asset,
        units: 2n ** 200n,
        movementUnits: 2n ** 200n,
        received: [],
      },
    ],
    stops: [{ kind: 'unspent', address: address(2), asset, units: 2n ** 200n, tag: null, hops: [0], since: at(1) }],
    gaps: [],
    decoys: [{ kind: 'zero-value', txid: txid(3), from: null, to: null, asset, units: 0n, imitates: null }],
    balances: [{ asset, lead: 2n ** 200n, swappedIn: 0n, swappedOut: 0n, stops: { unspent: 2n ** 200n } }],
    assets: [{ id: asset, symbol: 'ETH', decimals: 18 }],
  };

  test('is kept with its exact amounts, and listed by its summary', async () => {
    const id = await open(1);
    await keepTrace(records, clock, id, made);
    assert.equal((await readTrace(records, id))?.hops[0]?.units, (2n ** 200n).toString());
    const [listed] = await listIncidents(records, createDirectory([]));
    assert.deepEqual(
      [listed?.waitingFor, listed?.occurredAt, listed?.stolen, listed?.places.map(({ units }) => units)],
      [null, at(1), [{ asset, units: (2n ** 200n).toString() }], [(2n ** 200n).toString()]],
    );
  });

  test('that is dropped leaves an incident that waits', async () => {
    const id = await open(1);
    await keepTrace(records, clock, id, made);
    await dropTrace(records, clock, id);
    assert.equal(await readTrace(records, id), null);
    const [listed] = await listIncidents(records, createDirectory([]));
    assert.deepEqual([listed?.waitingFor, listed?.places, listed?.stolen], ['transaction', [], []]);
    assert.equal((await findIncident(records, id))?.traced, false);
  });

  test('tells the same as of any later block', () => {
    const later = { ...made, asOf: { ...made.asOf, height: 99, time: at(99) } };
    const directory = createDirectory([]);
    assert.deepEqual(chronicle(later, directory), chronicle(made, directory));
    assert.deepEqual(
      chronicle(made, directory).map(({ kind }) => kind),
      ['moved', 'decoy'],
    );
  });

  test('an incident that was looked for is remembered as such', async () => {
    const id = await open(1);
    assert.equal((await findIncident(records, id))?.looked, false);
    await noteLooked(records, [id, 'incident--none']);
    assert.equal((await findIncident(records, id))?.looked, true);
  });
});
