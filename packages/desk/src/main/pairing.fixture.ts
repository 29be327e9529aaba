import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DeskCard, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../audit/index.ts';
import { casesSchema } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { PartnerContext } from '../partner/inbox.ts';
import { pairingRoot } from '../partner/pairing-call.client.ts';
import { answerPairing } from '../partner/pairing-door.ts';
import { pairingSteps } from '../partner/pairing-message.ts';
import { takeRevocation } from '../partner/revoke.ts';
import { partnerSchema } from '../partner/schema.ts';
import type { Wire } from '../partner/wire.client.ts';
import { type Keyring, migrate, openKeys, openRecords, systemRandom } from '../platform/index.ts';
import { loadPolicies } from '../policy/index.ts';
import { sharingSchema } from '../sharing/index.ts';
import { watchSchema } from '../watch/index.ts';

const policy = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');

/** A desk that pairs: real keys and records, and a network that a test controls. */
export interface Side {
  readonly context: PartnerContext;
  readonly clock: { at: number; now(): number; sleep(): Promise<undefined> };
  /** The key files again, as after a restart. */
  readKeys(): Promise<Keyring>;
  audit(): Promise<string[]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export type Network = Map<string, (step: string, message: string) => Promise<string | null>>;

export async function openSide(id: string, network: Network): Promise<Side> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-pairing-${id}-`));
  const keys = await openKeys(folder);
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, watchSchema, casesSchema, sharingSchema, partnerSchema], folder);
  const start = Date.UTC(2026, 0, 1);
  const clock = { at: start, now: () => clock.at, sleep: async () => undefined };
  const desk: DeskCard = {
    desk: zDeskId.parse(id),
    name: { en: id, ko: id },
    country: 'KR',
    timeZone: 'UTC',
    url: `https://${id}.example`,
    get key() {
      return keys.publicKey;
    },
  };
  const { policies } = loadPolicies(policy);
  const wire = wireOver(network);
  const context: PartnerContext = { records, keys, clock, random: systemRandom, desk, policies, wire };
  network.set(`${id}.example`, doorOf(context));
  const side: Side = {
    context,
    clock,
    readKeys: () => openKeys(folder),
    audit: async () =>
      (await records.query<{ action: string }>('select action from audit_entries order by seq')).map((it) => it.action),
    empty: async () => {
      clock.at = start;
      await records.query(
        `truncate partners, partner_keys, own_keys, partner_usage, pairings, deliveries, shared_objects, release_decisions,
           audit_entries`,
      );
      network.set(`${id}.example`, doorOf(side.context));
    },
    close: async () => {
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return side;
}

/** What a desk answers at its door. */
export function doorOf(context: PartnerContext): (step: string, message: string) => Promise<string | null> {
  return (step, message) => {
    if (step === 'revoke') return takeRevocation(context, message);
    const known = pairingSteps.find((it) => it === step);
    if (!known) throw new GongjoError('not-found');
    return answerPairing(context, known, message);
  };
}

/** Carries the messages of pairings between the desks of a network by the names of their hosts. */
export function wireOver(network: Network): Wire {
  return async ({ url, body }) => {
    const door = network.get(url.hostname);
    if (!door) throw new Error('nobody answers');
    const { message } = JSON.parse(body) as { message: string };
    try {
      const answer = await door(url.pathname.replace(pairingRoot, ''), message);
      return { status: 200, retryAfterS: null, text: JSON.stringify({ message: answer }) };
    } catch (thrown) {
      if (!(thrown instanceof GongjoError)) throw thrown;
      return { status: thrown.problem.status, retryAfterS: null, text: JSON.stringify(thrown.problem) };
    }
  };
}
