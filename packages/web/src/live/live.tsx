import type { Topic } from '@gongjo/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { staleKeys } from '../api/queries.ts';
import { type EventStream, type LiveState, listen } from './live.client.ts';

/** Keeps every query of the page fresh for as long as the component is shown. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const onChange = (topics: readonly Topic[] | null): void => {
      if (topics === null) void client.invalidateQueries();
      else
        for (const key of new Set(topics.flatMap((topic) => staleKeys[topic])))
          void client.invalidateQueries({ queryKey: [key] });
    };
    const later = (run: () => void, ms: number) => {
      const timer = window.setTimeout(run, ms);
      return () => window.clearTimeout(timer);
    };
    return listen({ open: () => new EventSource('/api/events') as EventStream, later, onState: setState, onChange });
  }, [client]);
  return state;
}
