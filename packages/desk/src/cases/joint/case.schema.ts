/** Cases and what is known of them. A revision may be here before its case is: what a partner releases comes in any order. */
export const jointTables = `
     create table cases (
       id text primary key,
       origin text,
       title jsonb not null,
       tlp text not null,
       opened_at timestamptz not null,
       opened_by text not null,
       recalled_at timestamptz
     );
     create table case_desks (
       case_id text not null,
       desk text not null,
       invited boolean not null,
       legal_basis text,
       purpose text not null default 'investigation',
       added_at timestamptz not null,
       added_by text not null,
       primary key (case_id, desk)
     );
     create table case_revisions (
       object text primary key,
       seq bigint not null generated always as identity unique,
       case_id text not null,
       fact text not null,
       desk text not null,
       n integer not null,
       seen jsonb not null,
       at timestamptz not null,
       body jsonb not null,
       about jsonb not null,
       tlp text,
       by text,
       kept_here boolean not null default false,
       recalled_at timestamptz,
       kept_at timestamptz not null
     );
     create index case_revisions_case on case_revisions (case_id, desk, seq);
     create index case_revisions_incident on case_revisions ((body ->> 'incident')) where body ->> 'kind' = 'incident';
     create table case_documents (
       sha256 text primary key,
       bytes bytea not null,
       media_type text not null,
       kept_at timestamptz not null,
       kept_by text not null
     )`;
