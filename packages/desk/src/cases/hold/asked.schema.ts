/**
 * Hold requests that partners made to this desk, their documents, and what was said to them; what addressees' desks said to this
 * desk's own; and which file went with which delivery.
 */
export const holdAskedTables = `create table holds_asked (
       desk text not null,
       id text not null,
       round integer not null,
       object text not null,
       tlp text not null,
       body jsonb not null,
       received_at timestamptz not null,
       primary key (desk, id)
     );
     create table holds_asked_documents (
       desk text not null,
       hold text not null,
       sha256 text not null,
       content bytea not null,
       received_at timestamptz not null,
       primary key (desk, hold, sha256)
     );
     create table hold_words (
       -- The desk that asks, and the one that is asked.
       asker text not null,
       asked text not null,
       hold text not null,
       n integer not null,
       object text not null,
       tlp text not null,
       body jsonb not null,
       by text not null,
       entered_at timestamptz not null,
       content bytea,
       problem jsonb,
       -- Of this desk's own words: the other side has it, or has refused it.
       settled boolean not null default false,
       primary key (asker, asked, hold, n)
     );
     create table hold_parcels (
       object text not null,
       sha256 text not null,
       delivery text not null,
       primary key (object, sha256)
     )`;
