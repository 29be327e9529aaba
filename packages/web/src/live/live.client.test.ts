import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EventStream, type LiveParts, listen } from './live.client.ts';

function rig() {
  const streams: (EventStream & { say: (data: string) => void; closed: boolean })[] = [];
  const pauses: { run: () => void; ms: number }[] = [];
  const states: string[] = [];
  const changes: unknown[] = [];
  const parts: LiveParts = {
    open: () => {
      let listener = (_: { data: string }): void => {};
      const stream = {
        readyState: 0,
        onopen: null,
        onerror: null,
        closed: false,
        addEventListener: (_: 'change', on: (event: { readonly data: string }) => void) => {
          listener = on;
        },
        say: (data: string) => listener({ data }),
        close: () => {
          stream.closed = true;
        },
      };
      streams.push(stream);
      return stream;
    },
    later: (run, ms) => {
      const pause = { run, ms };
      pauses.push(pause);
      return () => pauses.splice(pauses.indexOf(pause), 1);
    },
    onState: (state) => states.push(state),
    onChange: (topics) => changes.push(topics),
  };
  return { streams, pauses, states, changes, stop: listen(parts) };
}

test('a change says its topics; opening says that anything may have changed', () => {
  const { streams, states, changes } = rig();
  streams[0]?.onopen?.();
  streams[0]?.say('{"topics":["alerts","incidents"]}');
  assert.deepEqual(states, ['connecting', 'live']);
  assert.deepEqual(changes, [null, ['alerts', 'incidents']]);
});

test('a message that is not understood makes everything stale', () => {
  const { streams, changes } = rig();
  streams[0]?.say('{"topics":["weather"]}');
  streams[0]?.say('rubbish');
  assert.deepEqual(changes, [null, null]);
});

test('while the browser reconnects by itself no second stream is opened', () => {
  const { streams, states, pauses } = rig();
  streams[0]?.onerror?.();
  assert.deepEqual([states.at(-1), pauses.length, streams.length], ['reconnecting', 0, 1]);
});

test('a stream that was given up is opened again, after pauses that grow and are bounded', () => {
  const { streams, pauses, changes } = rig();
  const waited: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    Object.assign(streams.at(-1) ?? {}, { readyState: 2 });
    streams.at(-1)?.onerror?.();
    const pause = pauses.pop();
    waited.push(pause?.ms ?? 0);
    pause?.run();
  }
  assert.deepEqual(waited, [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  streams.at(-1)?.onopen?.();
  assert.deepEqual(changes, [null]);
});

test('stopped means closed, and nothing is opened later', () => {
  const { streams, pauses, stop } = rig();
  Object.assign(streams[0] ?? {}, { readyState: 2 });
  streams[0]?.onerror?.();
  stop();
  assert.deepEqual([streams[0]?.closed, pauses.length], [true, 0]);
});
