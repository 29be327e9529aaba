import type { Instant, Reason, Text } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** What became of one object for one recipient. */
export interface Given {
  readonly recipient: string;
  readonly outcome: string;
  readonly released: boolean;
  /** It had it, and it was taken back. */
  readonly withdrawn: boolean;
  /** When that was decided. */
  readonly at: Instant;
  readonly reasons: readonly Reason[];
}

/** As people are shown it: what was taken back is no release, whatever was decided before. */
export function givenView({ outcome, released, withdrawn, reasons }: Given): {
  readonly outcome: string;
  readonly reasons: readonly Text[];
} {
  return {
    outcome: withdrawn ? 'withdrawn' : released ? 'release' : outcome,
    reasons: reasons.map(({ text }) => text),
  };
}

/**
 * What was decided last about each of these objects of this desk's, for every desk. The revoked version by which a recipient is told
 * that an object is taken back is a decision as well, for the reason `recalled`.
 */
export async function givenOf(db: Db, origin: string, objects: readonly string[]): Promise<Map<string, Given[]>> {
  const rows = await db.query<Omit<Given, 'at'> & { object_id: string; decided_at: Date }>(
    `select object_id, recipient, outcome, released and not withdrawn as released, withdrawn, reasons, decided_at from (
       select distinct on (object_id, recipient) object_id, recipient, outcome, released, reasons, decided_at,
         released and (withdrawn_at is not null or reasons @> '[{"policy": "recalled"}]') as withdrawn
       from release_decisions where origin = $1 and object_id = any($2) and recipient not like 'collection:%'
       order by object_id, recipient, seq desc) as last order by object_id, recipient`,
    [origin, objects],
  );
  const given = new Map<string, Given[]>();
  for (const { object_id, decided_at, ...rest } of rows)
    given.set(object_id, [...(given.get(object_id) ?? []), { ...rest, at: instant(decided_at.getTime()) }]);
  return given;
}
