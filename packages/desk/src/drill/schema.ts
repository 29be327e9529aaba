import type { Schema } from '../platform/index.ts';
import { drillReading } from './reading.ts';

export const drillSchema: Schema = {
  module: 'drill',
  reading: drillReading,
  steps: [
    `create table drills (
       id text primary key,
       code text not null,
       role text not null check (role in ('lead', 'partner')),
       plan jsonb not null,
       title jsonb not null,
       notify boolean not null,
       started_at timestamptz not null,
       started_by text not null,
       ended_at timestamptz,
       events integer not null,
       done integer not null default 0,
       incidents jsonb not null default '[]',
       score text
     );
     create unique index drills_one_at_a_time on drills ((ended_at is null)) where ended_at is null`,
  ],
};
