/** Files that came back: their bytes, kept as they came. Rows are only ever added. */
export const holdReceivedTable = `create table hold_received (
       id text primary key,
       hold text not null references holds (id) on delete cascade,
       seq integer not null,
       sha256 text not null,
       kind text not null,
       name text not null,
       media_type text not null,
       size integer not null,
       content bytea not null,
       giver text not null,
       received_at timestamptz not null,
       taken_at timestamptz not null,
       by text not null,
       note text,
       unique (hold, sha256),
       unique (hold, seq)
     )`;
