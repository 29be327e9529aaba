import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { listStoredIncidents } from '../cases/index.ts';
import type { StixObject } from '../stix/index.ts';
import { deskIdentityId, incidentObject, stixId } from '../stix/index.ts';
import { admitFrom } from './admit.ts';
import {
  address,
  cardOf,
  chain,
  envelopeOf,
  openTestDesk,
  ownIncident,
  type TestDesk,
  txid,
  uuid,
} from './desk.fixture.ts';
import type { Party } from './party.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
beforeEach(() => desk.empty());
after(() => desk.close());

const exchange: Party = {
  ...{
    id: 'account:upbit',
    kind: 'source' as const,
    name: { en: 'Upbit', ko: '업비트' },
    country: 'KR',
    agreement: null,
  },
  ...{ roles: ['vasp'], communities: [], markFloor: 'clear' as const },
};
const bring = (objects: readonly StixObject[], via: 'account' | 'file' = 'account') =>
  admitFrom(
    desk.records,
    desk.context,
    { party: exchange, via, unmarked: 'refuse', by: exchange.id },
    JSON.parse(envelopeOf(objects)),
  );
const author = deskIdentityId(cardOf('upbit', 'KR').desk);
const id = stixId('incident', uuid(1, 0xfeed));
const told = (n: number, now = '2026-01-01T00:00:00.000Z', change: object = {}) => {
  const facts = {
    id,
    title: { en: 'Theft', ko: '탈취' },
    chain,
    kind: 'theft' as const,
    txids: [txid(n)],
    occurredAt: null,
    stolen: [],
  };
  return incidentObject({ ...facts, ...change }, { now, created: '2026-01-01T00:00:00.000Z', author, tlp: 'green' });
};

describe('an incident that a TAXII account writes', () => {
  test('is a report: an incident of this desk, of the account’s marking, with what it said', async () => {
    const said = {
      detectedAt: '2025-12-31T20:00:00.000Z',
      addresses: [
        { address: address(7).toUpperCase().replace('0X', '0x') as never, role: 'destination' },
        { address: 'no address', role: 'source' },
      ],
    };
    assert.equal((await bring([told(1, undefined, said)])).added, 1);
    const [incident, ...others] = await listStoredIncidents(desk.records);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [incident?.origin, incident?.via, incident?.tlp, incident?.txids, incident?.detectedAt, incident?.reporter],
      [null, 'stix', 'green', [txid(1)], said.detectedAt, { organisation: 'Upbit' }],
    );
    assert.deepEqual(incident?.addresses, [{ address: address(7), role: 'destination' }]);
    assert.notEqual(incident?.id, id);
  });

  test('written again, or in a new version, is the same report', async () => {
    await bring([told(1)]);
    await bring([told(1)]);
    await bring([told(1, '2026-01-02T00:00:00.000Z')]);
    assert.equal((await listStoredIncidents(desk.records)).length, 1);
    assert.equal((await desk.records.query('select 1 from incident_reports')).length, 1);
  });

  test('about a transaction that is known here joins that incident', async () => {
    const ours = await ownIncident(desk, 1);
    await bring([told(1)]);
    assert.deepEqual(
      (await listStoredIncidents(desk.records)).map((it) => it.id),
      [ours.id],
    );
  });

  test('of an exercise is one here, and does not join what happened', async () => {
    await ownIncident(desk, 1);
    await bring([told(1, undefined, { drill: true })]);
    assert.deepEqual((await listStoredIncidents(desk.records)).map((it) => it.drill === true).sort(), [false, true]);
  });

  test('in a file opens nothing', async () => {
    await bring([told(1)], 'file');
    assert.deepEqual(await listStoredIncidents(desk.records), []);
  });
});
