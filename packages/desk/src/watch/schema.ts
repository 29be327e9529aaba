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
  ],
};
