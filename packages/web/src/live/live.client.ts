import { type Topic, zLiveEvent } from '@gongjo/contract';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

/** The part of the browser's EventSource that is used; tests hand in their own. */
export interface EventStream {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(type: 'change', listener: (event: { readonly data: string }) => void): void;
  close(): void;
}

export interface LiveParts {
  readonly open: () => EventStream;
  readonly later: (run: () => void, ms: number) => () => void;
  readonly onState: (state: LiveState) => void;
  /** What changed; `null` when the stream (re)opened, as anything may have changed while it was closed. */
  readonly onChange: (topics: readonly Topic[] | null) => void;
}

const CLOSED = 2;
/** A desk that restarts is back within seconds, so the pause starts short; a desk that is gone is not hammered. */
const PAUSE_MS_FIRST = 500;
const PAUSE_MS_MAX = 10_000;

/**
 * Listens to what changes at the desk until stopped. The browser reconnects by itself after a lost connection, but gives up
 * after any answer that is not a stream, such as a restarting proxy's 502; then this opens a new stream after a pause.
 */
export function listen({ open, later, onState, onChange }: LiveParts): () => void {
  let stream: EventStream;
  let pauseMs = PAUSE_MS_FIRST;
  let cancel = (): void => {};
  let stopped = false;

  const start = (): void => {
    stream = open();
    stream.onopen = () => {
      pauseMs = PAUSE_MS_FIRST;
      onState('live');
      onChange(null);
    };
    stream.onerror = () => {
      if (stopped) return;
      onState('reconnecting');
      if (stream.readyState !== CLOSED) return;
      cancel = later(start, pauseMs);
      pauseMs = Math.min(PAUSE_MS_MAX, pauseMs * 2);
    };
    stream.addEventListener('change', ({ data }) => onChange(topicsOf(data)));
  };

  onState('connecting');
  start();
  return () => {
    stopped = true;
    cancel();
    stream.close();
  };
}

/** A message that is not understood is taken as "anything may have changed": better asked once too often than not shown. */
function topicsOf(data: string): readonly Topic[] | null {
  try {
    const parsed = zLiveEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data.topics : null;
  } catch {
    return null;
  }
}
