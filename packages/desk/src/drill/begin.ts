import { drillAddresses, drillTerms, type JoinDrill, type NewDrill } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Random } from '../platform/index.ts';
import { orderWatch } from '../watch/index.ts';
import { type DrillPlan, drillPlan, readCode, readRecordedCode, recordedPlan } from './code.ts';
import type { DrillContext } from './context.ts';
import { addDrill, drillNamed, type StoredDrill } from './drill.store.ts';
import type { Heists } from './heists.ts';
import { readRecording } from './recording/recording.store.ts';

/** Countries between which the value goes where a desk has no partner: those that this project began with. */
const usualCountries = ['KR', 'US'];

/** Seven hexadecimal digits that no part of a UUID's form prescribes. */
const seedOf = (random: Random) => Number.parseInt(random.uuid().slice(-7), 16);

/** Begins an exercise that this desk leads. Throws `drill-running`, `drill-recording-unreadable`. */
export async function startDrill(context: DrillContext, heists: Heists, asked: NewDrill, by: string) {
  const { clock, random } = context;
  const countries = await countriesOf(context);
  const pace = asked.atOnce ? null : (asked.pace ?? 1);
  const startMs = clock.now() + (asked.inSeconds ?? 0) * 1000;
  const plan =
    asked.blocks === undefined
      ? drillPlan({
          seed: asked.seed ?? seedOf(random),
          addresses: asked.addresses ?? drillAddresses.usual,
          ...{ countries, pace, startMs },
        })
      : recordedPlan(await recordingIn(asked.blocks), { countries, pace, startMs });
  return begin(context, heists, plan, 'lead', by, asked.notify === true);
}

/**
 * Takes part in a partner's exercise; of a recorded one with the same recording. Throws `drill-code-wrong`, `drill-running`,
 * `drill-recording-unreadable`.
 */
export async function joinDrill(context: DrillContext, heists: Heists, { code, blocks }: JoinDrill, by: string) {
  const recorded = readRecordedCode(code);
  if (!recorded) return begin(context, heists, readCode(code), 'partner', by, false);
  const recording = await recordingIn(blocks ?? '');
  if (!recording.sha256.startsWith(recorded.print)) throw new GongjoError('drill-code-wrong', { code });
  const plan = recordedPlan(recording, { ...recorded, countries: await countriesOf(context) });
  return begin(context, heists, plan, 'partner', by, false);
}

async function recordingIn(folder: string): Promise<{ readonly folder: string; readonly sha256: string }> {
  return { folder, sha256: (await readRecording(folder)).sha256 };
}

async function countriesOf({ records, sharing, partners }: DrillContext): Promise<string[]> {
  const others = (await partners(records)).map(({ country }) => country);
  const countries = [sharing.desk.country, ...others].filter((it): it is string => it !== null);
  return [...new Set(others.length > 0 ? countries : [...countries, ...usualCountries])].sort();
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
  const { heist, events } = await heists.of(plan);
  await records.transaction(async (tx) => {
    const startedAt = instant(Math.max(plan.startMs, role === 'lead' ? 0 : clock.now()));
    const title = plan.recording === null ? drillTerms.title : drillTerms.recorded;
    const about = { plan, role, title, notify, startedBy: by, events: events.length };
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
