import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AlertGroup, Drill, DrillScore, Incident } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import { generateHeist } from '../packages/desk/src/drill/index.ts';
import { openDrillDesks, pageOf } from './drill-desks.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** Forty minutes in forty-eight seconds, which both desks on two idle cores keep up with. */
const pace = 50;
/** The last few are not always used. */
const addresses = 1020;
const seed = Number(process.env.GONGJO_SEED ?? 7);
/** On a busy machine the desks lag behind the blocks; nothing may be lost by that. */
const playedMsMax = 400_000;

const drillOf = async (desk: DeskProcess) => (await desk.run(['drill', 'status'])) as Drill & { score: DrillScore };
const incidentsOf = async (desk: DeskProcess) =>
  ((await desk.run(['incident', 'list'])) as { incidents: Incident[] }).incidents;

test('an exercise on two desks: every deposit of a heist of a thousand addresses is warned of at the right one', {
  timeout: 900_000,
}, async (t) => {
  const house = houseOf(t);
  const { folder, seoul, washington } = await openDrillDesks(house);
  const desks = [seoul, washington];
  const start = [
    'drill',
    'start',
    '--seed',
    String(seed),
    '--addresses',
    String(addresses),
    '--pace',
    String(pace),
    '--in',
    '5',
  ];
  const started = (await seoul.run(start)) as Drill;
  await washington.run(['drill', 'join', started.code]);
  t.diagnostic(`code ${started.code}`);

  await assert.rejects(seoul.run(start), /has not ended yet/);
  const [accounts, outputs] = started.chains;
  assert.ok(accounts && outputs);
  const plan = { seed, addresses, countries: ['KR', 'US'], chains: { accounts, outputs } };
  const { book } = generateHeist(plan);
  const laundering = [...book.laundering.values()].reduce((all, { size }) => all + size, 0);
  assert.ok(laundering >= 1000);

  const pages = new Map<DeskProcess, Awaited<ReturnType<typeof pageOf>>>();
  for (const desk of desks) pages.set(desk, await pageOf(desk));
  const ask = <T>(desk: DeskProcess, path: string): Promise<T> => pages.get(desk)?.<T>(path) ?? assert.fail();
  for (const desk of desks)
    await eventually(
      `${desk.id} has played it`,
      () => ask<{ drills: Drill[] }>(desk, '/api/drills').then(({ drills }) => drills[0]?.state),
      (state) => state === 'played',
      playedMsMax,
    );
  const scores = new Map<string, DrillScore>();
  for (const [desk, country] of [
    [seoul, 'KR'],
    [washington, 'US'],
  ] as const) {
    const own = book.deposits.filter((it) => it.country === country).length;
    const { score } = await eventually(
      `${desk.id} has alerted every deposit in ${country}`,
      () => ask<Drill & { score: DrillScore }>(desk, '/api/drills/newest'),
      (it) => it.score.here.alerted === own && (desk !== seoul || it.score.missed === 0),
      playedMsMax,
    );
    scores.set(desk.id, score);
    assert.ok(score.complete);
    assert.equal(score.addresses, laundering);
    assert.equal(score.here.deposits, own);
    // The score tells of the deposits that the book has, and of no others.
    const facts = (it: { chain: string; txid: string; address: string; country: string; units: bigint | string }) =>
      [it.chain, it.txid, it.address, it.country, String(it.units)].join(' ');
    assert.deepEqual(score.deposits.map(facts).sort(), book.deposits.map(facts).sort());
    assert.equal(score.warned + score.missed + score.unknown, book.deposits.length);
    assert.equal(score.falseAlarms, 0);
    assert.deepEqual(
      score.rules.map(({ rule, found }) => [rule, found]),
      score.rules.map(({ rule, expected }) => [rule, expected]),
    );
    for (const { asset, of, ppm } of score.freezableWhenWarned) {
      const rest = book.ends.filter((it) => it.asset === asset);
      assert.equal(of, String(rest.reduce((all, { units }) => all + units, 0n)));
      assert.ok(ppm > 0);
    }
    t.diagnostic(
      `${desk.id}: ${score.warned} of ${score.deposits.length} deposits warned of (${score.unknown} not known here), ` +
        `${score.warnedBefore} before they happened; lead ${score.shortestLeadSeconds} / ${score.medianLeadSeconds} / ` +
        `${score.longestLeadSeconds} s; freezable when warned ${score.freezableWhenWarned.map(({ ppm }) => `${ppm / 1e4} %`).join(', ')}`,
    );
    const leads = score.deposits.flatMap(({ leadSeconds }) => leadSeconds ?? []).sort((a, b) => a - b);
    t.diagnostic(`${desk.id}: leads ${leads.join(' ')}`);
  }
  // Seoul knows by Washington's receipts what Washington was warned of.
  assert.equal(scores.get('seoul')?.warned, book.deposits.length);
  assert.equal(scores.get('seoul')?.unknown, 0);

  for (const desk of desks) {
    const incidents = await incidentsOf(desk);
    assert.equal(incidents.length, 3);
    assert.ok(incidents.every(({ drill, title }) => drill === true && title.en.startsWith('[DRILL]')));
    const { groups } = (await desk.run(['alert', 'list'])) as { groups: AlertGroup[] };
    assert.ok(groups.every(({ incident }) => incident === null || incident.title.en.startsWith('[DRILL]')));
  }

  const kept = await seoul.run(['drill', 'end']);
  await washington.run(['drill', 'end']);
  const deposits = (kept as Drill).score?.deposits.length;
  assert.equal(deposits, book.deposits.length);
  for (const desk of desks) {
    assert.deepEqual(await incidentsOf(desk), []);
    assert.deepEqual(await desk.run(['alert', 'list']), { groups: [], alerts: [] });
    assert.deepEqual(await desk.run(['watch', 'list']), { watches: [] });
    assert.deepEqual(await desk.run(['ledger', 'status']), { chains: [] });
    assert.deepEqual(((await desk.run(['notice', 'list'])) as { notices: unknown[] }).notices, []);
    const { score, state } = await drillOf(desk);
    assert.deepEqual([state, score.deposits.length], ['ended', book.deposits.length]);
    assert.equal(((await desk.run(['audit', 'verify'])) as { brokenAt: unknown }).brokenAt, null);
    await assert.rejects(desk.run(['drill', 'end']), /is over/);
    const log = await readFile(join(folder, desk.id, 'desk.log'), 'utf8');
    assert.deepEqual(
      log.split('\n').filter((line) => /"level":[56]0/.test(line)),
      [],
    );
  }
});
