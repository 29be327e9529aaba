import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type Address,
  type ChainId,
  type DeskCard,
  type Tlp,
  type TxId,
  zChainId,
  zDeskId,
  zPublicKey,
} from '@gongjo/contract';
import { auditSchema } from '../audit/index.ts';
import { addIncident, casesSchema } from '../cases/index.ts';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Db, migrate, openRecords, type Records } from '../platform/index.ts';
import { loadPolicies } from '../policy/index.ts';
import {
  deskIdentity,
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  relationship,
  type StixObject,
  stixId,
  walletObject,
  zStixId,
} from '../stix/index.ts';
import { watchSchema } from '../watch/index.ts';
import type { Party, SharingContext } from './party.ts';
import { readable, readObjects } from './readable.store.ts';
import type { ReceiptFacts } from './receive.ts';
import { sharingSchema } from './schema.ts';

const defaultPolicy = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');

/** The tables of sharing and of what it stands on. */
export const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema];

const tables = [
  'shared_objects',
  'release_decisions',
  'deliveries',
  'incidents',
  'timeline',
  'watched_addresses',
  'alerts',
  'audit_entries',
  'release_request_objects',
  'release_approvals',
  'release_requests',
  'recalled_objects',
  'recalls',
  'quarantined_objects',
  'object_marks',
  'partner_requests',
  'request_events',
  'holds_asked',
  'holds_asked_documents',
  'hold_words',
  'hold_parcels',
  'custody',
  'case_documents',
  'case_revisions',
  'case_desks',
  'cases',
];

/** A desk as far as sharing knows one: records in a temporary folder, a clock that stands still, the default policy. */
export interface TestDesk {
  readonly records: Records;
  readonly context: SharingContext;
  readonly clock: { now(): number; sleep(): Promise<undefined>; at: number };
  /** This desk as a partner sees it. */
  readonly party: Party;
  /** Takes everything away again; opening records anew takes seconds. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The desk of a card as a party with an agreement. */
export function partyOf({ desk, name, country }: DeskCard): Party {
  return {
    id: desk,
    kind: 'desk',
    name,
    country,
    agreement: 'MoU 2026',
    roles: [],
    communities: [],
    markFloor: 'clear',
  };
}

const key = zPublicKey.parse({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) });

export function cardOf(id: string, country: string): DeskCard {
  const desk = zDeskId.parse(id);
  return { desk, name: { en: id, ko: id }, country, timeZone: 'UTC', url: `https://${id}.example`, key };
}

export async function openTestDesk(id: string, country = 'KR', policy = defaultPolicy): Promise<TestDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-sharing-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, schemas, folder);
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at, sleep: async () => undefined };
  let made = 0;
  const desk = cardOf(id, country);
  const random = {
    uuid: () => {
      made += 1;
      return uuid(made, id.charCodeAt(0));
    },
    token: () => 'token',
  };
  return {
    records,
    clock,
    context: { clock, random, desk, policies: loadPolicies(policy).policies },
    party: partyOf(desk),
    empty: async () => {
      clock.at = Date.UTC(2026, 0, 1);
      await records.query(`truncate ${tables.join(', ')} restart identity cascade`);
    },
    close: async () => {
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function uuid(n: number, series = 0): string {
  const hex = n.toString(16).padStart(8, '0');
  return `${hex}-0000-4000-8000-${series.toString(16).padStart(12, '0')}`;
}

export const chain: ChainId = zChainId.parse('eip155:31337');
export const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
export const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;
export const incidentId = (n: number) => zStixId.parse(stixId('incident', uuid(n, 0xbeef)));

/** Opens an incident of the desk's own and answers the objects that describe it: itself, and one thief's address each. */
export async function ownIncident(
  desk: TestDesk,
  n: number,
  { tlp = 'amber' as Tlp, addresses = [1, 2] } = {},
): Promise<{ readonly id: string; readonly objects: StixObject[] }> {
  const id = incidentId(n);
  await desk.records.transaction((tx) =>
    addIncident(tx, desk.clock, id, {
      chain,
      txids: [txid(n)],
      kind: 'theft',
      title: { en: `Theft ${n}`, ko: `Theft ${n}` },
      victim: null,
      tlp,
      origin: null,
    }),
  );
  return { id, objects: objectsOf(desk.context.desk, n, { tlp, addresses, now: instant(desk.clock.now()) }) };
}

/** The objects with which the desk of a card tells of an incident. */
export function objectsOf(
  card: DeskCard,
  n: number,
  { tlp = 'amber' as Tlp, addresses = [1, 2], now = '2026-01-01T00:00:00.000Z' } = {},
): StixObject[] {
  const id = incidentId(n);
  const author = deskIdentityId(card.desk);
  const stamp = { now, author, tlp };
  const title = { en: `Theft ${n}`, ko: `Theft ${n}` };
  return [
    deskIdentity(card, { now, tlp: 'clear' }),
    incidentObject({ id, title, chain, kind: 'theft', txids: [txid(n)], occurredAt: null, stolen: [] }, stamp),
    ...addresses.flatMap((a) => {
      const indicator = indicatorForWallet(
        { incident: id, address: address(a), chain, validFrom: '2026-01-01T00:00:00.000Z' },
        stamp,
      );
      return [walletObject(address(a), chain, tlp), indicator, relationship('related-to', indicator.id, id, stamp)];
    }),
  ];
}

export function envelopeOf(objects: readonly unknown[]): string {
  return canonicalJson({ objects });
}

/** Receipts stand unsigned here: signing them is the partner module's. */
export const unsigned = async (facts: ReceiptFacts) => canonicalJson(facts);

/** Everything in these tables, to see what an operation changed. */
export async function everything(db: Db): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of tables) all[table] = await db.query(`select * from ${table} order by 1, 2, 3`);
  return all;
}

/** What a recipient may read, every version, after a cursor. */
export async function read(
  db: Db,
  recipient: string,
  { after = '0', addedAfter = null as string | null, limit = 1000 } = {},
) {
  const versions = { all: true, first: false, last: false, at: [] };
  const page = await readable(
    db,
    recipient,
    { after, addedAfter, limit, versions, ids: null, types: null, specVersions: null },
    true,
  );
  return { ...page, rows: readObjects(page) };
}
