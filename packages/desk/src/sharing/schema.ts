import type { Schema } from '../platform/index.ts';
import { marksStep } from './marks.schema.ts';
import { readableOrderStep, readableStep } from './readable.schema.ts';
import { sharingReading } from './reading.ts';
import { searchIndexes } from './search.schema.ts';

export const sharingSchema: Schema = {
  module: 'sharing',
  reading: sharingReading,
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
    // Decisions about any object and any recipient. Until here all were about this desk's own objects, and the origins of
    // others' are the partners that deliveries came from.
    `alter table release_decisions rename column partner to recipient;
     alter table release_decisions alter column seq type bigint;
     alter table release_decisions add column origin text,
       add column type text,
       add column outcome text,
       add column latest boolean not null default false,
       add column withdrawn_at timestamptz,
       add column profile text,
       add column removed jsonb not null default '[]',
       add column copy text,
       add column sha256 text,
       add column purpose text not null default 'investigation',
       add column legal_basis text;
     update release_decisions d set
       outcome = case when d.released then 'release' else 'refuse' end,
       origin = o.origin, type = o.type, sha256 = o.sha256
       from shared_objects o
       where o.id = d.object_id and o.modified = d.modified
         and o.origin not in (select partner from deliveries where direction = 'in' and state = 'admitted');
     delete from release_decisions where origin is null;
     update release_decisions d set latest = true
       where d.released and d.modified = (select max(n.modified) from release_decisions n
         where n.recipient = d.recipient and n.object_id = d.object_id and n.released);
     alter table release_decisions alter column origin set not null,
       alter column type set not null,
       alter column outcome set not null,
       alter column sha256 set not null;
     alter table release_decisions drop constraint release_decisions_pkey;
     alter table release_decisions add primary key (recipient, object_id, modified, origin);
     drop index release_decisions_released;
     create index release_decisions_readable on release_decisions (recipient, seq) where released and withdrawn_at is null;
     alter table shared_objects add column delivery text,
       add column revoked boolean not null default false,
       add column recalled_at timestamptz,
       add column recall text;
     create index shared_objects_origin on shared_objects (origin, added_seq);
     create index shared_objects_incident on shared_objects (incident, added_seq) where incident is not null;
     update shared_objects set revoked = true where body::jsonb ->> 'revoked' = 'true'`,
    // What waits for a person, or for the desk that an object came from.
    `create table release_requests (
       id text primary key,
       seq bigint not null generated always as identity unique,
       kind text not null check (kind in ('person', 'origin', 'consent')),
       state text not null check (state in ('open', 'approved', 'refused', 'expired', 'superseded')),
       recipient text not null,
       origin text not null,
       incident text,
       purpose text not null,
       legal_basis text,
       basis text not null,
       persons integer not null default 1,
       asked_by text not null,
       asked_at timestamptz not null,
       expires_at timestamptz not null,
       closed_at timestamptz,
       facts jsonb not null default '{}',
       reasons jsonb not null
     );
     create index release_requests_state on release_requests (state, seq);
     create table release_request_objects (
       request text not null references release_requests (id),
       place integer not null,
       object_id text not null,
       modified text not null,
       origin text not null,
       sha256 text not null,
       primary key (request, place)
     );
     create index release_request_objects_version on release_request_objects (object_id, modified, origin);
     create table release_approvals (
       request text not null references release_requests (id),
       person text not null,
       verdict text not null check (verdict in ('approve', 'refuse')),
       reason text,
       at timestamptz not null,
       primary key (request, person)
     );
     create table recalls (
       id text primary key,
       seq bigint not null generated always as identity unique,
       direction text not null check (direction in ('out', 'in')),
       partner text,
       reason jsonb not null,
       by text not null,
       delivery text,
       at timestamptz not null
     );
     create table recalled_objects (
       recall text not null references recalls (id),
       object_id text not null,
       modified text not null,
       origin text not null,
       done text not null,
       primary key (recall, object_id, modified, origin)
     );
     create index recalled_objects_object on recalled_objects (object_id);
     create table quarantined_objects (
       seq bigint primary key generated always as identity,
       source text not null,
       delivery text,
       place integer not null,
       object_id text,
       body text not null,
       problem jsonb not null,
       at timestamptz not null
     );
     create index quarantined_objects_source on quarantined_objects (source, seq);
     create table object_marks (
       seq bigint primary key generated always as identity,
       object_id text not null,
       tlp text not null,
       reason text not null,
       by text not null,
       at timestamptz not null
     );
     create index object_marks_object on object_marks (object_id, seq)`,
    // Deliveries of other kinds than objects, what of one was refused, and the level that an unmarked object was taken for.
    `alter table shared_objects add column given_tlp text;
     alter table deliveries add column kind text not null default 'objects',
       add column refused jsonb not null default '[]',
       add column recall text`,
    // Every policy set that was ever in force here, so that a decision's basis can be read years later.
    `create table policy_sets (
       seq bigint primary key generated always as identity,
       sha256 text not null,
       body text not null,
       by text not null,
       reason text,
       at timestamptz not null
     )`,
    readableStep,
    readableOrderStep,
    searchIndexes,
    marksStep,
  ],
};
