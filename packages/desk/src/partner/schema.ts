import type { Schema } from '../platform/index.ts';
import { overlapReferenceStep, overlapStep } from './overlap/overlap.schema.ts';
import { partnerReading } from './reading.ts';
import { taxiiStep } from './taxii.schema.ts';

export const partnerSchema: Schema = {
  module: 'partner',
  reading: partnerReading,
  steps: [
    `create table partners (
       desk text primary key,
       card jsonb not null,
       fingerprint text not null,
       agreement text,
       added_at timestamptz not null,
       link_state text not null default 'idle' check (link_state in ('idle', 'ok', 'down')),
       last_contact_at timestamptz,
       problem jsonb
     )`,
    `alter table partners
       add column state text not null default 'active' check (state in ('active', 'suspended')),
       add column roles jsonb not null default '[]',
       add column communities jsonb not null default '[]',
       add column mark_floor text,
       add column legal_basis text,
       add column quotas jsonb not null default '{}',
       add column our_key text,
       add column notice text,
       add column down_since timestamptz;
     create table partner_keys (
       desk text not null,
       kid text not null,
       key jsonb not null,
       since timestamptz not null,
       until timestamptz,
       revoked_at timestamptz,
       reason text,
       primary key (desk, kid)
     );
     insert into partner_keys (desk, kid, key, since)
       select desk, translate(rtrim(encode(decode(replace(fingerprint, ' ', ''), 'hex'), 'base64'), '='), '+/', '-_'),
         card->'key', added_at
       from partners;
     create table own_keys (
       kid text primary key,
       key jsonb not null,
       since timestamptz not null,
       until timestamptz,
       revoked_at timestamptz,
       reason text
     );
     create table partner_usage (
       desk text not null,
       hour timestamptz not null,
       requests bigint not null default 0,
       deliveries bigint not null default 0,
       objects bigint not null default 0,
       bytes bigint not null default 0,
       told boolean not null default false,
       primary key (desk, hour)
     );
     create table pairings (
       id text primary key,
       side text not null check (side in ('inviter', 'accepter')),
       state text not null check (state in ('invited', 'begun', 'words', 'paired', 'burnt')),
       name text,
       agreement text,
       secret text,
       made_at timestamptz not null,
       expires_at timestamptz not null,
       made_by text not null,
       our_key text not null,
       card jsonb,
       commitment text,
       our_nonce text,
       their_nonce text,
       transcript text,
       confirmed_here_at timestamptz,
       confirmed_there_at timestamptz,
       their_confirmation text,
       told_at timestamptz,
       ended_at timestamptz,
       problem jsonb
     )`,
    taxiiStep,
    overlapStep,
    overlapReferenceStep,
  ],
};
