import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type DeskCard, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../../audit/index.ts';
import { casesSchema } from '../../cases/index.ts';
import {
  addPartner,
  findParty,
  type PartnerContext,
  partnerSchema,
  removePartner,
  type Wire,
} from '../../partner/index.ts';
import { type Db, fingerprintOf, type Keyring, migrate, openKeys, type Records } from '../../platform/index.ts';
import { loadPolicies, type PolicySet } from '../../policy/index.ts';
import { sharingSchema } from '../../sharing/index.ts';
import { watchSchema } from '../../watch/index.ts';
import { recordsOf, type Turn } from './records.fixture.ts';
import type { Task } from './stage.fixture.ts';

const defaultPolicy = readFileSync(new URL('../../../policies/default.cedar', import.meta.url), 'utf8');

const rule = (id: string, effect: string) =>
  `\n@id("${id}")\n@reason_en("${id}")\n@reason_ko("${id}")\nforbid (principal, action == Action::"release", resource)${effect};\n`;

/** The policy sets that the desks of the simulator are given; the oracle knows in its own words what each means. */
export const policyTexts = {
  default: defaultPolicy,
  narrow: `${defaultPolicy}${rule('no-amber', '\nwhen { resource.marking == Marking::"amber" }')}`,
  closed: `${defaultPolicy}${rule('nothing', '')}`,
} as const;
export type PolicyName = keyof typeof policyTexts;

const loaded = new Map<PolicyName, PolicySet>();

function policiesOf(name: PolicyName): PolicySet {
  const known = loaded.get(name);
  if (known) return known;
  const { policies, findings } = loadPolicies(policyTexts[name]);
  if (findings.length > 0) throw new Error(`${name}: ${JSON.stringify(findings)}`);
  loaded.set(name, policies);
  return policies;
}

/** Everything of a desk that outlives a crash, and how to start it again from that alone. */
export interface SimDesk {
  readonly card: DeskCard;
  readonly records: Records;
  readonly keys: Keyring;
  /** What its clock is ahead of the others by. */
  skewMs: number;
  /** The policy set in its data folder. */
  policy: PolicyName;
  readonly turn: Turn;
  close(): Promise<void>;
}

const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema, partnerSchema];

/** Desks with these names and countries. Opening a database takes seconds, so the others are copies of the first one. */
export async function openSimDesks(named: readonly (readonly [id: string, country: string])[]): Promise<SimDesk[]> {
  const first = await PGlite.create('memory://');
  await migrate(recordsIn(first), schemas, 'memory');
  const desks: SimDesk[] = [];
  for (const [id, country] of named) {
    const db = desks.length === 0 ? first : ((await first.clone()) as PGlite);
    desks.push(await openSimDesk(id, country, recordsIn(db)));
  }
  return desks;
}

function recordsIn(db: PGlite): Records {
  const on = (it: Pick<PGlite, 'query'>): Db => ({
    query: async <Row>(sql: string, params: readonly unknown[] = []) => (await it.query<Row>(sql, [...params])).rows,
  });
  return { ...on(db), transaction: (work) => db.transaction((tx) => work(on(tx))), close: () => db.close() };
}

async function openSimDesk(id: string, country: string, records: Records): Promise<SimDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-simulator-${id}-`));
  const keys = await openKeys(folder);
  return {
    card: {
      desk: zDeskId.parse(id),
      name: { en: id, ko: id },
      country,
      timeZone: 'UTC',
      url: `https://${id}.example`,
      key: keys.publicKey,
    },
    records,
    keys,
    skewMs: 0,
    policy: 'default',
    turn: { holder: null },
    close: async () => {
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes away what the seed before left, whatever the modules' schemas are. */
export async function emptyRecords({ records }: SimDesk): Promise<void> {
  // One statement; of small tables deleting is quicker than truncating, and nothing refers to what goes with it.
  await records.query(`do $$
    declare it record;
    begin
      set local session_replication_role = replica;
      for it in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' loop
        execute format('delete from %I', it.tablename);
      end loop;
      set local session_replication_role = origin;
    end $$`);
}

/** The desk as it runs for one of its tasks. */
export function contextFor(
  desk: SimDesk,
  task: Task,
  world: { now(): number; uuid(): string; wire: Wire },
): PartnerContext {
  const { card, keys, records, turn } = desk;
  return {
    desk: card,
    keys,
    records: recordsOf(records, turn, task),
    clock: { now: () => world.now() + desk.skewMs, sleep: async () => undefined },
    random: { uuid: world.uuid, token: world.uuid },
    policies: policiesOf(desk.policy),
    party: findParty,
    wire: world.wire,
  };
}

/** An operator adds the partner, or changes the agreement with one that is there. */
export async function pairWith(
  { records, clock, desk }: PartnerContext,
  other: DeskCard,
  agreement: string | null,
): Promise<void> {
  const fingerprint = await fingerprintOf(other.key);
  await records.transaction((tx) =>
    addPartner(tx, clock, desk, { card: other, fingerprint, agreement, by: 'operator' }),
  );
}

export async function partFrom({ records, clock }: PartnerContext, other: DeskCard): Promise<void> {
  await records.transaction((tx) => removePartner(tx, clock, other.desk, 'operator'));
}
