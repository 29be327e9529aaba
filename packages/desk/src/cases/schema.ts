import type { Schema } from '../platform/index.ts';
import { custodyOfAskedStep, custodyStep } from './custody.schema.ts';
import { holdAskedTables } from './hold/asked.schema.ts';
import { askingStep, holdTables, noteLeftStep, roundMarkingStep } from './hold/hold.schema.ts';
import { holdReceivedTable } from './hold/received.schema.ts';
import { jointTables } from './joint/case.schema.ts';
import { memberStep } from './joint/member.schema.ts';
import { notifyTables } from './notify.schema.ts';
import { casesReading } from './reading.ts';
import { requestTables } from './request/request.schema.ts';
import { searchIndexes } from './search.schema.ts';
import { viewsStep } from './views.schema.ts';

export const casesSchema: Schema = {
  module: 'cases',
  reading: casesReading,
  steps: [
    `create table incidents (
       id text primary key,
       chain text not null,
       origin text,
       body jsonb not null,
       opened_at timestamptz not null,
       updated_at timestamptz not null,
       looked boolean not null default false,
       traced boolean not null default false
     );
     create table incident_traces (
       incident text primary key references incidents (id),
       body jsonb not null,
       summary jsonb not null
     );
     create table timeline (
       incident text not null references incidents (id),
       seq integer not null generated always as identity,
       key text not null,
       derived boolean not null,
       at timestamptz not null,
       body jsonb not null,
       primary key (incident, key)
     )`,
    `create table entity_cuts (
       seq integer primary key generated always as identity,
       chain text not null,
       txid text not null,
       reason text not null,
       by text not null,
       at timestamptz not null,
       taken_back_reason text,
       taken_back_by text,
       taken_back_at timestamptz
     );
     create unique index entity_cuts_standing on entity_cuts (chain, txid) where taken_back_at is null`,
    'alter table incidents add column recalled_at timestamptz',
    // Megabytes that no query looks into: as text they are written in a third of the time.
    `alter table incident_traces alter column body type text using body::text`,
    notifyTables,
    jointTables,
    requestTables,
    holdTables,
    custodyStep,
    holdReceivedTable,
    holdAskedTables,
    searchIndexes,
    viewsStep,
    memberStep,
    roundMarkingStep,
    askingStep,
    custodyOfAskedStep,
    noteLeftStep,
  ],
};
