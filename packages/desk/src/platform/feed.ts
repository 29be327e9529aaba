import type { Topic } from '@gongjo/contract';

/** Tells open pages what changed, inside one process. A slow listener cannot hold up the desk: listeners must not wait. */
export interface Feed {
  publish(...topics: Topic[]): void;
  subscribe(listener: (topics: readonly Topic[]) => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  return {
    publish: (...topics) => {
      for (const listener of listeners) listener(topics);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
