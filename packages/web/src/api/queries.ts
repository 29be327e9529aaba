import type { Topic } from '@gongjo/contract';
import { QueryClient, queryOptions } from '@tanstack/react-query';
import { desk } from './desk.client.ts';
import { mayPass } from './failure.ts';

/** Attempts after a failure that may pass; with the pauses between them they span a restart of the desk. */
const RETRIES_MAX = 4;
const RETRY_PAUSE_MS_MAX = 8000;

/** Answers stay valid until the desk says over server-sent events that something changed. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: (failures, error) => failures < RETRIES_MAX && mayPass(error),
        retryDelay: (attempt) => Math.min(RETRY_PAUSE_MS_MAX, 500 * 2 ** attempt),
        refetchOnWindowFocus: false,
      },
    },
  });
}

export const queries = {
  me: queryOptions({ queryKey: ['me'], queryFn: desk.me }),
  status: queryOptions({ queryKey: ['status'], queryFn: desk.status }),
  incidents: queryOptions({ queryKey: ['incidents', 'list'], queryFn: desk.incidents }),
  incident: (id: string) => queryOptions({ queryKey: ['incidents', 'one', id], queryFn: () => desk.incident(id) }),
  alerts: queryOptions({ queryKey: ['alerts'], queryFn: desk.alerts }),
  approvals: queryOptions({ queryKey: ['approvals'], queryFn: desk.approvals }),
  quarantine: (id: string) =>
    queryOptions({ queryKey: ['partners', id, 'quarantine'], queryFn: () => desk.quarantine(id) }),
  partner: (id: string) => queryOptions({ queryKey: ['partners', id], queryFn: () => desk.partner(id) }),
};

/** The first part of the query keys that a topic makes stale; a partner's link also stands in the desk's status. */
export const staleKeys: Readonly<Record<Topic, readonly string[]>> = {
  status: ['status'],
  incidents: ['incidents'],
  alerts: ['alerts'],
  partners: ['partners', 'status', 'approvals'],
  notices: ['notices', 'incidents'],
};
