import type { Schema } from '../platform/index.ts';

export const watchSchema: Schema = {
  module: 'watch',
  steps: [
    `create table watched_addresses (
       chain text not null,
       address text not null,
       incident text not null,
       source text not null check (source in ('trace', 'indicator')),
       primary key (chain, address, incident, source)
     );
     create table alerts (
       id text primary key,
       chain text not null,
       height integer not null,
       incident text,
       body jsonb not null,
       raised_at timestamptz not null,
       withdrawn_at timestamptz,
       acknowledged_at timestamptz,
       acknowledged_by text
     );
     create index alerts_by_time on alerts (raised_at desc);
     create index alerts_by_incident on alerts (incident);
     create table watch_cursors (
       chain text primary key,
       height integer not null,
       hash text not null
     )`,
    `create table watched_subjects (
       kind text not null,
       form text not null,
       value text not null,
       origin text not null,
       indicator text not null,
       added_at timestamptz not null,
       primary key (kind, value, form, origin, indicator)
     );
     create index watched_subjects_indicator on watched_subjects (origin, indicator)`,
  ],
};
