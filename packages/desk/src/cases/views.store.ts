import type { TraceView, TraceViewLine } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';

/** More are an archive, and nobody finds anything in its list. */
export const viewsMax = 500;

type Body = Pick<TraceView, 'query' | 'compareWith' | 'state'>;
interface Row {
  id: string;
  name: string;
  body: Body;
  by: string;
  at: Date;
}

/** Keeps a view of a trace under a name, for everyone at the desk. Throws `views-too-many`. */
export async function saveView(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  { name, ...body }: Body & { readonly name: string },
  by: string,
): Promise<TraceView> {
  const [count] = await tx.query<{ views: number }>('select count(*)::int as views from trace_views');
  if ((count?.views ?? 0) >= viewsMax) throw new GongjoError('views-too-many', { limit: viewsMax });
  const view = { id: random.uuid(), name, by, at: instant(clock.now()), ...body };
  await tx.query('insert into trace_views (id, name, body, by, at) values ($1, $2, $3, $4, $5)', [
    view.id,
    name,
    body,
    by,
    view.at,
  ]);
  return view;
}

/** Newest first. */
export async function listViews(db: Db): Promise<TraceViewLine[]> {
  const rows = await db.query<Omit<Row, 'body'>>(
    'select id, name, by, at from trace_views order by at desc, id limit $1',
    [viewsMax],
  );
  return rows.map(({ id, name, by, at }) => ({ id, name, by, at: instant(at.getTime()) }));
}

/** Throws `not-found`. */
export async function findView(db: Db, id: string): Promise<TraceView> {
  const [row] = await db.query<Row>('select * from trace_views where id = $1', [id]);
  if (!row) throw new GongjoError('not-found');
  return { id: row.id, name: row.name, by: row.by, at: instant(row.at.getTime()), ...row.body };
}

/** Throws `not-found`. */
export async function removeView(tx: Db, id: string): Promise<string> {
  const [row] = await tx.query<{ name: string }>('delete from trace_views where id = $1 returning name', [id]);
  if (!row) throw new GongjoError('not-found');
  return row.name;
}
