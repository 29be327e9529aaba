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
