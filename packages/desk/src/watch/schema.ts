import type { Schema } from '../platform/index.ts';
import { watchReading } from './reading.ts';
import { searchIndexes } from './search.schema.ts';

export const watchSchema: Schema = {
  module: 'watch',
  reading: watchReading,
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
    `alter table watched_addresses drop constraint watched_addresses_source_check;
     alter table watched_addresses add constraint watched_addresses_source_check check (source in ('trace', 'indicator', 'address'));
     alter table watched_addresses add column seq bigint generated always as identity;
     create index watched_addresses_seq on watched_addresses (seq);
     create table watches (
       number integer generated always as identity primary key,
       id text not null unique,
       kind text not null check (kind in ('address', 'list', 'category')),
       chain text not null,
       name text not null,
       reason text not null,
       address text,
       category text,
       count integer,
       added_at timestamptz not null,
       added_by text not null,
       until timestamptz,
       ended_at timestamptz,
       list_seq integer unique
     );
     create table watch_table (single boolean primary key default true check (single), token text not null)`,
    `create table alert_groups (
       id text primary key,
       rule text not null,
       incident text,
       chain text not null,
       place jsonb not null,
       acknowledged_at timestamptz,
       acknowledged_by text,
       assigned_to text,
       silenced_by text,
       silence_reason text,
       silenced_until timestamptz
     );
     create table alert_acts (
       seq bigint generated always as identity primary key,
       group_id text not null references alert_groups (id),
       at timestamptz not null,
       act text not null,
       by_whom text,
       detail text,
       count integer
     );
     create index alert_acts_group on alert_acts (group_id, seq);
     alter table alerts add column group_id text;
     alter table alerts add column silenced boolean not null default false;
     alter table alerts add column basis text not null default 'trace' check (basis in ('trace', 'block', 'pool'));
     update alerts set basis = 'block' where body ->> 'rule' = 'indicator-moved';
     create index alerts_by_group on alerts (group_id);
     create table watch_marks (
       chain text not null,
       height integer not null,
       hash text not null,
       primary key (chain, height)
     )`,
    searchIndexes,
  ],
};
