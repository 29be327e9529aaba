/** Hold requests of this desk, what happened to them, their documents, messages and warnings; and requests that partners released. */
export const holdTables = `
     create table holds (
       id text primary key,
       incident text not null references incidents (id),
       alert text,
       state text not null,
       addressee text not null,
       chain text not null,
       address text not null,
       drill boolean not null,
       addressee_body jsonb not null,
       facts jsonb not null,
       progress jsonb not null,
       approvals_needed integer not null,
       number text,
       round integer not null default 0,
       drafted_by text not null,
       drafted_at timestamptz not null,
       updated_at timestamptz not null
     );
     create index holds_incident on holds (incident);
     create index holds_value on holds (chain, address);
     create table hold_happenings (
       hold text not null references holds (id) on delete cascade,
       seq integer not null,
       kind text not null,
       at timestamptz not null,
       entered_at timestamptz not null,
       by text not null,
       body jsonb not null,
       primary key (hold, seq)
     );
     create table hold_numbers (
       year integer primary key,
       last integer not null
     );
     create table hold_documents (
       hold text not null references holds (id) on delete cascade,
       round integer not null,
       name text not null,
       form text not null,
       language text,
       size integer not null,
       sha256 text not null,
       content text not null,
       made_at timestamptz not null,
       primary key (hold, round, name)
     );
     create table hold_messages (
       id text primary key,
       hold text not null references holds (id) on delete cascade,
       key text not null,
       round integer not null,
       agency text not null,
       contact text not null,
       channel text not null,
       target text not null,
       state text not null,
       attempts integer not null default 0,
       at timestamptz not null,
       next_at timestamptz,
       sent_at timestamptz,
       asked_by text not null,
       problem jsonb,
       unique (hold, key, agency, contact, channel)
     );
     create index hold_messages_next on hold_messages (next_at) where next_at is not null;
     create table hold_warnings (
       hold text not null references holds (id) on delete cascade,
       key text not null,
       kind text not null,
       hours integer not null,
       due_at timestamptz not null,
       at timestamptz not null,
       told boolean not null,
       primary key (hold, key)
     );
     create table partner_holds (
       desk text not null,
       id text not null,
       incident text,
       modified text not null,
       body jsonb not null,
       received_at timestamptz not null,
       revoked boolean not null default false,
       primary key (desk, id)
     );
     create table hold_joins (
       hold text not null references holds (id) on delete cascade,
       -- The desk whose request the other one is; empty: this desk's.
       desk text not null,
       other text not null,
       reasons jsonb not null,
       at timestamptz not null,
       primary key (hold, desk, other)
     )`;

/** The marking that the letters of a round carry. Of those that were approved before, the incident's is the only one that is known. */
export const roundMarkingStep = `alter table holds add column round_tlp text;
     update holds h set round_tlp = i.body ->> 'tlp' from incidents i where i.id = h.incident and h.round > 0`;

/** What a round asked the addressee's desk, as it was put together once, and the note that carries it. */
export const askingStep = `alter table hold_messages add column asking jsonb;
     alter table hold_messages add column asking_object text`;

/** Whether that note was let go, and is with the courier: its files follow it later. Of those before, the files are the sign. */
export const noteLeftStep = `alter table hold_messages add column note_left boolean not null default false`;
