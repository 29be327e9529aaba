import { zLiveEvent } from '@gongjo/contract';
import { z } from 'zod';
import { type LiveParts, type LiveState, listen } from './live.client.ts';

const zMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello') }),
  z.object({ kind: z.literal('state'), state: z.enum(['connecting', 'live', 'reconnecting']) }),
  z.object({ kind: z.literal('change'), topics: zLiveEvent.shape.topics.nullable() }),
]);
type Message = z.infer<typeof zMessage>;

/** The other pages of this desk in the same browser. */
export interface Tabs {
  /** Hears what the others say; the answer stops hearing. */
  readonly join: (hear: (message: unknown) => void) => () => void;
  readonly say: (message: Message) => void;
  /** Calls `run` when this page is the one that leads, at once or after the leader has gone; the answer gives it up. */
  readonly lead: (run: () => () => void) => () => void;
}

/**
 * Listens once for all pages of a browser. Browsers allow six connections to a server without HTTP/2, and each stream holds
 * one for good: a reader with seven incidents open would otherwise wait for ever. One page leads and tells the others;
 * when it is closed another one takes over, and everything is asked for again.
 */
export function listenTogether(parts: LiveParts, tabs: Tabs): () => void {
  let state: LiveState = 'connecting';
  let leads = false;
  const become = (next: LiveState): void => {
    state = next;
    parts.onState(next);
  };
  const leave = tabs.join((heard) => {
    const parsed = zMessage.safeParse(heard);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'hello') {
      if (leads) tabs.say({ kind: 'state', state });
    } else if (leads) return;
    else if (message.kind === 'change') parts.onChange(message.topics);
    else {
      // What changed before this page could hear of it.
      if (message.state === 'live' && state === 'connecting') parts.onChange(null);
      become(message.state);
    }
  });
  parts.onState(state);
  tabs.say({ kind: 'hello' });
  const resign = tabs.lead(() => {
    leads = true;
    return listen({
      ...parts,
      onState: (next) => {
        become(next);
        tabs.say({ kind: 'state', state: next });
      },
      onChange: (topics) => {
        parts.onChange(topics);
        tabs.say({ kind: 'change', topics: topics === null ? null : [...topics] });
      },
    });
  });
  return () => {
    resign();
    leave();
  };
}
