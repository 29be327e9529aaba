import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { readReturns } from './answer.ts';
import { askPartner, askWaiting } from './ask.ts';
import { createCalculator } from './calculator.ts';
import { entriesNamed } from './entry.store.ts';
import { matchesAbout } from './known.store.ts';
import { type Network, newNetwork, openSide, pairSides, partnerOf, type Side } from './sides.fixture.ts';
import { askedBy, type OverlapTerms } from './terms.store.ts';

export const reason = { purpose: 'test', legalBasis: 'MoU 3', by: 'officer' };
export const running = new AbortController().signal;

/** Desks for a file of tests, all paired, emptied before each; time goes on between tests, so that no quota is left over. */
export function sidesFor<N extends string>(names: readonly N[], terms: OverlapTerms) {
  const calculator = createCalculator(1);
  const network: Network = newNetwork();
  const sides = {} as Record<N, Side>;
  before(async () => {
    for (const name of names) sides[name] = await openSide(name, network, calculator);
    await pairAll();
  });
  after(async () => {
    for (const name of names) await sides[name].close();
    await calculator.close();
  });
  beforeEach(async () => {
    network.fate = () => 'ok';
    network.sent.length = 0;
    const now = Math.max(...names.map((name) => sides[name].clock.at)) + 40 * 86_400_000;
    for (const name of names) {
      const { context, clock } = sides[name];
      clock.at = now;
      context.overlap.memory.isStale = true;
      await context.records.query(
        'truncate overlap_entries, overlap_known, overlap_sessions, overlap_matches, overlap_usage, audit_entries',
      );
    }
    await pairAll();
  });
  const pairAll = async () => {
    for (const [at, a] of names.entries())
      for (const b of names.slice(at + 1)) await pairSides(sides[a], sides[b], terms);
  };
  return { network, sides, calculator };
}

export const matches = async ({ context }: Side) => {
  await readReturns(context);
  return matchesAbout(context.records, null);
};

export const askAll = async (asker: Side, answerer: Side) =>
  askWaiting(asker.context, await partnerOf(asker, answerer), reason, running);

export const askAbout = async (asker: Side, answerer: Side, numbers: readonly number[]) => {
  const ids = numbers.map((it) => `${asker.id}-${it}`);
  const entries = await entriesNamed(asker.context.records, ids);
  return askPartner(asker.context, await partnerOf(asker, answerer), entries, reason, running);
};

export const usage = async ({ context }: Side, by: Side) => {
  const { hourly, refusals } = await askedBy(context.records, context.clock, by.id);
  return { asked: hourly.reduce((sum, count) => sum + count, 0), refusals };
};

export const fails = (code: string, work: Promise<unknown>) =>
  assert.rejects(work, (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    return true;
  });

/** What a desk notices after its answer has gone. */
export async function settled(
  side: Side,
  holds: (seen: Awaited<ReturnType<typeof matches>>) => boolean,
): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (holds(await matches(side))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${side.id} did not notice: ${JSON.stringify(await matches(side))}`);
}

export const audited = async ({ context }: Side, action: string) =>
  context.records.query<{ subject: string; details: Record<string, unknown> }>(
    'select subject, details from audit_entries where action = $1 order by seq',
    [action],
  );
