/** The tables of private comparisons. No secret is in them but the blinds of a session under way. */
export const overlapStep = `
  create table overlap_terms (
    desk text primary key,
    per_hour integer not null,
    per_day integer not null,
    reverse_count integer not null,
    set_at timestamptz not null,
    set_by text not null
  );
  create table overlap_epochs (
    epoch integer primary key,
    public_key text not null,
    since timestamptz not null
  );
  create table overlap_entries (
    id text primary key,
    source text not null,
    listed boolean not null,
    kind text not null,
    text text not null,
    disclosure text not null check (disclosure in ('open', 'contact', 'silent')),
    contact text not null,
    reference text,
    added_at timestamptz not null,
    removed_at timestamptz
  );
  create index overlap_entries_text on overlap_entries (kind, text);
  create index overlap_entries_source on overlap_entries (source) where removed_at is null;
  create table overlap_values (
    kind text not null,
    text text not null,
    epoch integer not null,
    value text not null,
    primary key (kind, text, epoch)
  );
  create index overlap_values_value on overlap_values (epoch, value);
  create table overlap_published (
    epoch integer not null,
    serial integer not null,
    list_id text not null,
    entries integer not null,
    pad_from bigint not null,
    pad_count integer not null,
    made_at timestamptz not null,
    primary key (epoch, serial)
  );
  create table overlap_commitments (
    desk text not null,
    epoch integer not null,
    public_key text not null,
    said text not null,
    seen_at timestamptz not null,
    primary key (desk, epoch)
  );
  create table overlap_known (
    desk text not null,
    epoch integer not null,
    kind text not null,
    text text not null,
    output text not null,
    primary key (desk, epoch, kind, text)
  );
  create table overlap_sessions (
    id text primary key,
    desk text not null,
    side text not null check (side in ('asker', 'answerer')),
    state text not null check (state in ('open', 'done', 'failed')),
    asked integer not null,
    went_back integer not null default 0,
    in_common integer not null default 0,
    our_epoch integer not null,
    their_epoch integer not null,
    list text,
    digests jsonb not null default '{}',
    purpose text not null,
    legal_basis text,
    by_whom text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    kept text,
    reply text,
    came text,
    problem jsonb
  );
  create index overlap_sessions_open on overlap_sessions (desk) where state = 'open';
  create table overlap_matches (
    desk text not null,
    entry text not null,
    found boolean not null default false,
    learned boolean not null default false,
    their_note jsonb,
    told jsonb,
    session text,
    first_at timestamptz not null,
    primary key (desk, entry)
  );
  create table overlap_usage (
    desk text not null,
    hour timestamptz not null,
    questions integer not null default 0,
    refusals integer not null default 0,
    told boolean not null default false,
    primary key (desk, hour)
  )`;

/** Matches are read by the incident or case that an entry stands for. */
export const overlapReferenceStep = `
  create index overlap_entries_reference on overlap_entries (reference) where reference is not null`;
