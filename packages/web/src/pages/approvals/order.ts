import type { ReleaseRequest } from '@gongjo/contract';

/** A person here can decide it; what another desk was asked, only that desk can. */
export function isMine({ kind, state }: Pick<ReleaseRequest, 'kind' | 'state'>): boolean {
  return state === 'open' && kind !== 'origin';
}

/** Open ones by when they end, the first to end first; decided ones newest first. */
export function inOrder(requests: readonly ReleaseRequest[]): {
  readonly open: ReleaseRequest[];
  readonly closed: ReleaseRequest[];
} {
  const [open, closed] = [true, false].map((is) => requests.filter(({ state }) => (state === 'open') === is));
  return {
    open: (open ?? []).sort((a, b) => a.expiresAt.localeCompare(b.expiresAt)),
    closed: (closed ?? []).sort((a, b) => b.askedAt.localeCompare(a.askedAt)),
  };
}
