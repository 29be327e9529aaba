import { drillAddresses, drillTerms, type NewDrill } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import { orderWatch } from '../watch/index.ts';
import { type DrillPlan, drillPlan, readCode } from './code.ts';
import type { DrillContext } from './context.ts';
import { addDrill, drillNamed, type StoredDrill } from './drill.store.ts';
import type { Heists } from './heists.ts';

/** Countries between which the value goes where a desk has no partner: those that this project began with. */
const usualCountries = ['KR', 'US'];
const seedsMax = 2 ** 31;

/** Begins an exercise that this desk leads. Throws `drill-running`. */
export async function startDrill(context: DrillContext, heists: Heists, asked: NewDrill, by: string) {
  const { records, clock, sharing } = context;
  const others = (await context.partners(records)).map(({ country }) => country);
  const countries = [sharing.desk.country, ...others].filter((it): it is string => it !== null);
  const plan = drillPlan({
    seed: asked.seed ?? Math.floor(Math.random() * seedsMax),
    addresses: asked.addresses ?? drillAddresses.usual,
    countries: [...new Set(others.length > 0 ? countries : [...countries, ...usualCountries])].sort(),
    pace: asked.atOnce ? null : (asked.pace ?? 1),
    startMs: clock.now() + (asked.inSeconds ?? 0) * 1000,
  });
  return begin(context, heists, plan, 'lead', by, asked.notify === true);
}

/** Takes part in a partner's exercise. Throws `drill-code-wrong`, `drill-running`. */
export async function joinDrill(context: DrillContext, heists: Heists, code: string, by: string) {
  return begin(context, heists, readCode(code), 'partner', by, false);
}

async function begin(
  context: DrillContext,
  heists: Heists,
  plan: DrillPlan,
  role: StoredDrill['role'],
  by: string,
  notify: boolean,
): Promise<StoredDrill> {
  const { records, clock, random } = context;
  const { heist, events } = heists.of(plan);
  await records.transaction(async (tx) => {
    const startedAt = instant(Math.max(plan.startMs, role === 'lead' ? 0 : clock.now()));
    const about = { plan, role, title: drillTerms.title, notify, startedBy: by, events: events.length };
    await addDrill(tx, { ...about, startedAt });
    if (role === 'lead')
      for (const { chain, address } of heist.watched)
        await orderWatch(
          tx,
          { clock, random },
          { kind: 'address', chain, address, name: drillTerms.watchReason.en, reason: drillTerms.watchReason.en },
          by,
          address,
        );
    await recordAudit(tx, clock, {
      actor: by,
      action: role === 'lead' ? 'drill.started' : 'drill.joined',
      subject: plan.id,
      details: { code: plan.code, notify },
    });
  });
  return drillNamed(records, plan.id);
}
