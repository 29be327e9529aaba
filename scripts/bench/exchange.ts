import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DeskCard, zChainId, zDeskId } from '../../packages/contract/src/index.ts';
import { auditSchema } from '../../packages/desk/src/audit/index.ts';
import { casesSchema } from '../../packages/desk/src/cases/index.ts';
import { partnerSchema } from '../../packages/desk/src/partner/index.ts';
import { signDelivery, signReceipt, verifyDelivery, verifyReceipt } from '../../packages/desk/src/partner/seal.ts';
import { migrate, openKeys, openRecords, systemRandom } from '../../packages/desk/src/platform/index.ts';
import { loadPolicies } from '../../packages/desk/src/policy/index.ts';
import {
  keepReceipt,
  nextWaiting,
  type Party,
  receive,
  release,
  sharingSchema,
} from '../../packages/desk/src/sharing/index.ts';
import {
  deskIdentityId,
  gongjoId,
  indicatorForWallet,
  type StixObject,
  stixId,
} from '../../packages/desk/src/stix/index.ts';
import { watchSchema } from '../../packages/desk/src/watch/index.ts';
import type { Figure } from './figure.ts';

/** Deliveries of 500 objects each, as a desk makes them; two are a bundle of 1,000. */
const bundles = 6;
const objectsPerBundle = 1_000;
const chain = zChainId.parse('eip155:1');
const policy = readFileSync(new URL('../../packages/desk/policies/default.cedar', import.meta.url), 'utf8');
const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema, partnerSchema];

async function openDesk(id: string, country: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-bench-${id}-`));
  const keys = await openKeys(folder);
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, schemas, folder);
  const desk: DeskCard = {
    desk: zDeskId.parse(id),
    name: { en: id, ko: id },
    country,
    timeZone: 'UTC',
    url: `https://${id}.example`,
    key: keys.publicKey,
  };
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const party: Party = {
    id,
    kind: 'desk',
    name: desk.name,
    country,
    agreement: 'MoU',
    roles: [],
    communities: [],
    markFloor: 'clear',
  };
  const context = { clock, random: systemRandom, desk, policies: loadPolicies(policy).policies };
  return { folder, keys, records, context, party, desk };
}

function indicators(author: DeskCard, from: number, count: number): StixObject[] {
  const now = '2026-01-01T00:00:00.000Z';
  const stamp = { now, author: deskIdentityId(author.desk), tlp: 'amber' } as const;
  const incident = gongjoId('incident', 'bench');
  return Array.from({ length: count }, (_, i) => {
    const address = `0x${(from + i).toString(16).padStart(40, '0')}`;
    return indicatorForWallet({ incident, address: address as never, chain, validFrom: now }, stamp);
  });
}

/** Objects that leave one desk and are held by another, per second: decided, stored, signed, verified, read, judged, admitted, receipted. */
export async function benchExchange(): Promise<Figure[]> {
  const seoul = await openDesk('seoul', 'KR');
  const washington = await openDesk('washington', 'US');
  const incident = stixId('incident', '00000001-0000-4000-8000-000000000001');
  let releaseMs = 0;
  let receiveMs = 0;
  let baselineMs = 0;
  const naive = 'create table bench_objects (id text, body text)';
  await washington.records.query(naive);
  for (let n = 0; n < bundles; n += 1) {
    const objects = indicators(seoul.desk, n * objectsPerBundle, objectsPerBundle);
    let at = performance.now();
    await seoul.records.transaction((tx) =>
      release(tx, seoul.context, { incident, objects, to: [washington.party], purpose: 'investigation' }),
    );
    releaseMs += performance.now() - at;
    for (;;) {
      const waiting = await nextWaiting(seoul.records, 'washington');
      if (!waiting) break;
      at = performance.now();
      const signature = await signDelivery(
        seoul.keys,
        seoul.desk.desk,
        washington.desk.desk,
        waiting.id,
        waiting.envelope,
      );
      const id = await verifyDelivery(
        seoul.keys.publicKey,
        seoul.desk.desk,
        washington.desk.desk,
        waiting.envelope,
        signature,
      );
      const incoming = { partner: seoul.party, id, envelope: waiting.envelope, signature };
      const { receipt } = await receive(washington.records, washington.context, incoming, (facts) =>
        signReceipt(washington.keys, facts),
      );
      const facts = await verifyReceipt(
        washington.keys.publicKey,
        washington.desk.desk,
        seoul.desk.desk,
        waiting,
        receipt,
      );
      await seoul.records.transaction((tx) => keepReceipt(tx, seoul.context, washington.party, facts, receipt));
      receiveMs += performance.now() - at;
      at = performance.now();
      // The alternative: nothing is verified, checked or decided; the objects are parsed and stored.
      const parsed = (JSON.parse(waiting.envelope) as { objects: { id: string }[] }).objects;
      await washington.records.transaction((tx) =>
        tx.query('insert into bench_objects select * from unnest($1::text[], $2::text[])', [
          parsed.map((it) => it.id),
          parsed.map((it) => JSON.stringify(it)),
        ]),
      );
      baselineMs += performance.now() - at;
    }
  }
  for (const desk of [seoul, washington]) {
    await desk.records.close();
    rmSync(desk.folder, { recursive: true, force: true });
  }
  const total = bundles * objectsPerBundle;
  const rate = (ms: number) => `${Math.round(total / (ms / 1000)).toLocaleString('en')} objects/s`;
  const perBundle = (ms: number) => `${(bundles / (ms / 1000)).toFixed(2)} bundles of 1,000 a second`;
  return [
    { what: 'exchange: decided, kept and put in the outbox', figure: rate(releaseMs), against: perBundle(releaseMs) },
    {
      what: 'exchange: signed, verified, read, judged, admitted, receipted',
      figure: rate(receiveMs),
      against: `${perBundle(receiveMs)}; JSON.parse and insert alone: ${rate(baselineMs)}`,
    },
  ];
}
