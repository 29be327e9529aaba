import type { Schema } from '../platform/index.ts';

export const sharingSchema: Schema = {
  module: 'sharing',
  steps: [
    `create table shared_objects (
       added_seq integer not null generated always as identity unique,
       id text not null,
       modified text not null,
       origin text not null,
       type text not null,
       label text not null,
       tlp text,
       incident text,
       body text not null,
       sha256 text not null,
       added_at timestamptz not null,
       primary key (id, modified, origin)
     );
     create table release_decisions (
       seq integer not null generated always as identity unique,
       partner text not null,
       object_id text not null,
       modified text not null,
       released boolean not null,
       reasons jsonb not null,
       basis text not null,
       decided_at timestamptz not null,
       primary key (partner, object_id, modified)
     );
     create index release_decisions_released on release_decisions (partner, seq) where released;
     create table deliveries (
       seq integer not null generated always as identity unique,
       id text not null,
       direction text not null check (direction in ('out', 'in')),
       partner text not null,
       incident text,
       state text not null,
       decided_at timestamptz not null,
       envelope text not null,
       envelope_sha256 text not null,
       signature text,
       attempts integer not null default 0,
       problem jsonb,
       receipt jsonb,
       reasons jsonb not null,
       objects jsonb not null,
       primary key (partner, direction, id)
     );
     create index deliveries_waiting on deliveries (partner, seq) where state = 'waiting'`,
  ],
};
