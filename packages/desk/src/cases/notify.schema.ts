/** Reports, what may be one incident, and notices. */
export const notifyTables = `
     create table reporters (
       name text primary key,
       organisation text not null,
       country text,
       token_sha256 text not null unique,
       reports_per_hour integer not null,
       created_at timestamptz not null,
       created_by text not null,
       revoked_at timestamptz,
       last_used_at timestamptz
     );
     create table reporter_calls (
       name text not null,
       hour timestamptz not null,
       calls integer not null,
       primary key (name, hour)
     );
     create table incident_reports (
       id text primary key,
       incident text not null references incidents (id),
       via text not null,
       by text not null,
       reference text,
       outcome text not null,
       body jsonb not null,
       at timestamptz not null
     );
     create unique index incident_reports_reference on incident_reports (by, reference) where reference is not null;
     create index incident_reports_incident on incident_reports (incident);
     create table incident_matches (
       incident text not null,
       other text not null,
       certainty text not null,
       reasons jsonb not null,
       state text not null,
       found_at timestamptz not null,
       decided_by text,
       decided_at timestamptz,
       primary key (incident, other)
     );
     create index incident_matches_other on incident_matches (other);
     create table incidents_told (
       incident text primary key,
       basis text not null,
       planned_at timestamptz not null
     );
     insert into incidents_told (incident, basis, planned_at) select id, 'before', opened_at from incidents;
     create table notices (
       id text primary key,
       incident text not null,
       agency text not null,
       contact text not null,
       channel text not null,
       cause text not null,
       instead_of text,
       drill boolean not null,
       state text not null,
       at timestamptz not null,
       round integer not null default 1,
       attempts integer not null default 0,
       next_at timestamptz,
       sent_at timestamptz,
       delivered_at timestamptz,
       acknowledged_at timestamptz,
       acknowledged_by text,
       problem jsonb,
       unique (incident, agency, contact, channel)
     );
     create index notices_next on notices (channel, next_at) where next_at is not null;
     create table escalations (
       incident text not null,
       agency text not null,
       step text not null,
       at timestamptz not null,
       target text not null,
       done_at timestamptz not null,
       primary key (incident, agency, step)
     )`;
