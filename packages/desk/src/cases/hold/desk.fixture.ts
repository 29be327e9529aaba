import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type HoldAddressee,
  type HoldFacts,
  type Tlp,
  zDeskId,
  zDirectoryFile,
  zHoldAddressee,
  zHoldFacts,
} from '@gongjo/contract';
import { auditSchema } from '../../audit/index.ts';
import { directoryOf } from '../../directory/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { openOffice } from '../../letters/index.ts';
import { migrate, openRecords, type Random } from '../../platform/index.ts';
import { zHolds } from '../../platform/settings.ts';
import { watchSchema } from '../../watch/index.ts';
import { addIncident, type IncidentFacts } from '../incident.store.ts';
import type { Mail } from '../mail.client.ts';
import { casesSchema } from '../schema.ts';
import { approveHold } from './approve.ts';
import type { HoldContext } from './context.ts';
import { addHold, digestOf, findHold } from './hold.store.ts';

export const hourMs = 3_600_000;
export const chain = 'eip155:1';
export const ether = `${chain}/slip44:60`;
export const hex = (n: number, chars: number) => `0x${n.toString(16).padStart(chars, '0')}`;
const said = { source: 'a test', certainty: 'verified', asOf: '2026-11-28' } as const;
const both = (name: string) => ({ en: name, ko: `${name} 가` });

/** What a complete request says. */
export const factsOf = (change: object = {}): HoldFacts =>
  zHoldFacts.parse({
    ...{ chain, address: hex(1, 40), hopBefore: hex(2, 40), reference: null },
    amounts: [{ asset: ether, symbol: 'ETH', decimals: 18, units: '1000' }],
    transactions: [
      {
        ...{ txid: hex(3, 64), time: '2026-11-28T00:00:00.000Z', from: hex(2, 40), to: hex(1, 40) },
        ...{ asset: ether, units: '1000' },
      },
    ],
    transactionsMore: 0,
    ...{ scope: 'full', days: 7, caseNumber: '2026-1', disclosure: false, disclosureBasis: null },
    legalBasis: { en: 'Article 1', ko: '제1조' },
    signatory: { name: both('Kim'), title: both('Inspector'), badge: 'A-1', email: 'kim@police.go.kr', phone: null },
    timeline: [],
    ...change,
  });
export const pacific: HoldAddressee = zHoldAddressee.parse({
  ...{ list: 'vasps', id: 'pacific', name: { en: 'Pacific', ko: '퍼시픽' }, country: 'US' },
  entity: { en: 'Pacific, Inc.', ko: '퍼시픽 주식회사' },
  channel: { kind: 'email', to: 'law@pacific.example' },
  ...{ requires: [], courtesyDays: 7, extension: null, ends: null, languages: ['en'] },
});

/** The cases of a desk in its records, without a ledger: requests are put there as they would have been drafted. */
export async function openCases() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-hold-cases-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, watchSchema, casesSchema], folder);
  // The last hours of a year in UTC, when it is the next in Seoul.
  const clock = { at: Date.UTC(2026, 11, 31, 20), now: () => clock.at, sleep: async () => undefined };
  let uuids = 0;
  const random: Random = {
    uuid: () => {
      uuids += 1;
      return `${uuids.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    },
    token: () => `token${uuids}`,
  };
  const desk = { desk: zDeskId.parse('unit-7'), name: both('Unit'), country: 'KR', timeZone: 'Asia/Seoul' };
  const mails: Mail[] = [];
  const state: { onMail: (mail: Mail) => Promise<void> } = { onMail: async () => undefined };
  const officer = { id: 'mail', role: 'duty-officer', channel: 'email', to: 'duty@unit.example', languages: ['en'] };
  const file = zDirectoryFile.parse({
    agencies: [
      {
        ...{ ...said, id: 'own', name: both('Own'), country: 'KR', desk: 'unit-7', functions: ['cyber-investigation'] },
        duty: { ...said, timeZone: 'Asia/Seoul', always: true, contacts: [officer] },
      },
    ],
    vasps: [{ ...said, id: 'pacific', name: pacific.name, country: 'US' }],
  });
  const context: HoldContext = {
    ...{ records, clock, random, desk, directory: directoryOf([file]) },
    ledger: {} as Ledger,
    settings: zHolds.parse({}),
    office: openOffice(folder, {}, desk, { clock, random }),
    mailer: {
      send: async (mail) => {
        await state.onMail(mail);
        mails.push(mail);
      },
    },
    webhookKey: Buffer.alloc(32, 1),
    url: 'https://unit.example',
    signDetached: async () => 'a..b',
  };
  const incident = async (n: number, more: Partial<IncidentFacts> & { tlp?: Tlp } = {}) => {
    const id = `incident--${n.toString().padStart(8, '0')}-0000-4000-8000-000000000000`;
    const facts = {
      ...{ chain, txids: [hex(9, 64)], kind: 'theft', title: both('Theft'), victim: null, tlp: 'green', origin: null },
      ...more,
    } as unknown as IncidentFacts;
    await addIncident(records, clock, id, facts);
    return id;
  };
  const draft = async (of: string, change: { facts?: object; addressee?: object; drill?: boolean } = {}) => {
    const id = `hold--${random.uuid()}`;
    await addHold(records, clock, {
      ...{ id, incident: of, alert: null, drill: change.drill ?? false, approvalsNeeded: 1, draftedBy: 'Kim' },
      addressee: { ...pacific, ...change.addressee },
      facts: factsOf(change.facts),
    });
    return id;
  };
  const approve = async (id: string, by = 'Lee') =>
    approveHold(context, id, { digest: digestOf(await findHold(records, id)), by });
  return {
    ...{ records, clock, context, mails, state, incident, draft, approve },
    hold: (id: string) => findHold(records, id),
    audited: (action: string) =>
      records.query<{ subject: string; details: { documents?: { name: string; sha256: string }[] } }>(
        'select subject, details from audit_entries where action = $1 order by seq',
        [action],
      ),
    close: async () => {
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
