import { drillTerms } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { findIncident, forgetDrills } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { recallByHand } from '../sharing/index.ts';
import { forgetChains } from '../watch/index.ts';
import { chainsOf } from './code.ts';
import type { DrillContext } from './context.ts';
import { drillNamed, noteEnded, type StoredDrill } from './drill.store.ts';
import type { Heists } from './heists.ts';
import { forgetBlocks } from './play.store.ts';
import { tagSource } from './step.ts';
import { incidentsOf, scoreNow } from './view.ts';

/**
 * Ends an exercise: its score is kept, what was shared is taken back, and its incidents, alerts, watches, tags and blocks go.
 * The audit record keeps that it was, and who began and ended it. Where a crash comes between, ending it again goes on.
 * Throws `drill-unknown`, `drill-over`.
 */
export async function endDrill(
  context: DrillContext,
  heists: Heists,
  id: string | undefined,
  by: string,
): Promise<StoredDrill> {
  const { records, ledger, clock } = context;
  const drill = await drillNamed(records, id);
  const chains = chainsOf(drill.plan);
  if (drill.endedAt === null) {
    const score = await scoreNow(context, heists, drill);
    const incidents = await incidentsOf(records, chains);
    await takeBack(context, incidents, by);
    await records.transaction(async (tx) => {
      await noteEnded(tx, clock, drill.plan.id, { score, incidents });
      await recordAudit(tx, clock, {
        actor: by,
        action: 'drill.ended',
        subject: drill.plan.id,
        details: { complete: score.complete, deposits: score.deposits.length, warned: score.warned },
      });
    });
  } else if (!(await isLeft(context, drill))) throw new GongjoError('drill-over', { id: drill.plan.id });
  for (const chain of chains) {
    await forgetBlocks(ledger, chain);
    await context.leaveChain(chain);
  }
  await records.transaction(async (tx) => {
    await forgetDrills(tx, chains);
    await forgetChains(tx, chains);
  });
  await ledger.takeBackTags(tagSource(drill));
  context.changed('incidents', 'alerts', 'notices', 'status', 'partners');
  return drillNamed(records, drill.plan.id);
}

/** Whether something of it is still there. */
async function isLeft({ records, ledger }: DrillContext, { plan }: StoredDrill): Promise<boolean> {
  const chains = chainsOf(plan);
  const blocks = await Promise.all(chains.map((chain) => ledger.coverage(chain)));
  return blocks.some((it) => it !== null) || (await incidentsOf(records, chains)).length > 0;
}

/** Partners are told that it is over, by what tells them that anything is taken back. */
async function takeBack({ records, sharing, wakeCouriers }: DrillContext, incidents: readonly string[], by: string) {
  for (const what of incidents) {
    if ((await findIncident(records, what))?.origin) continue;
    try {
      await records.transaction((tx) => recallByHand(tx, sharing, { what, reason: drillTerms.ended, by }));
    } catch (thrown) {
      // It was released to nobody.
      if (!(thrown instanceof GongjoError && thrown.code === 'object-unknown')) throw thrown;
    }
  }
  await wakeCouriers();
}
