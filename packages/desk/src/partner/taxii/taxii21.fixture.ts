import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zDeskId, zPublicKey } from '@gongjo/contract';
import { canonicalJson, instant } from '../../kernel/index.ts';
import { type Keyring, migrate, openRecords, sha256Hex, systemRandom } from '../../platform/index.ts';
import { loadPolicies } from '../../policy/index.ts';
import { schemas } from '../../sharing/desk.fixture.ts';
import { tlpMarking } from '../../stix/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { partnerSchema } from '../schema.ts';
import { accountWith, addAccount, setRight } from '../taxii-account.store.ts';
import { collectionsOfAccount } from '../taxii-account.ts';
import { addCollection } from '../taxii-collection.store.ts';
import { apiRoot, type Collections, respond, type TaxiiRequest, type TaxiiResponse, taxiiType } from './index.ts';

/** A desk's TAXII server as one account sees it, over real records, as far as the clauses of TAXII 2.1 need one. */

const policy = `
@id("collections") @reason_en("Test rule.") @reason_ko("시험용 규칙입니다.")
permit (principal, action == Action::"release", resource)
when { [Marking::"clear", Marking::"green"].contains(resource.marking) };
@id("additions") @reason_en("Test rule.") @reason_ko("시험용 규칙입니다.")
permit (principal, action == Action::"admit", resource);
@id("no-red") @reason_en("TLP:RED is not taken.") @reason_ko("TLP:RED 객체는 받지 않습니다.")
forbid (principal, action == Action::"admit", resource) when { resource.marking == Marking::"red" };
`;

export const green = tlpMarking('green').id;
export const amber = tlpMarking('amber').id;
export const red = tlpMarking('red').id;

/** An identity; its number is in its id, its version in `modified`. */
export function identity(n: number, modified = '2026-01-01T00:00:00.000Z', change: object = {}) {
  return {
    type: 'identity',
    spec_version: '2.1',
    id: idOf('identity', n),
    created: '2026-01-01T00:00:00.000Z',
    modified,
    name: `Identity ${n}`,
    object_marking_refs: [green],
    ...change,
  };
}

/** An observable: it has no version. */
export function domain(n: number) {
  return {
    type: 'domain-name',
    spec_version: '2.1',
    id: idOf('domain-name', n, 5),
    value: `d${n}.example`,
    object_marking_refs: [green],
  };
}

export const idOf = (type: string, n: number, version = 4) =>
  `${type}--${n.toString(16).padStart(8, '0')}-0000-${version}000-8000-000000000000`;

export interface Server {
  readonly collections: Collections;
  readonly context: PartnerContext;
  readonly clock: { at: number };
  /** Path of a collection of this alias: `shared` is read and written, `listed` only read, `dropbox` only written. */
  of(alias: 'shared' | 'listed' | 'dropbox', rest?: string): string;
  /** Puts objects into a collection, as if they had been decided one after the other in one millisecond. */
  put(alias: string, objects: readonly { readonly id: string; readonly type: string }[]): Promise<void>;
  ask(path: string, change?: Partial<Omit<TaxiiRequest, 'query' | 'path'>>): Promise<TaxiiResponse>;
  /** The answer's body, which has to be of this status. */
  read<T = Envelope>(path: string, status?: number, change?: Partial<Omit<TaxiiRequest, 'query' | 'path'>>): Promise<T>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface Envelope {
  readonly more?: boolean;
  readonly next?: string;
  readonly objects?: readonly {
    readonly id: string;
    readonly modified?: string;
    readonly version?: string;
    readonly date_added?: string;
  }[];
  readonly versions?: readonly string[];
}

export const idsIn = ({ objects = [] }: Envelope) => objects.map(({ id }) => id);

export async function openServer(): Promise<Server> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-taxii-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [...schemas, partnerSchema], folder);
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at, sleep: async () => undefined };
  const context: PartnerContext = {
    records,
    clock,
    random: systemRandom,
    // No signature is made or checked for an account.
    keys: {} as Keyring,
    desk: {
      desk: zDeskId.parse('seoul'),
      name: { en: 'Seoul', ko: '서울' },
      country: 'KR',
      timeZone: 'Asia/Seoul',
      url: 'https://seoul.example',
      key: zPublicKey.parse({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }),
    },
    policies: loadPolicies(policy).policies,
  };
  assert.deepEqual(loadPolicies(policy).findings, []);
  const ids = new Map<string, string>();
  const rights = {
    shared: [true, true],
    listed: [true, false],
    dropbox: [false, true],
    hidden: [false, false],
  } as const;
  const account = await records.transaction(async (tx) => {
    const secret = await addAccount(tx, clock, systemRandom, { name: 'misp', expiresAt: null });
    for (const [alias, [read, write]] of Object.entries(rights)) {
      const { id } = await addCollection(tx, clock, systemRandom, {
        alias,
        title: { en: `The ${alias}`, ko: alias },
        description: alias === 'shared' ? { en: 'What is shared.', ko: alias } : null,
        selection: { types: null, origins: null, incidents: null },
        unmarked: 'refuse',
        country: 'KR',
        agreement: null,
        roles: [],
        communities: [],
        markFloor: null,
      });
      ids.set(alias, id);
      await setRight(tx, 'misp', { collection: alias, read, write });
    }
    return accountWith(tx, clock, { name: 'misp', secret });
  });
  assert.ok(account);
  const collections = collectionsOfAccount(context, account, () => undefined);
  const ask: Server['ask'] = (at, change = {}) => {
    const url = new URL(at, 'http://desk');
    return respond(
      {
        method: 'GET',
        path: url.pathname,
        query: url.searchParams,
        accept: taxiiType,
        contentType: '',
        body: '',
        signature: null,
        ...change,
      },
      collections,
    );
  };
  return {
    collections,
    context,
    clock,
    of: (alias, rest = '') => `${apiRoot}collections/${ids.get(alias)}/${rest}`,
    put: (alias, objects) =>
      records.transaction(async (tx) => {
        for (const object of objects) {
          const body = canonicalJson(object);
          const modified = (object as { modified?: string }).modified ?? '';
          await tx.query(
            `insert into shared_objects (id, modified, origin, type, label, tlp, body, sha256, added_at)
             values ($1, $2, 'seoul', $3, '', 'green', $4, $5, $6) on conflict do nothing`,
            [object.id, modified, object.type, body, sha256Hex(body), instant(clock.at)],
          );
          await tx.query(
            `update release_decisions set latest = false where recipient = $1 and object_id = $2 and modified < $3`,
            [`collection:${alias}`, object.id, modified],
          );
          await tx.query(
            `insert into release_decisions (recipient, object_id, modified, origin, type, sha256, outcome, released, latest, reasons, basis, decided_at)
             values ($1, $2, $3, 'seoul', $4, $5, 'release', true,
               not exists (select 1 from release_decisions where recipient = $1 and object_id = $2 and modified > $3), '[]', '', $6)`,
            [`collection:${alias}`, object.id, modified, object.type, sha256Hex(body), instant(clock.at)],
          );
        }
      }),
    ask,
    read: async (at, status = 200, change = {}) => {
      const response = await ask(at, change);
      assert.equal(response.status, status, `${at}: ${response.body}`);
      return JSON.parse(response.body) as never;
    },
    empty: async () => {
      clock.at = Date.UTC(2026, 0, 1);
      await records.query(
        'truncate shared_objects, release_decisions, taxii_statuses, quarantined_objects, object_marks, audit_entries restart identity cascade',
      );
    },
    close: async () => {
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
