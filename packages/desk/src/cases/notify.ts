import { type Instant, type Problem, problem, type Text } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import type { Directory } from '../directory/index.ts';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, type Records, sha256Hex } from '../platform/index.ts';
import { type Escalation, escalationsDue, nextEscalation } from './escalate.ts';
import { findIncident, partsOf, readSummaries } from './incident.store.ts';
import { findMatches } from './match.ts';
import {
  acknowledge,
  acknowledgeThrough,
  addNotices,
  dropNotices,
  dropUnnamed,
  remind,
  type StoredNotice,
} from './notice.store.ts';
import { agencyName, jurisdictionsOf, type Reach, type Way, waysToAll } from './notice.ts';
import { nothingElse, tell } from './timeline.store.ts';
import { notePlanned, noteStep, toBePlanned, unanswered } from './told.store.ts';
import { countryOf } from './totals.ts';

export interface NotifyContext {
  readonly records: Records;
  readonly clock: Clock;
  readonly random: Random;
  readonly directory: Directory;
  readonly desk: Reach['desk'];
  readonly partners: (db: Db) => Promise<Reach['partners']>;
}

/** An incident is planned in one transaction; others have their turn between. */
const plannedPerLook = 50;

/**
 * Decides who must know of the incidents that are new or have changed – grown into another country, say – and puts what is
 * new in the queue. Answers whether something was, and whether there is more to look at. `all`: the directory was changed.
 */
export async function planNotices(
  context: NotifyContext,
  all = false,
): Promise<{ readonly added: number; readonly more: boolean }> {
  const { records, clock } = context;
  await records.transaction(dropNotices);
  const due = await toBePlanned(records, clock, all);
  let added = 0;
  for (const { id, basis } of due.slice(0, all ? due.length : plannedPerLook))
    added += await records.transaction((tx) => planOne(tx, context, id, basis));
  return { added, more: !all && due.length > plannedPerLook };
}

async function planOne(tx: Db, context: NotifyContext, id: string, before: string | null): Promise<number> {
  const { clock, directory } = context;
  const incident = await findIncident(tx, id);
  if (!incident || incident.recalledAt !== null) return 0;
  const reach = await reachOf(tx, context);
  const holders: (string | null)[] = [];
  for (const part of await partsOf(tx, id))
    for (const { tag } of (await readSummaries(tx, part.id)).get(part.id)?.places ?? [])
      if (tag) holders.push(countryOf(directory, tag));
  const ways = waysToAll(reach, incident, jurisdictionsOf(reach, incident, holders), instant(clock.now()));
  const basis = sha256Hex(canonicalJson(ways.map(({ agency, contact, channel }) => [agency, contact, channel])));
  await notePlanned(tx, clock, id, basis);
  if (basis === before) return 0;
  await findMatches(tx, clock, directory, id);
  const named = ways.filter(({ contact }) => contact !== '').map(({ agency }) => agency);
  await dropUnnamed(tx, id, named);
  const about = { incident: id, drill: incident.drill === true, insteadOf: null };
  const added = await addNotices(tx, context, about, ways.map(withProblem(reach)));
  if (added.length > 0)
    await recordAudit(tx, clock, {
      actor: 'desk',
      action: 'notice.planned',
      subject: id,
      details: { notices: added.length, agencies: [...new Set(added.map(({ agency }) => agency))] },
    });
  for (const notice of added) if (notice.channel === 'page') await tellDelivered(tx, context, notice);
  return added.length;
}

/** Takes the escalation steps that are due. Answers how many. */
export async function escalate(context: NotifyContext): Promise<number> {
  const { records, clock } = context;
  const told = await unanswered(records, clock);
  if (told.length === 0) return 0;
  const reach = await reachOf(records, context);
  const due = escalationsDue(reach, told, instant(clock.now()));
  let taken = 0;
  for (const step of due) if (await records.transaction((tx) => takeStep(tx, context, reach, step, told))) taken += 1;
  return taken;
}

/** When the next agency of an incident is escalated if nobody acknowledges; null where no step is left. */
export async function nextStepAt(context: NotifyContext, incident: string): Promise<Instant | null> {
  const { records, clock } = context;
  const told = (await unanswered(records, clock)).filter((it) => it.incident === incident);
  return told.length === 0 ? null : nextEscalation(await reachOf(records, context), told, instant(clock.now()));
}

