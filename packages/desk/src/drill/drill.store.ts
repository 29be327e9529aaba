import type { Drill, DrillScore, Text } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { DrillPlan } from './code.ts';

/** An exercise as it is kept; its heist is made again from the plan. */
export interface StoredDrill {
  readonly plan: DrillPlan;
  readonly role: Drill['role'];
  readonly title: Text;
  readonly notify: boolean;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly endedAt: string | null;
  readonly events: number;
  readonly done: number;
  readonly incidents: readonly string[];
  readonly score: DrillScore | null;
}

interface Row {
  plan: DrillPlan;
  role: Drill['role'];
  title: Text;
  notify: boolean;
  started_at: Date;
  started_by: string;
  ended_at: Date | null;
  events: number;
  done: number;
  incidents: string[];
  score: string | null;
}

/** Ended exercises that are shown, the newest. */
const drillsListedMax = 200;

/** Throws `drill-running` where one has not ended yet. */
export async function addDrill(
  tx: Db,
  drill: Pick<StoredDrill, 'plan' | 'role' | 'title' | 'notify' | 'startedAt' | 'startedBy' | 'events'>,
): Promise<void> {
  const { plan, role, title, notify, startedAt, startedBy, events } = drill;
  const running = await openDrill(tx);
  if (running) throw new GongjoError('drill-running', { id: running.plan.id });
  const rows = await tx.query(
    `insert into drills (id, code, role, plan, title, notify, started_at, started_by, events)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing returning id`,
    [plan.id, plan.code, role, JSON.stringify(plan), JSON.stringify(title), notify, startedAt, startedBy, events],
  );
  if (rows.length === 0) throw new GongjoError('drill-over', { id: plan.id });
}

/** The exercise that has not ended. */
export async function openDrill(db: Db): Promise<StoredDrill | null> {
  const [row] = await db.query<Row>('select * from drills where ended_at is null');
  return row ? drillOf(row) : null;
}

/** One exercise; without an identifier the newest. Throws `drill-unknown`. */
export async function drillNamed(db: Db, id?: string): Promise<StoredDrill> {
  const [row] = await db.query<Row>(
    'select * from drills where $1::text is null or id = $1 order by started_at desc, id limit 1',
    [id ?? null],
  );
  if (!row) throw new GongjoError('drill-unknown', { id: id ?? '–' });
  return drillOf(row);
}

/** The newest first. */
export async function storedDrills(db: Db): Promise<StoredDrill[]> {
  const rows = await db.query<Row>('select * from drills order by started_at desc, id limit $1', [drillsListedMax]);
  return rows.map(drillOf);
}

export async function noteDone(tx: Db, id: string, done: number): Promise<void> {
  await tx.query('update drills set done = $2 where id = $1 and ended_at is null', [id, done]);
}

export async function noteEnded(
  tx: Db,
  clock: Clock,
  id: string,
  { score, incidents }: { readonly score: DrillScore; readonly incidents: readonly string[] },
): Promise<void> {
  await tx.query('update drills set ended_at = $2, score = $3, incidents = $4 where id = $1 and ended_at is null', [
    id,
    instant(clock.now()),
    JSON.stringify(score),
    JSON.stringify(incidents),
  ]);
}

function drillOf(row: Row): StoredDrill {
  return {
    plan: row.plan,
    role: row.role,
    title: row.title,
    notify: row.notify,
    startedAt: instant(row.started_at.getTime()),
    startedBy: row.started_by,
    endedAt: row.ended_at && instant(row.ended_at.getTime()),
    events: row.events,
    done: row.done,
    incidents: row.incidents,
    score: row.score === null ? null : (JSON.parse(row.score) as DrillScore),
  };
}
