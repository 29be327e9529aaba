/**
 * What persons may read of a table. `open`: all of it, for it says nothing of any case. `closed`: nothing; the desk alone works
 * with it. A rule: the rows for which `using` (SQL over the row) is true, without the columns that are `hidden`.
 */
export type TableRule = 'open' | 'closed' | { readonly using: string; readonly hidden?: readonly string[] };

export interface Reading {
  /** Every table stands in the list of one module: of its own, or of a later one where its rule needs what that one knows. */
  readonly tables: Readonly<Record<string, TableRule>>;
  /** What the rules call: statements that may be repeated. */
  readonly functions?: readonly string[];
}

const clearance = '(select gongjo_clearance())';

/**
 * A function that the rules call, which asks as the owner of the tables: what is hidden from a reader can be told apart from
 * what there is not only by somebody who sees both.
 */
export const asOwner = (signature: string, returns: string, body: string, language = 'sql'): string =>
  `create or replace function ${signature} returns ${returns} language ${language} stable security definer set search_path from current as $$ ${body} $$`;

/** The marking in this column is within the reader's clearance. */
export const within = (tlp: string): string => `gongjo_rank(${tlp}) <= ${clearance}`;

/** A rank in this column is within the reader's clearance. */
export const withinRank = (rank: string): string => `${rank} <= ${clearance}`;

/** The row that this column names is seen. `optional`: it may name none, and then every reader sees it. */
export function bySeen(column: string, table: string, key = 'id', optional = false): string {
  const seen = `${column} in (select ${key} from ${table})`;
  return optional ? `(${column} is null and ${clearance} is not null or ${seen})` : seen;
}
