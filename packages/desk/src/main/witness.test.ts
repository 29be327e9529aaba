import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  acceptContradiction,
  contradictEachOther,
  listContradictions,
  listHeld,
  listWitnesses,
  openCheckpoint,
  recordAudit,
} from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { answerAudit, auditRoot, showRecord } from '../partner/audit/index.ts';
import { zSeen } from '../partner/audit/wire.ts';
import { authenticate } from '../partner/inbox.ts';
import { addPartner } from '../partner/pair.ts';
import { partnerNamed } from '../partner/partner.store.ts';
import { rotateKey, settleKeys } from '../partner/rotate.ts';
import { sealFor, unsealFrom } from '../partner/sealed.ts';
import { vowTypes } from '../partner/vow.ts';
import type { Wire } from '../partner/wire.client.ts';
import { fingerprintOf, type Records } from '../platform/index.ts';
import { type Network, openSide, type Side, wireOver } from './pairing.fixture.ts';

/** Two desks with real keys and records that show each other their audit records; one of them rewrites its own. */
const network: Network = new Map();
let seoul: Side;
let washington: Side;
before(async () => {
  seoul = await openSide('seoul', network);
  washington = await openSide('washington', network);
});
after(() => Promise.all([seoul, washington].map((side) => side.close())));

const auditTables = [
  'audit_entries',
  'audit_checkpoints',
  'audit_witnesses',
  'witnessed_checkpoints',
  'audit_contradictions',
];
let lost = false;
beforeEach(async () => {
  lost = false;
  for (const side of [seoul, washington]) {
    await side.empty();
    await side.context.records.query(`truncate ${auditTables.join(', ')}`);
  }
  for (const [self, other] of [
    [seoul, washington],
    [washington, seoul],
  ] as const) {
    await settleKeys(self.context);
    const { desk } = other.context;
    const fingerprint = await fingerprintOf(desk.key);
    await self.context.records.transaction((tx) =>
      addPartner(tx, self.clock, self.context.desk, {
        card: { ...desk },
        fingerprint,
        agreement: 'MoU',
        by: 'operator',
      }),
    );
  }
});

const wire: Wire = async (request) => {
  if (!request.url.pathname.startsWith(auditRoot)) return wireOver(network)(request);
  const { context } = request.url.hostname.startsWith('seoul') ? seoul : washington;
  const { message } = JSON.parse(request.body) as { message: string };
  try {
    const answer = await answerAudit(context, await authenticate(context, request.headers.authorization), message);
    if (lost) throw new Error('the answer was lost');
    return { status: 200, retryAfterS: null, text: JSON.stringify({ message: answer }) };
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    return { status: thrown.problem.status, retryAfterS: null, text: JSON.stringify(thrown.problem) };
  }
};

const running = new AbortController().signal;
const other = (side: Side) => (side === seoul ? washington : seoul);
const name = (side: Side) => side.context.desk.desk;
async function show(side: Side) {
  side.clock.at += 60_000;
  other(side).clock.at = side.clock.at;
  return showRecord({ ...side.context, wire }, await partnerNamed(side.context.records, name(other(side))), running);
}
async function work(side: Side, count: number, subject = 'work') {
  for (let n = 0; n < count; n += 1)
    await side.context.records.transaction((tx) =>
      recordAudit(tx, side.clock, {
        actor: 'officer',
        action: 'incident.opened',
        subject: `${subject} ${n}`,
        details: {},
      }),
    );
}
const contradictionsAt = (side: Side) => listContradictions(side.context.records);
const heldAt = async (side: Side) => (await listHeld(side.context.records))[0]?.size;

/** All audit tables as they are, and the way back to them: an older copy of the database. */
async function copyOf(records: Records) {
  const kept = new Map<string, string>();
  for (const table of auditTables) {
    const [row] = await records.query<{ all: string }>(
      `select coalesce(json_agg(t), '[]')::text as all from ${table} t`,
    );
    kept.set(table, row?.all ?? '[]');
  }
  return () =>
    records.transaction(async (tx) => {
      for (const [table, all] of kept) {
        await tx.query(`delete from ${table}`);
        await tx.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [all]);
      }
    });
}

test('a record that grows is cosigned each time, and both sides keep it', async () => {
  for (const grown of [3, 0, 1, 40, 7]) {
    await work(seoul, grown);
    assert.equal(await show(seoul), 'witnessed');
    const [witness] = await listWitnesses(seoul.context.records);
    assert.equal(witness?.size, await heldAt(washington));
    assert.match(witness?.cosignature ?? '', /^\u2014 gongjo\/washington\/witness /);
  }
  assert.deepEqual(await contradictionsAt(washington), []);
  const before = (await listHeld(washington.context.records))[0];
  assert.ok(openCheckpoint('seoul', [seoul.context.keys.publicKey], before?.note ?? ''));
});

