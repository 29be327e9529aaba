/**
 * `audit_checkpoints`: what this desk signed of its own record, and what its witnesses said to it. `witnessed_checkpoints`: the
 * newest checkpoint of each partner that continues the one before. `audit_contradictions`: two signed checkpoints that cannot
 * be of one history, of a partner or of this desk, with the messages they came in.
 */
export const witnessStep = `create table audit_checkpoints (
       size integer primary key,
       root text not null,
       note text not null,
       at timestamptz not null
     );
     create table audit_witnesses (
       desk text primary key,
       size integer not null,
       cosignature text,
       witnessed_at timestamptz,
       asked_at timestamptz,
       problem jsonb
     );
     create table witnessed_checkpoints (
       desk text primary key,
       size integer not null,
       note text not null,
       witnessed_at timestamptz not null,
       seen_at timestamptz not null
     );
     create table audit_contradictions (
       id text primary key,
       desk text not null,
       kind text not null check (kind in ('forked', 'shortened')),
       held_size integer not null,
       held text not null,
       told_size integer not null,
       told text not null,
       message text,
       found_at timestamptz not null,
       accepted_at timestamptz,
       accepted_by text,
       reason text
     );
     create unique index audit_contradictions_open on audit_contradictions (desk) where accepted_at is null`;
