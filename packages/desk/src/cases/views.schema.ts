/** Saved views of traces: what was asked, and how its answer was looked at. */
export const viewsStep = `create table trace_views (
  id text primary key,
  name text not null,
  body jsonb not null,
  by text not null,
  at timestamptz not null
)`;
