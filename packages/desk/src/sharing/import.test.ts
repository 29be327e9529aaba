import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { canonicalJson } from '../kernel/index.ts';
import { fromMisp, type StixObject, toMisp } from '../stix/index.ts';
import { subjectsNamed } from '../watch/index.ts';
import { admitFrom, fileSource } from './admit.ts';
import { objectsOf, openTestDesk, type TestDesk } from './desk.fixture.ts';
import { exportObjects, listObjects } from './listing.store.ts';
import { mark } from './mark.ts';
import { objectDetail } from './object-view.ts';
import { quarantinedObjects } from './quarantine.store.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
beforeEach(() => desk.empty());
after(() => desk.close());

const importing = (objects: readonly unknown[], tlp: 'clear' | 'green' | 'refuse' = 'refuse', label = 'kb') =>
  admitFrom(desk.records, desk.context, { ...fileSource(desk.context.desk, label, tlp), by: 'kim' }, { objects });

async function exported(): Promise<StixObject[]> {
  const bodies: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: { bodies: readonly string[]; next: number | null } = await exportObjects(
      desk.records,
      { origin: 'file:kb' },
      { after, limit: 500 },
    );
    bodies.push(...page.bodies);
    after = page.next;
  }
  return bodies.map((body) => JSON.parse(body) as StixObject);
}

const byId = (objects: readonly StixObject[]) =>
  objects.map((it) => canonicalJson(it)).sort((a, b) => (a < b ? -1 : 1));

const shared = process.env.GONGJO_SHARED ?? path.resolve(import.meta.dirname, '../../../../../shared');
const attack = path.join(shared, 'data', 'stix', 'ics-attack-18.0.json');

test('ATT&CK for ICS is imported and exported with every object equal; again, it adds nothing', {
  skip: existsSync(attack) ? false : 'the file ics-attack-18.0.json of MITRE ATT&CK is not there',
}, async () => {
  const { objects } = JSON.parse(readFileSync(attack, 'utf8')) as { objects: StixObject[] };
  const first = await importing(objects, 'clear');
  assert.deepEqual(
    first.results.flatMap(({ rejected }) => (rejected ? [rejected.problem.text.en] : [])),
    [],
  );
  assert.deepEqual([first.added, first.known], [objects.length, 0]);
  assert.deepEqual(byId(await exported()), byId(objects));
  const second = await importing(objects, 'clear');
  assert.deepEqual([second.added, second.known], [0, objects.length]);
});

describe('a file', () => {
  const indicator = {
    type: 'indicator',
    spec_version: '2.1',
    id: 'indicator--00000001-0000-4000-8000-000000000001',
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    pattern: "[domain-name:value = 'Evil.example' OR bank-account:iban = 'GB29 NWBK 6016 1331 9268 19']",
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
    x_extra: { kept: [1, 2] },
  };

  test('without markings is refused, or taken for the level that a person names', async () => {
    const refused = await importing([indicator]);
    assert.deepEqual(
      refused.results.map(({ became, rejected }) => [became, rejected?.problem.code]),
      [['refused', 'object-unmarked']],
    );
    assert.equal((await quarantinedObjects(desk.records, 'file:kb')).length, 1);
    assert.equal((await importing([indicator], 'green')).added, 1);
    const { marking, versions } = await objectDetail(desk.records, desk.context, indicator.id);
    assert.equal(marking.tlp, 'green');
    assert.deepEqual(versions[0]?.body, indicator);
    const marked = { object: indicator.id, tlp: 'amber', reason: 'under seal', by: 'kim' } as const;
    await desk.records.transaction((tx) => mark(tx, desk.context, marked));
    assert.equal((await objectDetail(desk.records, desk.context, indicator.id)).marking.tlp, 'amber');
  });

  test('with indicators: what they name is noted, until they are revoked', async () => {
    await importing([indicator], 'green');
    const named = () => subjectsNamed(desk.records, 'domain', ['evil.example']);
    assert.deepEqual(
      (await named()).map((it) => [it.indicator, it.origin]),
      [[indicator.id, 'file:kb']],
    );
    assert.equal((await subjectsNamed(desk.records, 'bank-account', ['GB29NWBK60161331926819'])).length, 1);
    await importing([{ ...indicator, modified: '2026-02-01T00:00:00.000Z', revoked: true }], 'green');
    assert.deepEqual(await named(), []);
  });

  test('with a pattern that cannot be watched: kept, and said so', async () => {
    await importing([{ ...indicator, pattern: "[url:value LIKE 'http%']" }], 'green');
    const { watched } = await objectDetail(desk.records, desk.context, indicator.id);
    assert.deepEqual(watched, { subjects: [], unwatchable: 'operator' });
  });

  test('cannot speak in this desk’s name', async () => {
    const ours = objectsOf(desk.context.desk, 1);
    const { results } = await importing(ours);
    assert.ok(
      results.every(({ became, id }) => became === 'refused' || String(id).startsWith('cryptocurrency-wallet')),
    );
    assert.ok(results.some(({ rejected }) => rejected?.problem.code === 'object-conflict'));
  });

  test('is listed, the newest first, by page', async () => {
    const many = Array.from({ length: 5 }, (_, n) => ({
      ...indicator,
      id: `indicator--0000000${n}-0000-4000-8000-000000000002`,
      name: `Nr ${n}`,
    }));
    await importing(many, 'green');
    const seen: string[] = [];
    for (let before: number | null = null; ; ) {
      const page: Awaited<ReturnType<typeof listObjects>> = await listObjects(
        desk.records,
        { type: 'indicator', text: 'nr' },
        { before, limit: 2 },
      );
      seen.push(...page.objects.map(({ label }) => label));
      if (page.next === null) break;
      before = page.next;
    }
    assert.deepEqual(seen, ['Nr 4', 'Nr 3', 'Nr 2', 'Nr 1', 'Nr 0']);
  });

  test('of MISP goes in as STIX and out as MISP', async () => {
    const event = {
      Event: {
        uuid: '5f0b1d8e-0000-4000-8000-000000000001',
        info: 'Wallets',
        date: '2026-01-01',
        timestamp: '1767225600',
        Tag: [{ name: 'tlp:green' }],
        Attribute: [
          {
            uuid: '5f0b1d8e-0000-4000-8000-000000000002',
            type: 'btc',
            category: 'Financial fraud',
            value: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
            to_ids: true,
            timestamp: '1767225600',
          },
        ],
      },
    };
    const { objects } = fromMisp(event);
    const { results } = await importing(objects);
    assert.deepEqual(
      results.flatMap(({ rejected }) => (rejected ? [rejected.problem.text.en] : [])),
      [],
    );
    const written = toMisp(await exported());
    assert.deepEqual(byId(fromMisp(written.event).objects), byId(objects));
  });
});
