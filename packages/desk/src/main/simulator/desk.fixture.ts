import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { type DeskCard, type Quotas, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../../audit/index.ts';
import { casesSchema } from '../../cases/index.ts';
import {
  addCollection,
  addPartner,
  createGate,
  findParty,
  type Gate,
  type PartnerContext,
  partnerSchema,
  removePartner,
  setTerms,
  type Wire,
} from '../../partner/index.ts';
import { type Db, fingerprintOf, migrate, type Records, readWithin } from '../../platform/index.ts';
import { loadPolicies, type PolicySet } from '../../policy/index.ts';
import { handlingOf, sharingSchema } from '../../sharing/index.ts';
import { watchSchema } from '../../watch/index.ts';
import { openSimKeys, type SimKeys } from './keys.fixture.ts';
import { community, type Reader, warnings } from './reader.fixture.ts';
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
  terse: `${defaultPolicy}${rule('no-words', '\nwhen { resource.objectType == "indicator" }\nunless { context has redaction }')}`,
} as const;
export type PolicyName = keyof typeof policyTexts;

/** What `terse` lets indicators go without. */
const handling = handlingOf({
  marks: [],
  redactions: [
    {
      id: 'no-words',
      name: { en: 'No words', ko: 'No words' },
      types: ['indicator'],
      remove: ['description'],
      stricterParts: false,
    },
  ],
});

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
  readonly keys: SimKeys;
  /** What its clock is ahead of the others by. */
  skewMs: number;
  /** The policy set in its data folder. */
  policy: PolicyName;
  /** What a partner may ask of it; null: nothing stands at its door. */
  quotas: Quotas | null;
  /** Its door since it was started. */
  gate: Gate | null;
  readonly reader: Reader;
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
  return {
    ...on(db),
    transaction: (work) => db.transaction((tx) => work(on(tx))),
    readBy: (reader) => ({
      query: (...asked) => db.transaction((tx) => readWithin(on(tx), reader).query(...asked)) as never,
    }),
    close: () => db.close(),
  };
}

async function openSimDesk(id: string, country: string, records: Records): Promise<SimDesk> {
  const keys = await openSimKeys();
  return {
    card: {
      desk: zDeskId.parse(id),
      name: { en: id, ko: id },
      country,
      timeZone: 'UTC',
      url: `https://${id}.example`,
      get key() {
        return keys.publicKey;
      },
    },
    records,
    keys,
    skewMs: 0,
    policy: 'default',
    quotas: null,
    gate: null,
    reader: { addedAfter: null, read: [] },
    turn: { holder: null },
    close: () => records.close(),
  };
}

/** As on its first day. */
export async function renew(desk: SimDesk): Promise<void> {
  await emptyRecords(desk);
  desk.keys.begin();
  desk.policy = 'default';
  desk.quotas = null;
  desk.gate = null;
  desk.reader.addedAfter = null;
  desk.reader.read.length = 0;
}

/** Takes away what the seed before left, whatever the modules' schemas are. */
async function emptyRecords({ records }: SimDesk): Promise<void> {
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

/** What of the world a desk sees. */
export interface Surroundings {
  now(): number;
  uuid(): string;
  readonly wire: Wire;
}

/** The desk as it runs for one of its tasks; without one, as it starts, when nothing else of it runs. */
export function contextFor(desk: SimDesk, task: Task | null, world: Surroundings): PartnerContext {
  const { card, keys, records, turn, quotas } = desk;
  return {
    desk: card,
    keys,
    records: task ? recordsOf(records, turn, task) : records,
    handling,
    communities: [community],
    ...(quotas ? { quotas } : {}),
    clock: { now: () => world.now() + desk.skewMs, sleep: async () => undefined },
    random: { uuid: world.uuid, token: world.uuid },
    policies: policiesOf(desk.policy),
    party: findParty,
    wire: world.wire,
  };
}

const inTurn = new AsyncLocalStorage<Records>();

/** The records of whichever request is at the door: the gate is one for all, and each request takes turns of its own. */
const recordsAtDoor: Records = {
  query: (...asked) => recordsNow().query(...asked) as never,
  transaction: (work) => recordsNow().transaction(work),
  readBy: (reader) => recordsNow().readBy(reader),
  close: async () => undefined,
};

function recordsNow(): Records {
  const records = inTurn.getStore();
  if (!records) throw new Error('nobody is at the door');
  return records;
}

/** What stands before the desk's door, as one of its requests meets it. */
export function gateOf(desk: SimDesk, context: PartnerContext): Gate | null {
  if (!desk.quotas) return null;
  desk.gate ??= createGate({ ...context, records: recordsAtDoor });
  const { gate } = desk;
  return { enter: (knock) => inTurn.run(context.records, () => gate.enter(knock)) };
}

/** The collection from which warnings are read. */
export async function openCollection({ records, clock, random, desk }: PartnerContext): Promise<void> {
  const collection = {
    alias: warnings,
    title: { en: 'Warnings', ko: 'Warnings' },
    description: null,
    selection: { types: null, origins: null, incidents: null },
    unmarked: 'refuse',
    country: desk.country,
    agreement: null,
    roles: [],
    communities: [community],
    markFloor: null,
  } as const;
  await records.transaction((tx) => addCollection(tx, clock, random, collection));
}

/** An operator adds the partner. */
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

export async function agreeWith(
  { records, clock }: PartnerContext,
  other: DeskCard,
  agreement: string | null,
): Promise<void> {
  await records.transaction((tx) => setTerms(tx, clock, other.desk, { agreement }, 'operator'));
}

export async function partFrom({ records, clock }: PartnerContext, other: DeskCard): Promise<void> {
  await records.transaction((tx) => removePartner(tx, clock, other.desk, 'operator'));
}