test('an answer that was lost is asked for again', async () => {
  await work(seoul, 5);
  lost = true;
  assert.equal(await show(seoul), 'not-witnessed');
  lost = false;
  await work(seoul, 2);
  assert.equal(await show(seoul), 'witnessed');
  assert.deepEqual(await contradictionsAt(washington), []);
});

test('goes on under a new key', async () => {
  await work(seoul, 5);
  await show(seoul);
  await rotateKey(seoul.context, 'operator');
  await work(seoul, 5);
  // Washington does not know the new key yet: the letter about it has not been carried.
  assert.equal(await show(seoul), 'witnessed');
});

describe('a desk that rewrites its history is caught at the next exchange', () => {
  const rewrites: Record<string, (records: Records) => Promise<unknown>> = {
    'one entry': (records) => records.query(`update audit_entries set subject = 'nobody' where seq = 4`),
    'one entry, and goes on': async (records) => {
      await records.query(`update audit_entries set actor = 'nobody' where seq = 9`);
      await work(seoul, 30);
    },
    'an entry out of the middle': (records) => records.query('delete from audit_entries where seq = 4'),
    'the end off': (records) => records.query('delete from audit_entries where seq > 6'),
    'the end off, and the checkpoints with it': async (records) => {
      await records.query('delete from audit_entries where seq > 6');
      await records.query('truncate audit_checkpoints, audit_witnesses');
    },
    'all of it': (records) => records.query('truncate audit_entries, audit_checkpoints, audit_witnesses'),
    'the end, with another of the same length': async (records) => {
      const [row] = await records.query<{ n: number }>('select max(seq) as n from audit_entries');
      await records.query('delete from audit_entries where seq > 6');
      await records.query('truncate audit_checkpoints');
      await work(seoul, (row?.n ?? 0) - 6, 'another');
    },
    'the end, with a longer one': async (records) => {
      await records.query('delete from audit_entries where seq > 6');
      await records.query('truncate audit_checkpoints');
      await work(seoul, 50, 'another');
    },
  };
  for (const [what, rewrite] of Object.entries(rewrites)) {
    test(what, async () => {
      await work(seoul, 20);
      assert.equal(await show(seoul), 'witnessed');
      const held = await heldAt(washington);
      await rewrite(seoul.context.records);
      if (what === 'all of it') await work(seoul, 2);
      assert.equal(await show(seoul), 'contradicted');
      const [found, ...more] = await contradictionsAt(washington);
      assert.ok(found && more.length === 0);
      assert.equal(found.desk, 'seoul');
      assert.equal(found.held.size, held);
      // Both checkpoints carry the desk's own signature: it cannot say that it was not it.
      const keys = [seoul.context.keys.publicKey];
      for (const { note, size } of [found.held, found.told])
        assert.equal(openCheckpoint('seoul', keys, note)?.size, size);
      if (found.kind === 'forked') assert.ok(contradictEachOther(found.held.note, found.told.note));
      else assert.ok(found.told.size < found.held.size);
      assert.equal(found.kind, /off|all|middle/.test(what) ? 'shortened' : 'forked');
      assert.ok((await washington.audit()).includes('audit.contradiction-found'));
      // The desk itself is told, and shows it, too.
      assert.ok((await contradictionsAt(seoul)).some(({ desk }) => desk === 'seoul'));
      assert.equal((await listWitnesses(seoul.context.records))[0]?.problem?.code, 'audit-contradicted');
      // Nothing more is cosigned, and the same is not found twice.
      await work(seoul, 100);
      assert.equal(await show(seoul), 'contradicted');
      assert.equal((await contradictionsAt(washington)).length, 1);
      assert.equal(await heldAt(washington), held);
    });
  }

  test('an older copy of the database is restored, and the desk goes on', async () => {
    await work(seoul, 10);
    await show(seoul);
    const restore = await copyOf(seoul.context.records);
    await work(seoul, 10);
    await show(seoul);
    await restore();
    await work(seoul, 30, 'after the restore');
    assert.equal(await show(seoul), 'contradicted');
    const [found] = await contradictionsAt(washington);
    assert.ok(found?.kind === 'forked' && contradictEachOther(found.held.note, found.told.note));
  });

  test('two histories shown in turn', async () => {
    await work(seoul, 10);
    await show(seoul);
    const restore = await copyOf(seoul.context.records);
    await work(seoul, 5, 'one');
    assert.equal(await show(seoul), 'witnessed');
    await restore();
    await work(seoul, 5, 'other');
    assert.equal(await show(seoul), 'contradicted');
  });
});

