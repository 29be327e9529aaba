import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Alert, type IncidentDetail, zAlert, zIncidentDetail } from '@gongjo/contract';
import {
  agrees,
  buildWorld,
  compare,
  type DeskProcess,
  depositAddresses,
  depositTags,
  freePort,
  historyS,
  type LocalChain,
  planHeist,
  publicTags,
  startChain,
  startDesk,
  writeDeskFiles,
} from '@gongjo/demo';
import { z } from 'zod';
import { eventually, gongjo, houseOf, openIncident, temporaryFolder } from './theatre.fixture.ts';

const seed = 5;

describe('a reorganisation', () => {
  test('takes back what its blocks said, and says it again when they return', async (t) => {
    const house = houseOf(t);
    const genesisTimeS = Math.floor(Date.now() / 1000) - 2 * historyS;
    const chain = await startChain({ genesisTimeS });
    house.defer(() => chain.stop());
    const handedIn: Parameters<LocalChain['submit']>[0][] = [];
    const submit: LocalChain['submit'] = (signed) => {
      handedIn.push(signed);
      return chain.submit(signed);
    };
    const world = await buildWorld({ seed, chain: { ...chain, submit }, genesisTimeS });
    const { cast, book, stage } = world;
    const files = await writeDeskFiles(
      await temporaryFolder(house),
      {
        ...{ id: 'washington', name: { en: 'Washington', ko: '워싱턴' }, country: 'US', timeZone: 'America/New_York' },
        ...{ port: await freePort(), tags: [...publicTags(cast), ...depositTags(cast)] },
      },
      chain.url,
    );
    const desk = await startDesk({ id: 'washington', gongjo, ...files, logFile: join(files.dataDir, '..', 'log') });
    house.defer(() => desk.kill());
    let timeS = world.lastTimeS;
    const nextS = () => {
      timeS += 12;
      return timeS;
    };
    const bookAgrees = (incident: IncidentDetail) =>
      agrees(compare(book.expected(new Set(depositAddresses(cast))), incident));
    /** Takes back everything since, and mines another branch of as many empty blocks as the old one had blocks. */
    const forget = async (snapshot: unknown, blocks: number): Promise<number> => {
      assert.equal(await ask(chain, 'evm_revert', [snapshot]), true);
      for (let mined = 0; mined < blocks; mined += 1)
        assert.deepEqual((await chain.mine(nextS())).transactions, [], 'the other branch knows nothing of the theft');
      return Date.now();
    };

    const beforeTheft = await ask(chain, 'evm_snapshot', []);
    const { lead } = planHeist(seed);
    const theftFrom = handedIn.length;
    const theft = await stage.play(lead, nextS(), new Set(lead));
    const { id } = await openIncident(desk, theft.txids);
    await eventually('the trace stands', () => incidentAt(desk, id), bookAgrees);

    const beforeDeposit = await ask(chain, 'evm_snapshot', []);
    const to = cast.contracts.muleDeposit;
    const depositFrom = handedIn.length;
    const deposit = await stage.play(
      [{ by: 'thief-landing', do: 'transfer', token: 'won', to, amount: { ppm: 400_000 } }],
      nextS(),
    );
    const warned = await eventually('the deposit is warned of', () => alertsAt(desk), isOneStanding);
    assert.deepEqual(
      warned.map(({ rule, txid, height }) => ({ rule, txid, height })),
      [{ rule: 'deposit-to-service', txid: deposit.txids[0], height: deposit.height }],
    );
    const withDeposit = await eventually('the deposit is in the trace', () => incidentAt(desk, id), bookAgrees);
    assert.ok(withDeposit.timeline.some(({ kind }) => kind === 'deposited'));

    await t.test('without the deposit, the alert is withdrawn and the money is back where it was', async () => {
      const atMs = await forget(beforeDeposit, 1);
      const [withdrawn] = await eventually('the alert is withdrawn', () => alertsAt(desk), areAllWithdrawn);
      t.diagnostic(`another branch mined → alert withdrawn: ${Date.now() - atMs} ms`);
      assert.equal(withdrawn?.id, warned[0]?.id);
      const corrected = await eventually(
        'the trace is corrected',
        () => incidentAt(desk, id),
        ({ places }) => !places.some(({ stop }) => stop === 'service'),
      );
      const won = corrected.places.filter(({ asset }) => asset.includes(cast.contracts.won));
      assert.deepEqual(
        won.map(({ stop, address, units }) => ({ stop, address, units })),
        [{ stop: 'unspent', address: cast.address('thief-landing'), units: String(planHeist(seed).stolen.won) }],
      );
      assert.ok(corrected.timeline.some(({ kind }) => kind === 'reorganised'));
      assert.ok(!corrected.timeline.some(({ kind }) => kind === 'deposited'), 'the timeline no longer tells of it');
      assert.equal(corrected.alertCount, 0);
    });

    await t.test('with the deposit again, the alert is back', async () => {
      await Promise.all(handedIn.slice(depositFrom).map((signed) => chain.submit(signed)));
      const { height } = await chain.mine(nextS());
      const atMs = Date.now();
      const [again] = await eventually('the alert is back', () => alertsAt(desk), isOneStanding);
      t.diagnostic(`deposit mined again → alert back: ${Date.now() - atMs} ms`);
      assert.equal(again?.id, warned[0]?.id);
      assert.equal(again?.height, height);
      const told = await eventually('the trace has it', () => incidentAt(desk, id), isWonAsInBook);
      assert.ok(told.timeline.some(({ kind }) => kind === 'deposited'));
      assert.equal(told.alertCount, 1);
    });

    await t.test('without the theft itself, the incident waits for it; with it, all is back', async () => {
      const { hash } = await tipOf(desk);
      await forget(beforeTheft, 4);
      const waiting = await eventually(
        'the incident waits',
        () => incidentAt(desk, id),
        ({ waitingFor }) => waitingFor === 'transaction',
      );
      assert.deepEqual(waiting.places, []);
      assert.ok(areAllWithdrawn(await alertsAt(desk)));
      assert.notEqual((await tipOf(desk)).hash, hash);

      for (const signed of handedIn.slice(theftFrom, depositFrom)) await chain.submit(signed);
      await chain.mine(nextS());
      for (const signed of handedIn.slice(depositFrom)) await chain.submit(signed);
      await chain.mine(nextS());
      await eventually('the alert is back', () => alertsAt(desk), isOneStanding);
      await eventually('the trace is back', () => incidentAt(desk, id), isWonAsInBook);
    });

    /** Fees depend on the block that a transaction is in; the stolen won do not. */
    function isWonAsInBook(incident: IncidentDetail): boolean {
      const isWon = ({ asset }: { readonly asset: string }) => asset.includes(cast.contracts.won);
      return agrees(compare(book.expected(new Set(depositAddresses(cast))), incident).filter(isWon));
    }
  });
});

async function ask(chain: LocalChain, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(chain.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await response.json()) as { result: unknown }).result;
}

async function incidentAt(desk: DeskProcess, id: string): Promise<IncidentDetail> {
  return zIncidentDetail.parse(await desk.run(['incident', 'show', id]));
}

async function alertsAt(desk: DeskProcess): Promise<Alert[]> {
  return z.object({ alerts: z.array(zAlert) }).parse(await desk.run(['alert', 'list'])).alerts;
}

async function tipOf(desk: DeskProcess): Promise<{ readonly hash: string }> {
  const zTip = z.object({ chains: z.tuple([z.object({ tip: z.object({ hash: z.string() }) })]) });
  return zTip.parse(await desk.run(['ledger', 'status'])).chains[0].tip;
}

function isOneStanding(alerts: readonly Alert[]): boolean {
  return alerts.length === 1 && alerts[0]?.withdrawnAt === null;
}

function areAllWithdrawn(alerts: readonly Alert[]): boolean {
  return alerts.length > 0 && alerts.every(({ withdrawnAt }) => withdrawnAt !== null);
}
