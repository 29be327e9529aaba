import type { Topic } from '@gongjo/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { staleKeys } from '../api/queries.ts';
import type { EventStream, LiveState } from './live.client.ts';
import { listenTogether, type Tabs } from './shared.client.ts';

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
    const open = () => new EventSource('/api/events') as EventStream;
    return listenTogether({ open, later, onState: setState, onChange }, tabsOfBrowser());
  }, [client]);
  return state;
}

const NAME = 'gongjo-live';

/** Pages find each other over a broadcast channel; a lock, which a browser frees with its page, says which one leads. */
function tabsOfBrowser(): Tabs {
  const channel = new BroadcastChannel(NAME);
  return {
    join: (hear) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => hear(data);
      return () => channel.close();
    },
    say: (message) => channel.postMessage(message),
    lead: (run) => {
      // Browsers give no locks to pages without https, except on the machine itself; then each page leads itself.
      if (!window.isSecureContext) return run();
      const waiting = new AbortController();
      const { promise: led, resolve: resign } = Promise.withResolvers<void>();
      let stop = (): void => {};
      navigator.locks
        .request(NAME, { signal: waiting.signal }, () => {
          stop = run();
          return led;
        })
        .catch(() => {
          // Given up while waiting.
        });
      return () => {
        waiting.abort();
        stop();
        resign();
      };
    },
  };
}
