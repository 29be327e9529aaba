import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type Address,
  type AssetId,
  type BlockHash,
  type ChainId,
  type DeskCard,
  type TxId,
  zDeskId,
  zPublicKey,
} from '@gongjo/contract';
import { auditSchema } from '../audit/index.ts';
import { addIncident, casesSchema, type IncidentFacts, LiveTraces } from '../cases/index.ts';
import { createDirectory } from '../directory/index.ts';
import { type BlockEntry, type Ledger, type Movement, openLedger } from '../ledger/index.ts';
import { migrate, openColumns, openRecords, type Records } from '../platform/index.ts';
import { loadPolicies } from '../policy/index.ts';
import { type Party, sharingSchema } from '../sharing/index.ts';
import { stixId } from '../stix/index.ts';
import { Screening, watchSchema } from '../watch/index.ts';
import { type RoundContext, runRound } from './round.ts';

export const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
export const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;

/** Addresses from here on are deposit addresses of the exchange that the fixture's tags name. */
export const exchange = 900;

type Move = readonly [tx: number, from: number, to: number, units: bigint];

/** A hand-made branch of a chain; blocks are numbered from 1. */
export function blocksOf(
  chain: ChainId,
  from: number,
  blocks: readonly (readonly Move[])[],
  fork = 0,
  parentFork = fork,
): BlockEntry[] {
  const hash = (height: number, branch: number) =>
    `0x${(height * 100 + branch).toString(16).padStart(64, '0')}` as BlockHash;
  const asset = `${chain}/slip44:60` as AssetId;
  return blocks.map((moves, i) => {
    const height = from + i;
    const time = new Date(1_700_000_000_000 + height * 12_000 + fork * 1000).toISOString();
    return {
      block: {
        chain,
        height,
        hash: hash(height, fork),
        parent: hash(height - 1, i === 0 ? parentFork : fork),
        time,
        transactionCount: moves.length,
      },
      movements: moves.map(
        ([tx, sender, receiver, units], txIndex): Movement => ({
          chain,
          height,
          txIndex,
          ord: 0,
          txid: txid(tx),
          time,
          kind: 'native',
          from: address(sender),
          to: address(receiver),
          asset,
          units,
          call: false,
        }),
      ),
    };
  });
}

/** A desk as far as rounds know one: real records and a real ledger in a temporary folder. Each test takes a chain of its own. */
export interface RoundDesk {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly clock: { at: number; now(): number; sleep(): Promise<undefined> };
  /** Whom the desk is paired with. */
  partners: Party[];
  /** As after a start of the process: nothing is remembered but what is in the folder. */
  context(change?: Partial<RoundContext>): RoundContext;
  /** A chain that no test has used, with the exchange's addresses tagged. */
  newChain(): Promise<ChainId>;
  open(n: number, facts: Pick<IncidentFacts, 'chain' | 'txids'> & Partial<IncidentFacts>): Promise<string>;
  /** Rounds until nothing is left to do. */
  settle(context: RoundContext, chain: ChainId): Promise<void>;
  everything(): Promise<Record<string, unknown[]>>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const desk: DeskCard = {
  desk: zDeskId.parse('seoul'),
  name: { en: 'Seoul', ko: 'Seoul' },
  country: 'KR',
  timeZone: 'UTC',
  url: 'https://seoul.example',
  key: zPublicKey.parse({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }),
};
export const washington: Party = {
  id: 'washington',
  kind: 'desk',
  name: { en: 'Washington', ko: 'Washington' },
  country: 'US',
  agreement: 'MoU',
  roles: [],
  communities: [],
  markFloor: 'clear',
};

const tables = [
  'watch_cursors',
  'watch_marks',
  'alert_acts',
  'alert_groups',
  'watches',
  'incidents',
  'incident_traces',
  'timeline',
  'alerts',
  'watched_addresses',
  'shared_objects',
  'release_decisions',
  'deliveries',
  'audit_entries',
];

export async function openRoundDesk(): Promise<RoundDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-round-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, watchSchema, casesSchema, sharingSchema], folder);
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  const ledger = await openLedger(columns);
  const directory = createDirectory([
    { id: 'pacific', name: { en: 'Pacific', ko: 'Pacific' }, country: 'KR', kind: 'exchange' },
  ]);
  const { policies } = loadPolicies(readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8'));
  const start = Date.UTC(2026, 0, 1);
  const clock = { at: start, now: () => clock.at, sleep: async () => undefined };
  let uuids = 0;
  let chains = 0;
  const random = {
    uuid: () => {
      uuids += 1;
      return `${uuids.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    },
    token: () => 'token',
  };
  const opened: RoundDesk = {
    records,
    ledger,
    clock,
    partners: [washington],
    context: (change = {}) => ({
      records,
      ledger,
      directory,
      clock,
      random,
      desk,
      policies,
      partners: async () => opened.partners,
      traces: new LiveTraces(),
      screening: new Screening({ ledger, clock, random, file: null }),
      written: new Map(),
      told: new Map(),
      ...change,
    }),
    newChain: async () => {
      chains += 1;
      const chain = `eip155:${7000 + chains}` as ChainId;
      await ledger.putTags(
        Array.from({ length: 10 }, (_, i) => ({
          chain,
          address: address(exchange + i),
          label: 'Pacific deposit',
          category: 'exchange' as const,
          actor: 'pacific',
          source: 'test',
          confidence: 90,
        })),
      );
      return chain;
    },
    open: async (n, facts) => {
      const id = stixId('incident', `${n.toString(16).padStart(8, '0')}-0000-4000-8000-00000000beef`);
      const title = { en: `Theft ${n}`, ko: `Theft ${n}` };
      await records.transaction((tx) =>
        addIncident(tx, clock, id, { kind: 'theft', title, victim: null, tlp: 'amber', origin: null, ...facts }),
      );
      return id;
    },
    settle: async (context, chain) => {
      while ((await runRound(context, chain)).state === 'more');
    },
    everything: async () => {
      const all: Record<string, unknown[]> = {};
      for (const table of tables) all[table] = await records.query(`select * from ${table} order by 1, 2, 3`);
      return all;
    },
    empty: async () => {
      clock.at = start;
      uuids = 0;
      opened.partners = [washington];
      await records.query(`truncate ${tables.join(', ')} restart identity cascade`);
    },
    close: async () => {
      await columns.close();
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return opened;
}
