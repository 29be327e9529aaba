import type { Schema } from '../platform/index.ts';
import { auditReading } from './reading.ts';
import { witnessStep } from './witness.schema.ts';

export const auditSchema: Schema = {
  module: 'audit',
  reading: auditReading,
  steps: [
    `create table audit_entries (
       seq integer primary key,
       at timestamptz not null,
       actor text not null,
       action text not null,
       subject text not null,
       details jsonb not null,
       link text not null
     )`,
    // `link` stays with the entries from before the tree, whose chain was checked when they were taken into it.
    `alter table audit_entries alter column link drop not null, add column hashes text;
     create index audit_entries_outside on audit_entries (seq) where hashes is null`,
    witnessStep,
    // What an incident's package holds, and what a list shows of one subject or actor, out of a record of millions.
    `create index audit_entries_about on audit_entries (subject, seq);
     create index audit_entries_by on audit_entries (actor, seq)`,
  ],
};