test('a person who has looked at it lets the record begin anew; the evidence stays', async () => {
  await work(seoul, 20);
  await show(seoul);
  await seoul.context.records.query('delete from audit_entries where seq > 6');
  await show(seoul);
  const [found] = await contradictionsAt(washington);
  const { records } = washington.context;
  const accept = { id: found?.id ?? '', by: 'operator', reason: 'restored after a fire', own: 'washington' };
  await records.transaction((tx) => acceptContradiction(tx, washington.clock, accept));
  await assert.rejects(
    records.transaction((tx) => acceptContradiction(tx, washington.clock, accept)),
    (thrown) => thrown instanceof GongjoError && thrown.code === 'contradiction-unknown',
  );
  assert.equal(await show(seoul), 'witnessed');
  const [kept] = await contradictionsAt(washington);
  assert.deepEqual([kept?.held, kept?.accepted?.by], [found?.held, 'operator']);
});

test('what somebody else signed is no checkpoint of the partner', async () => {
  await work(seoul, 5);
  await show(seoul);
  const stranger = await seoul.context.keys.make();
  const forged = { ...seoul.context, wire, keys: { ...seoul.context.keys, ...stranger, find: () => null } };
  const partner = await partnerNamed(seoul.context.records, 'washington');
  assert.equal(await showRecord(forged as never, partner, running), 'not-witnessed');
  assert.deepEqual(await contradictionsAt(washington), []);
});

/** The message with which a desk shows its record, which is kept from arriving. */
async function messageOf(side: Side): Promise<string> {
  let kept = '';
  const partner = await partnerNamed(side.context.records, name(other(side)));
  const keep: Wire = async ({ body }) => {
    ({ message: kept } = JSON.parse(body) as { message: string });
    throw new Error('kept');
  };
  await showRecord({ ...side.context, wire: keep }, partner, running);
  return kept;
}

test('of two histories that arrive at once one is cosigned and the other found', async () => {
  await work(seoul, 10);
  await show(seoul);
  const restore = await copyOf(seoul.context.records);
  await work(seoul, 5, 'one');
  const one = await messageOf(seoul);
  await restore();
  await work(seoul, 7, 'other');
  const another = await messageOf(seoul);
  const partner = await partnerNamed(washington.context.records, 'seoul');
  const news: string[] = [];
  const answers = await Promise.all(
    [one, another].map((it) => answerAudit(washington.context, partner, it, (desk) => news.push(desk))),
  );
  const asker = await partnerNamed(seoul.context.records, 'washington');
  const said = await Promise.all(answers.map((it) => unsealFrom(seoul.context, asker, vowTypes.audit, zSeen, it)));
  // The second is asked for the way from the first, which it does not have.
  assert.deepEqual(said.map(({ kind }) => kind).sort(), ['from', 'seen']);
  assert.equal((await listHeld(washington.context.records)).length, 1);
  assert.equal(await show(seoul), 'contradicted');
  assert.equal((await contradictionsAt(washington)).length, 1);
  assert.deepEqual(news, []);
});

test('a partner that objects to what the record continues is not believed', async () => {
  await work(seoul, 10);
  assert.equal(await show(seoul), 'witnessed');
  await work(seoul, 5);
  const [held] = await listHeld(washington.context.records);
  assert.ok(held);
  for (const kind of ['contradicted', 'from'] as const) {
    const liar: Wire = async () => {
      const asker = await partnerNamed(washington.context.records, 'seoul');
      const lie = { kind, size: held.size, held: held.note };
      const message = await sealFor(washington.context, asker, vowTypes.audit, lie);
      return { status: 200, retryAfterS: null, text: JSON.stringify({ message }) };
    };
    const partner = await partnerNamed(seoul.context.records, 'washington');
    assert.equal(await showRecord({ ...seoul.context, wire: liar }, partner, running), 'not-witnessed', kind);
  }
  assert.deepEqual(await contradictionsAt(seoul), []);
  assert.equal(await show(seoul), 'witnessed');
});

test('what says that it was signed tomorrow is not held', async () => {
  await work(seoul, 5);
  await show(seoul);
  const [before] = await listHeld(washington.context.records);
  await work(seoul, 5);
  seoul.clock.at += 61_000;
  const message = await messageOf(seoul);
  const partner = await partnerNamed(washington.context.records, 'seoul');
  await assert.rejects(
    answerAudit(washington.context, partner, message),
    (thrown) => thrown instanceof GongjoError && thrown.code === 'signature-invalid',
  );
  assert.deepEqual(await listHeld(washington.context.records), [before]);
  washington.clock.at += 1000;
  assert.match(await answerAudit(washington.context, partner, message), /^ey/);
});
