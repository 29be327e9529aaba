/** Requests to partners, and from them. What was asked and answered are the events; a row is there for drafts and lists. */
export const requestTables = `
     create table partner_requests (
       id text primary key,
       asker text not null,
       asked text not null,
       tlp text not null,
       draft jsonb,
       opened_at timestamptz not null,
       opened_by text not null
     );
     create table request_events (
       object text primary key,
       seq bigint not null generated always as identity unique,
       request text not null,
       from_desk text not null,
       to_desk text not null,
       desk text not null,
       n integer not null,
       seen jsonb not null,
       at timestamptz not null,
       what jsonb not null,
       tlp text,
       by text,
       recalled_at timestamptz,
       kept_at timestamptz not null
     );
     create index request_events_request on request_events (request, seq)`;
