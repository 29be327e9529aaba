import type { Db } from '../platform/index.ts';
import type { Notice } from './outbox.ts';

/** Canonical JSON sorts its keys: whatever is more than objects begins so. */
const noticeStart = '{"gongjo":';

/** What an envelope of ours says besides its objects; null where it says nothing or is no JSON. */
export function letterIn(envelope: string): Notice | null {
  if (!envelope.startsWith(noticeStart)) return null;
  try {
    const { gongjo } = JSON.parse(envelope) as { gongjo: unknown };
    return typeof gongjo === 'object' && gongjo !== null && 'kind' in gongjo && typeof gongjo.kind === 'string'
      ? { ...gongjo, kind: gongjo.kind }
      : null;
  } catch {
    return null;
  }
}

/** A delivery that waits is signed anew: the partner knows this desk by another key than when it was signed first. */
export async function signAnew(tx: Db, partner: string, id: string, signature: string): Promise<void> {
  await tx.query(
    `update deliveries set signature = $3 where partner = $1 and direction = 'out' and id = $2 and state = 'waiting'`,
    [partner, id, signature],
  );
}