async function takeStep(
  tx: Db,
  context: NotifyContext,
  reach: Reach,
  { incident, agency, step, at, target, ways }: Escalation,
  told: readonly { readonly incident: string; readonly drill: boolean }[],
): Promise<boolean> {
  const { clock } = context;
  if (!(await noteStep(tx, clock, { incident, agency, step, at, target }))) return false;
  const drill = told.some((it) => it.incident === incident && it.drill);
  const added = await addNotices(tx, context, { incident, drill, insteadOf: agency }, ways.map(withProblem(reach)));
  const known = ways.filter(
    (way) => !added.some((it) => it.agency === way.agency && it.contact === way.contact && it.channel === way.channel),
  );
  const reminded = await remind(tx, clock, incident, known);
  await tell(tx, incident, [
    {
      ...nothingElse,
      key: `escalated|${agency}|${step}`,
      at: instant(clock.now()),
      kind: 'escalated',
      who: agencyName(reach, target),
    },
  ]);
  await recordAudit(tx, clock, {
    actor: 'desk',
    action: 'notice.escalated',
    subject: incident,
    details: { agency, step, dueAt: at, target, added: added.length, reminded },
  });
  return true;
}

/** Somebody of the agency has seen it, or whoever runs this desk says so. Throws `not-found`. */
export async function acknowledgeNotice(
  tx: Db,
  context: Pick<NotifyContext, 'clock' | 'directory' | 'desk'>,
  id: string,
  by: string,
): Promise<StoredNotice & { readonly isFirst: boolean }> {
  const { clock, directory, desk } = context;
  const notice = await acknowledge(tx, clock, id, by);
  const who = agencyName({ desk, book: directory.book }, notice.agency);
  await tell(tx, notice.incident, [
    {
      ...nothingElse,
      key: `acknowledged|${notice.agency}`,
      at: notice.acknowledgedAt ?? '',
      kind: 'acknowledged',
      who,
    },
  ]);
  await recordAudit(tx, clock, {
    actor: by,
    action: 'notice.acknowledged',
    subject: notice.incident,
    details: { notice: id, agency: notice.agency, channel: notice.channel },
  });
  return notice;
}

/** A partner's desk says that its people have seen it; a clock of theirs that is ahead says no more than now. */
export async function acknowledgedThere(
  tx: Db,
  clock: Clock,
  partner: { readonly id: string; readonly name: Text },
  { incident, agency, at }: { readonly incident: string; readonly agency: string; readonly at: Instant },
): Promise<void> {
  const now = instant(clock.now());
  const agencies = await acknowledgeThrough(tx, { incident, desk: partner.id, agency, at: at < now ? at : now });
  if (agencies.length === 0) return;
  await tell(tx, incident, [
    {
      ...nothingElse,
      key: `acknowledged|desk:${partner.id}|${agency}`,
      at: now,
      kind: 'acknowledged',
      who: partner.name,
    },
  ]);
  await recordAudit(tx, clock, {
    actor: `desk:${partner.id}`,
    action: 'notice.acknowledged',
    subject: incident,
    details: { agencies, channel: 'desk' },
  });
}

/** The timeline says once of each agency that it was told. */
export async function tellDelivered(
  tx: Db,
  { clock, directory, desk }: Pick<NotifyContext, 'clock' | 'directory' | 'desk'>,
  { incident, agency }: Pick<StoredNotice, 'incident' | 'agency'>,
): Promise<void> {
  const who: Text = agencyName({ desk, book: directory.book }, agency);
  const at: Instant = instant(clock.now());
  await tell(tx, incident, [{ ...nothingElse, key: `notified|${agency}`, at, kind: 'notified', who }]);
}

export async function reachOf(db: Db, { desk, directory, partners }: NotifyContext): Promise<Reach> {
  return { desk, partners: await partners(db), book: directory.book };
}

/** Where nobody is named, that is what is wrong. */
function withProblem(reach: Reach): (way: Way) => Way & { readonly problem: Problem | null } {
  return (way) => ({
    ...way,
    problem:
      way.channel === 'phone' && way.contact === ''
        ? problem('contact-missing', { agency: agencyName(reach, way.agency) })
        : null,
  });
}
