import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DeskCard, type Disclosure, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import { identifierOf } from '../../overlap/index.ts';
import { fingerprintOf, migrate, openKeys, openRecords, silentLog, systemRandom } from '../../platform/index.ts';
import { loadPolicies } from '../../policy/index.ts';
import { sharingSchema } from '../../sharing/index.ts';
import { authenticate } from '../inbox.ts';
import { keepPartner, partnerNamed } from '../partner.store.ts';
import { partnerSchema } from '../schema.ts';
import type { WireAnswer, WireRequest } from '../wire.client.ts';
import { answerOverlap, readReturns } from './answer.ts';
import { type Calculator, createCalculator } from './calculator.ts';
import { entriesChanged, noMemory, type OverlapContext } from './context.ts';
import { entriesNamed, keepEntries, type StoredEntry } from './entry.store.ts';
import { refreshOwnList } from './own-list.ts';
import { keepOverlapTerms, type OverlapTerms } from './terms.store.ts';
import { type OverlapStep, overlapRoot } from './wire.ts';

const policy = readFileSync(new URL('../../../policies/default.cedar', import.meta.url), 'utf8');

/** A desk that compares: real keys, records, lists and threads, and a network that a test controls. */
export interface Side {
  readonly id: string;
  readonly context: OverlapContext;
  readonly clock: { at: number };
  add(numbers: readonly number[], disclosure: Disclosure): Promise<StoredEntry[]>;
  /** The same desk after a restart: nothing is left of what was in memory. */
  restarted(): Side;
  close(): Promise<void>;
}

/**
 * What happens to a request, by the step that it is at: `lost` before it arrives, `unheard` after it was answered; `failing` is
 * answered with 500, `busy` with 429.
 */
export type Fate = (step: OverlapStep, to: string) => 'lost' | 'unheard' | 'failing' | 'busy' | 'ok';

export interface Network {
  readonly sides: Map<string, Side>;
  fate: Fate;
  /** What was said, as it was sent. */
  readonly sent: { step: string; bytes: number; answerBytes: number }[];
}

export const newNetwork = (): Network => ({ sides: new Map(), fate: () => 'ok', sent: [] });

const names = { address: () => null, transaction: () => null };

export async function openSide(id: string, network: Network, calculator: Calculator): Promise<Side> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-overlap-${id}-`));
  const keys = await openKeys(folder);
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, sharingSchema, partnerSchema], folder);
  const clock = { at: Date.UTC(2026, 10, 28), now: () => clock.at, sleep: async () => undefined };
  const desk: DeskCard = {
    desk: zDeskId.parse(id),
    name: { en: id, ko: id },
    country: 'KR',
    timeZone: 'UTC',
    url: `https://${id}.example`,
    key: keys.publicKey,
  };
  const { policies } = loadPolicies(policy);
  const wire = (request: WireRequest) => carry(network, request);
  const base = { records, keys, clock, random: systemRandom, desk, policies, wire, log: silentLog, changed: () => {} };
  const parts = { calculator, folder: path.join(folder, 'overlap'), secret: new Uint8Array(32).fill(id.length) };
  const sideWith = (memory: OverlapContext['overlap']['memory']): Side => {
    const context: OverlapContext = { ...base, overlap: { ...parts, memory } };
    const side: Side = {
      id,
      context,
      clock,
      add: async (numbers, disclosure) => {
        const entries = numbers.flatMap((number) => {
          const identifier = identifierOf({ kind: 'domain', text: `n${number}.example` }, names);
          const entryId = `${id}-${number}`;
          const contact = `officer of ${entryId}`;
          return identifier === null
            ? []
            : [{ id: entryId, identifier, disclosure, contact, reference: `case ${entryId}` }];
        });
        await records.transaction((tx) => keepEntries(tx, clock, 'hand', true, entries));
        entriesChanged(context);
        await refreshOwnList(context);
        return entriesNamed(
          records,
          entries.map((it) => it.id),
        );
      },
      restarted: () => {
        const again = sideWith(noMemory());
        network.sides.set(`${id}.example`, again);
        return again;
      },
      close: async () => {
        await records.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
    return side;
  };
  const side = sideWith(noMemory());
  network.sides.set(`${id}.example`, side);
  return side;
}

export async function pairSides(a: Side, b: Side, terms: OverlapTerms): Promise<void> {
  for (const [side, { context: other }] of [
    [a, b],
    [b, a],
  ] as const) {
    const { records, clock, keys } = side.context;
    await records.transaction(async (tx) => {
      await keepPartner(tx, clock, {
        card: other.desk,
        fingerprint: await fingerprintOf(other.desk.key),
        agreement: 'MoU',
        ourKey: keys.keyId,
      });
      await keepOverlapTerms(tx, clock, other.desk.desk, terms, 'operator');
    });
  }
}

export const partnerOf = ({ context }: Side, other: Side) => partnerNamed(context.records, other.id);

async function carry(network: Network, { url, headers, body }: WireRequest): Promise<WireAnswer> {
  const side = network.sides.get(url.hostname);
  const step = url.pathname.replace(overlapRoot, '') as OverlapStep;
  const fate = network.fate(step, side?.id ?? '');
  if (!side || fate === 'lost') throw new Error('nobody answers');
  if (fate === 'failing' || fate === 'busy') {
    const { problem } = new GongjoError(fate === 'busy' ? 'requests-too-many' : 'internal');
    return { status: problem.status, retryAfterS: fate === 'busy' ? 600 : null, text: JSON.stringify(problem) };
  }
  const entry = { step, bytes: body.length, answerBytes: 0 };
  network.sent.push(entry);
  const text = await said(side, step, headers.authorization, (JSON.parse(body) as { message: string }).message);
  entry.answerBytes = text.text.length;
  if (fate === 'unheard') throw new Error('the line broke');
  return text;
}

async function said(
  { context }: Side,
  step: OverlapStep,
  authorization: string | undefined,
  message: string,
): Promise<WireAnswer> {
  try {
    const partner = await authenticate(context, authorization);
    const answer = await answerOverlap(context, partner, step, message);
    return { status: 200, retryAfterS: null, text: JSON.stringify({ message: answer }) };
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    const { retryAfterS = null } = thrown as { retryAfterS?: number };
    return { status: thrown.problem.status, retryAfterS, text: JSON.stringify(thrown.problem) };
  }
}

export { createCalculator, readReturns };
