/**
 * Who besides partner desks uses the TAXII server, and what it holds for them. A secret is kept as its SHA-256 alone: it is 256
 * random bits that the desk made, so nothing slower is needed, and a copy of the tables opens no door.
 */
export const taxiiStep = `create table taxii_accounts (
       name text primary key,
       secret_sha256 text not null unique,
       created_at timestamptz not null,
       expires_at timestamptz
     );
     create table taxii_collections (
       alias text primary key,
       id text not null unique,
       title jsonb not null,
       description jsonb,
       selection jsonb not null,
       unmarked text not null,
       country text not null,
       agreement text,
       roles jsonb not null,
       communities jsonb not null,
       mark_floor text,
       created_at timestamptz not null,
       filled_to integer not null default 0,
       filled_basis text not null default ''
     );
     create table taxii_rights (
       account text not null references taxii_accounts (name) on delete cascade,
       collection text not null references taxii_collections (alias) on delete cascade,
       can_read boolean not null,
       can_write boolean not null,
       primary key (account, collection)
     );
     create table taxii_statuses (
       id text not null,
       owner text not null,
       requested_at timestamptz not null,
       status jsonb not null,
       primary key (owner, id)
     );
     create index taxii_statuses_age on taxii_statuses (requested_at);
     create table taxii_feeds (
       name text primary key,
       cursor jsonb not null,
       state text not null check (state in ('idle', 'ok', 'down')),
       problem jsonb,
       last_run_at timestamptz,
       last_contact_at timestamptz,
       failures integer not null default 0,
       admitted bigint not null default 0,
       refused bigint not null default 0,
       sent bigint not null default 0
     )`;
