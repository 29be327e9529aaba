import { type ChainId, drillTerms, type NewIncident } from '@gongjo/contract';
import { findReport, takeReport } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import { readCursor } from '../watch/index.ts';
import { chainsOf } from './code.ts';
import type { DrillContext } from './context.ts';
import { noteDone, openDrill, type StoredDrill } from './drill.store.ts';
import { blockTime, type DrillEvent, dueMs } from './events.ts';
import type { Heist, PlayedReport } from './heist/model.ts';
import type { Heists } from './heists.ts';
import { playBlock } from './play.store.ts';

/** Where an exercise goes as fast as the desks keep up: looked at so often, and no longer than this waited for. */
const settleEveryMs = 100;
const settleMsMax = 5_000;

/** The tags of an exercise's services are of this source. */
export const tagSource = (drill: Pick<StoredDrill, 'plan'>) => `drill:${drill.plan.id}`;

/** Plays the exercise that has not ended, one event after another as each is due. */
export class Player {
  readonly #context: DrillContext;
  readonly #heists: Heists;
  #prepared = '';

  constructor(context: DrillContext, heists: Heists) {
    this.#context = context;
    this.#heists = heists;
  }

  /** One event, where one is due. */
  async step(signal: AbortSignal): Promise<'more' | 'idle'> {
    const { records, clock } = this.#context;
    const drill = await openDrill(records);
    if (!drill) return 'idle';
    const { heist, events } = await this.#heists.of(drill.plan);
    const event = events[drill.done];
    if (!event || dueMs(drill.plan, event) > clock.now() || drill.plan.startMs > clock.now()) return 'idle';
    await this.#prepare(drill, heist);
    await this.#happen(drill, heist, event);
    await noteDone(records, drill.plan.id, drill.done + 1);
    if (drill.plan.pace === null) await this.#settle(drill, signal);
    return 'more';
  }

  /** What a desk knows beforehand. Tags that no settings say are gone after a start, so this is done once in each process. */
  async #prepare(drill: StoredDrill, heist: Heist): Promise<void> {
    if (this.#prepared === drill.plan.id) return;
    const { ledger } = this.#context;
    const source = tagSource(drill);
    await ledger.putAssets(heist.assets);
    await ledger.putTags(heist.tags.map((tag) => ({ ...tag, source })));
    this.#prepared = drill.plan.id;
  }

  async #happen(drill: StoredDrill, heist: Heist, event: DrillEvent): Promise<void> {
    const { ledger, clock, wakeRound } = this.#context;
    const { kind, index } = event;
    if (kind !== 'report') {
      await playBlock(ledger, heist, kind, index, blockTime(drill.plan, event, clock.now()));
      wakeRound(heist.plan.chains[kind]);
      return;
    }
    const report = heist.reports[index];
    // A partner is told by the desk that leads.
    if (report && drill.role === 'lead') await this.#report(drill, report, index);
  }

  async #report(drill: StoredDrill, { moved }: PlayedReport, index: number): Promise<void> {
    const { records, clock, random, wakeRound, changed } = this.#context;
    const { plan, startedBy: by, notify: notifyAll, title } = drill;
    const reference = `drill-${plan.id}-${index}`;
    const [first, ...parts] = moved.map(({ chain, txids }) => ({ chain, txids: [...txids] }));
    if (!first || (await findReport(records, by, { reference }))) return;
    const asked: NewIncident = {
      ...first,
      ...(parts.length > 0 && { parts }),
      ...{ kind: 'theft', title, drill: true, detectedAt: instant(clock.now()), countries: [...plan.countries] },
      reporter: { organisation: drillTerms.title.en },
    };
    await records.transaction((tx) =>
      takeReport(tx, { clock, random }, asked, { by, via: 'drill', reference, notifyAll }),
    );
    changed('incidents', 'notices');
    for (const { chain } of moved) wakeRound(chain);
  }

  /** Waits until the desk has looked at what happened. */
  async #settle(drill: StoredDrill, signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    const untilMs = clock.now() + settleMsMax;
    for (const chain of chainsOf(drill.plan))
      while (!signal.aborted && clock.now() < untilMs && !(await this.#hasSeen(chain)))
        await clock.sleep(settleEveryMs, signal);
  }

  async #hasSeen(chain: ChainId): Promise<boolean> {
    const { records, ledger } = this.#context;
    const tip = (await ledger.coverage(chain))?.tip;
    return !tip || (await readCursor(records, chain))?.hash === tip.hash;
  }
}
