import type { Schema } from '../platform/index.ts';

/**
 * Whoever holds a copy of these tables can sign in as nobody: of tokens there is the SHA-256 (they are 256 random bits, so
 * nothing slower is needed), of passkeys the public key. The name is that of the module which had the first two tables.
 */
export const peopleSchema: Schema = {
  module: 'http',
  reading: {
    tables: {
      accounts: 'closed',
      sign_in_links: 'closed',
      sessions: 'closed',
      passkeys: 'closed',
      api_tokens: 'closed',
      restricted_reads: 'closed',
      people_policies: 'closed',
    },
  },
  steps: [
    `create table sign_in_links (
       token_sha256 text primary key,
       name text not null,
       expires_at timestamptz not null
     );
     create table sessions (
       token_sha256 text primary key,
       name text not null,
       signed_in_at timestamptz not null,
       expires_at timestamptz not null
     )`,
    // Sessions and links of before have no account; they would have ended within the shift.
    `drop table sessions;
     drop table sign_in_links;
     create table accounts (
       id text primary key,
       name text not null unique,
       roles jsonb not null,
       clearance text not null,
       subject text unique,
       state text not null,
       made_by text not null,
       made_at timestamptz not null
     );
     create table sign_in_links (
       token_sha256 text primary key,
       account text not null references accounts (id),
       kind text not null,
       expires_at timestamptz not null
     );
     create table sessions (
       id text primary key,
       token_sha256 text not null unique,
       account text not null references accounts (id),
       way text not null,
       signed_in_at timestamptz not null,
       used_at timestamptz not null,
       expires_at timestamptz not null,
       browser text not null
     );
     create index sessions_of on sessions (account);
     create table passkeys (
       id text primary key,
       account text not null references accounts (id),
       name text not null,
       public_key text not null,
       counter bigint not null,
       transports jsonb not null,
       made_at timestamptz not null,
       used_at timestamptz,
       suspected_at timestamptz
     );
     create index passkeys_of on passkeys (account);
     create table api_tokens (
       id text primary key,
       token_sha256 text not null unique,
       account text not null references accounts (id),
       name text not null,
       rights jsonb not null,
       made_by text not null,
       made_at timestamptz not null,
       expires_at timestamptz not null,
       used_at timestamptz,
       revoked_at timestamptz
     );
     create index api_tokens_of on api_tokens (account);
     create table restricted_reads (
       person text not null,
       thing text not null,
       day date not null,
       primary key (person, thing, day)
     );
     create table people_policies (
       sha256 text primary key,
       text text not null,
       seen_at timestamptz not null
     )`,
  ],
};
