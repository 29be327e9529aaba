import type { Schema } from '../platform/index.ts';
import { taxiiStep } from './taxii.schema.ts';

export const partnerSchema: Schema = {
  module: 'partner',
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
    taxiiStep,
  ],
};
