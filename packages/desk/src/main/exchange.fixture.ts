import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Address, type ChainId, type DeskCard, type Tlp, type TxId, zChainId, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../audit/index.ts';
import { addIncident, casesSchema } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import {
  addPartner,
  authenticate,
  collectionsFor,
  type Partner,
  type PartnerContext,
  partnerNamed,
  partnerSchema,
  partyOf,
  respond,
  taxiiError,
} from '../partner/index.ts';
import { fingerprintOf, migrate, openKeys, openRecords, type Records, systemRandom } from '../platform/index.ts';
import { loadPolicies } from '../policy/index.ts';
import { release, sharingSchema } from '../sharing/index.ts';
import {
  deskIdentity,
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  relationship,
  type StixObject,
  stixId,
  walletObject,
} from '../stix/index.ts';
import { watchSchema } from '../watch/index.ts';

const policy = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');
const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema, partnerSchema];

/**
 * What goes wrong with a request: the network loses it, or its answer; the desk is killed before it commits; or it answers
 * nonsense.
 */
export type Fault = 'none' | 'request-lost' | 'answer-lost' | 'killed' | 'nonsense' | 'silence';

/**
 * A desk that exchanges: its own keys and records in a temporary folder, its TAXII door on a free port, no ledger. Its
 * clock stands still.
 */
export interface ExchangeDesk {
  readonly context: PartnerContext;
  readonly clock: { at: number; now(): number; sleep(): Promise<undefined> };
  /** What happens to the requests that come in from now on. */
  fault: Fault;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openExchangeDesk(id: string, country: string): Promise<ExchangeDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-exchange-${id}-`));
  const keys = await openKeys(folder);
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, schemas, folder);
  const start = Date.UTC(2026, 0, 1);
  const clock = { at: start, now: () => clock.at, sleep: async () => undefined };
  const server = createServer((request, response) => {
    handle(opened, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const desk: DeskCard = {
    desk: zDeskId.parse(id),
    name: { en: id, ko: id },
    country,
    timeZone: 'UTC',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: keys.publicKey,
  };
  const opened: ExchangeDesk = {
    context: { records, keys, clock, random: systemRandom, desk, policies: loadPolicies(policy).policies },
    clock,
    fault: 'none',
    empty: async () => {
      clock.at = start;
      opened.fault = 'none';
      await records.query(
        `truncate shared_objects, release_decisions, deliveries, incidents, timeline, watched_addresses, alerts,
           audit_entries, partners restart identity cascade`,
      );
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return opened;
}

/** What a desk is killed with: everything of the transaction is done and nothing of it is kept. */
const killed = new Error('killed');

function killing(records: Records): Records {
  return {
    ...records,
    transaction: (work) =>
      records.transaction(async (tx) => {
        await work(tx);
        throw killed;
      }),
  };
}

async function handle(desk: ExchangeDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { fault } = desk;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (fault === 'silence') return;
  if (fault === 'request-lost') return void response.destroy();
  if (fault === 'nonsense') return void response.writeHead(202).end('<html>\u001b[2J</html>');
  const context = fault === 'killed' ? { ...desk.context, records: killing(desk.context.records) } : desk.context;
  const url = new URL(request.url ?? '/', 'http://desk');
  const answer = async () => {
    const partner = await authenticate(desk.context, request.headers.authorization);
    return respond(
      {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        accept: request.headers.accept ?? '*/*',
        contentType: request.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
        signature: request.headers['gongjo-signature']?.toString() ?? null,
      },
      collectionsFor(context, partner, () => undefined),
    );
  };
  const { status, headers, body } = await answer().catch(taxiiError);
  if (fault === 'answer-lost') return void response.destroy();
  response.writeHead(status, headers).end(body);
}

/** Each adds the other, as two operators on the telephone do. */
export async function pair(a: PartnerContext, b: PartnerContext, agreement: string | null = 'MoU'): Promise<void> {
  for (const [self, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const fingerprint = await fingerprintOf(other.desk.key);
    await self.records.transaction((tx) =>
      addPartner(tx, self.clock, self.desk, { card: other.desk, fingerprint, agreement, by: 'operator' }),
    );
  }
}

export const partnerOf = (self: PartnerContext, other: PartnerContext): Promise<Partner> =>
  partnerNamed(self.records, other.desk.desk);

export const chain: ChainId = zChainId.parse('eip155:31337');
export const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
export const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;

/** Opens the desk's n-th incident, or opens it again, and releases what is known of it to everybody it is paired with. */
export async function report(
  { records, clock, desk, ...context }: PartnerContext,
  partners: readonly Partner[],
  n: number,
  addresses: readonly number[],
  tlp: Tlp = 'amber',
): Promise<string> {
  const id = stixId('incident', `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${series(desk)}`);
  const title = { en: `Theft ${n}`, ko: `Theft ${n}` };
  const facts = { chain, txids: [txid(n)], kind: 'theft', title, victim: null, tlp, origin: null } as const;
  await records.transaction(async (tx) => {
    await addIncident(tx, clock, id, { ...facts, txids: [...facts.txids] });
    await release(
      tx,
      { ...context, clock, desk },
      {
        incident: id,
        objects: objectsOf(desk, id, title, n, addresses, tlp, instant(clock.now())),
        to: partners.map(partyOf),
        purpose: 'investigation',
      },
    );
  });
  return id;
}

const series = ({ desk }: DeskCard) => desk.charCodeAt(0).toString(16).padStart(12, '0');

function objectsOf(
  desk: DeskCard,
  id: ReturnType<typeof stixId>,
  title: { en: string; ko: string },
  n: number,
  addresses: readonly number[],
  tlp: Tlp,
  now: string,
): StixObject[] {
  const stamp = { now, author: deskIdentityId(desk.desk), tlp };
  return [
    deskIdentity(desk, { now, tlp: 'clear' }),
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
