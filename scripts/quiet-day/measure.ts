import { type AlertRule, alertRules, type ChainId, type TxId } from '@gongjo/contract';
import { generateHeist } from '../../packages/desk/src/drill/index.ts';
import { playBlock } from '../../packages/desk/src/drill/play.store.ts';
import { epochMs } from '../../packages/desk/src/kernel/index.ts';
import { openRoundDesk, type RoundDesk } from '../../packages/desk/src/main/round.fixture.ts';
import { systemRandom } from '../../packages/desk/src/platform/index.ts';
import { completeList, orderWatch } from '../../packages/desk/src/watch/index.ts';
import { Random } from '../chain-generator/random.ts';
import { type Day, quietDay } from './day.ts';

const chain = 'gongjo:drill-accounts-quiet' as ChainId;
const other = 'gongjo:drill-outputs-quiet' as ChainId;
/** Blocks that are written, and then looked at, together. */
const blocksAtOnce = 100;

export interface QuietDayResult {
  readonly movements: number;
  readonly blocks: number;
  readonly people: number;
  /** Addresses that the followed heist went through, and those of a list that somebody ordered. */
  readonly followed: number;
  readonly listed: number;
  readonly seconds: number;
  /** New alerts by rule. */
  readonly alerts: Readonly<Record<AlertRule, number>>;
  /** Ends of movements that were screened, and that the table in memory let through. */
  readonly screened: number;
  readonly candidates: number;
}

export interface QuietDayOptions {
  readonly movements: number;
  readonly seed: number;
  /**
   * `unrelated`: a desk follows a heist of a thousand addresses, and watches a list of a hundred thousand and everybody who is
   * sanctioned; the day has to do with none of them. `watched`: what the rules say where people of the day are themselves
   * watched – some in a list, and payments of others followed as if they had been stolen.
   */
  readonly mode: 'unrelated' | 'watched';
  /** Of mode `watched`. */
  readonly people?: number;
  readonly payments?: number;
  readonly onProgress?: (movements: number) => void;
}

/** Plays a quiet day to a desk's real rounds, ledger and records, and counts what its rules say. */
export async function measureQuietDay(options: QuietDayOptions): Promise<QuietDayResult> {
  const { movements, seed, mode, onProgress } = options;
  const desk = await openRoundDesk();
  try {
    const heist = generateHeist({
      seed,
      addresses: 1200,
      countries: ['KR', 'US'],
      chains: { accounts: chain, outputs: other },
    });
    const startMs = Date.UTC(2026, 0, 1);
    await desk.ledger.putAssets(heist.assets);
    await desk.ledger.putTags(heist.tags.map((tag) => ({ ...tag, source: 'heist' })));
    for (const [height, { atS }] of heist.accounts.entries())
      await playBlock(desk.ledger, heist, 'accounts', height, new Date(startMs + atS * 1000).toISOString());
    const tip = (await desk.ledger.coverage(chain))?.tip;
    if (!tip) throw new Error('the heist was not played');
    const after = { height: tip.height, hash: tip.hash, timeS: epochMs(tip.time) / 1000 };
    const day = quietDay({ chain, movements, seed, after });
    await desk.ledger.putTags(day.tags);
    const listed = await watchSome(desk, day, options);
    const context = desk.context();
    let followed = 0;
    if (mode === 'unrelated') {
      const txids = heist.reports[0]?.moved[0]?.txids ?? [];
      await desk.open(1, { chain, txids: [...txids], drill: true });
      await desk.settle(context, chain);
      followed = heist.book.laundering.get(chain)?.size ?? 0;
    }
    const before = await countAlerts(desk);
    const startedMs = performance.now();
    let done = 0;
    let blocks = 0;
    let batch: Parameters<RoundDesk['ledger']['append']>[0][number][] = [];
    const flush = async () => {
      await desk.ledger.append(batch);
      if (mode === 'watched' && followed < (options.payments ?? 0))
        followed += await followSome(desk, batch, options, followed);
      await desk.settle(context, chain);
      done += batch.reduce((all, entry) => all + entry.movements.length, 0);
      blocks += batch.length;
      batch = [];
      onProgress?.(done);
    };
    for (const entry of day.blocks()) {
      batch.push(entry);
      if (batch.length === blocksAtOnce) await flush();
    }
    await flush();
    const said = await countAlerts(desk);
    const { screened, candidates } = context.screening.status;
    return {
      ...{ movements: done, blocks, people: day.people, followed, listed, screened, candidates },
      seconds: Math.round((performance.now() - startedMs) / 1000),
      alerts: Object.fromEntries(
        alertRules.map((rule) => [rule, (said.get(rule) ?? 0) - (before.get(rule) ?? 0)]),
      ) as Record<AlertRule, number>,
    };
  } finally {
    await desk.close();
  }
}

/** A list of strangers' addresses, or of people of the day; and everybody who is sanctioned. */
async function watchSome(desk: RoundDesk, day: Day, { mode, people = 0, seed }: QuietDayOptions): Promise<number> {
  const parts = { clock: desk.clock, random: systemRandom };
  const random = new Random(seed + 1);
  const addresses =
    mode === 'watched'
      ? [...new Set(Array.from({ length: people }, () => day.person(random.below(day.people))))]
      : Array.from({ length: 100_000 }, (_, n) => day.person(day.people + 1_000_000 + n));
  const order = { kind: 'list', chain, name: 'list', reason: 'quiet day' } as const;
  const list = await desk.records.transaction((tx) => orderWatch(tx, parts, order, 'script', null));
  await desk.ledger.putListed(list.number, chain, addresses);
  await desk.records.transaction((tx) => completeList(tx, list.id, addresses.length));
  if (mode === 'unrelated')
    await desk.records.transaction((tx) =>
      orderWatch(tx, parts, { kind: 'category', chain, category: 'sanctioned', reason: 'quiet day' }, 'script', null),
    );
  return addresses.length;
}

/** Follows payments of these blocks as if they had been stolen. */
async function followSome(
  desk: RoundDesk,
  batch: readonly {
    readonly movements: readonly { readonly txid: TxId; readonly ord: number; readonly units: bigint }[];
  }[],
  { payments = 0, seed }: QuietDayOptions,
  before: number,
): Promise<number> {
  const random = new Random(seed + 2);
  const some = batch.flatMap(({ movements }) => movements).filter(({ ord, units }) => ord === 0 && units > 10n ** 9n);
  let opened = 0;
  for (let n = 0; n < payments - before && some.length > 0; n += 1) {
    const movement = some[random.below(some.length)];
    if (!movement) continue;
    await desk.open(1000 + before + n, { chain, txids: [movement.txid] });
    opened += 1;
  }
  return opened;
}

async function countAlerts(desk: RoundDesk): Promise<Map<string, number>> {
  const rows = await desk.records.query<{ rule: string; n: number }>(
    `select body ->> 'rule' as rule, count(*)::integer as n from alerts group by 1`,
  );
  return new Map(rows.map(({ rule, n }) => [rule, n]));
}
