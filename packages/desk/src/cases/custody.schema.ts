/** Every document that came in or went out: what it is, by its digest, who took it and why. Rows are only ever added. */
export const custodyStep = `create table custody (
       seq integer primary key generated always as identity,
       id text not null unique,
       incident text,
       case_id text,
       direction text not null check (direction in ('in', 'out')),
       name text not null,
       media_type text not null,
       bytes bigint,
       sha256 text not null,
       who text not null,
       why text not null,
       at timestamptz not null
     );
     create index custody_of_incident on custody (incident, seq);
     create index custody_of_case on custody (case_id, seq);
     create index custody_by_digest on custody (sha256)`;

/** The partner's hold request that a document belongs to: it stands in no incident of this desk's, and is seen with that request. */
export const custodyOfAskedStep = `alter table custody add column asker text;
     alter table custody add column hold text`;
