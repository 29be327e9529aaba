import type { Tlp } from '@gongjo/contract';
import type { Schema } from './records.store.ts';

/**
 * What a person may read is decided by the database (PostgreSQL, "Row Security Policies"), in every statement that is run for
 * the person: no query can forget it, and what is hidden is in no list, no count and no join. The desk's own work is done by
 * the owner of the tables, whom no policy binds.
 */

/** For whom something is read. */
export interface Reader {
  /** The account's identifier: what cases that are restricted know their members by. */
  readonly person: string;
  /** Null: cleared for nothing. */
  readonly clearance: Tlp | null;
}

/** Nobody can sign in as it; the desk takes it on for a statement. */
export const readerRole = 'gongjo_reader';

/**
 * One statement that makes the rest of the transaction the reader's. `$1` the clearance, `$2` the person: as words, so that a
 * value that is none of the levels is no clearance at all.
 */
export const becomeReader = `select set_config('role', '${readerRole}', true), set_config('gongjo.clearance', $1, true), set_config('gongjo.person', $2, true)`;

const levels = `array['clear', 'green', 'amber', 'amber+strict', 'red']`;

/**
 * `gongjo_rank`: how strict a marking is, from 0 (clear) to 4 (red); what is unmarked or no level is as strict as red.
 * `gongjo_clearance`: up to which rank the reader may read; null without a reader, and then every comparison hides.
 */
export const readerSchema: Schema = {
  module: 'platform',
  reading: { tables: { migrations: 'closed', reading: 'closed' } },
  steps: [
    `create or replace function gongjo_rank(tlp text) returns integer language sql immutable parallel safe as $$ select coalesce(array_position(${levels}, tlp) - 1, 4) $$;
     create or replace function gongjo_clearance() returns integer language sql stable parallel safe as $$ select array_position(${levels}, current_setting('gongjo.clearance', true)) - 1 $$`,
  ],
};
