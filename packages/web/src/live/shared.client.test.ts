import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventStream } from './live.client.ts';
import { listenTogether, type Tabs } from './shared.client.ts';

/** A browser with several pages: messages reach all others at once, the first that asks leads. */
function browser() {
  const hearers = new Map<number, (message: unknown) => void>();
  const waiting: { page: number; run: () => () => void; stop?: () => void }[] = [];
  const elect = () => {
    const first = waiting[0];
    if (first !== undefined && first.stop === undefined) first.stop = first.run();
  };
  const streams: (EventStream & { say: (data: string) => void; closed: boolean })[] = [];
  const open = () => {
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
  };
  const page = (number: number) => {
    const tabs: Tabs = {
      join: (hear) => {
        hearers.set(number, hear);
        return () => hearers.delete(number);
      },
      say: (message) => {
        for (const [other, hear] of hearers) if (other !== number) hear(structuredClone(message));
      },
      lead: (run) => {
        const place: (typeof waiting)[number] = { page: number, run };
        waiting.push(place);
        elect();
        return () => {
          waiting.splice(waiting.indexOf(place), 1);
          place.stop?.();
          elect();
        };
      },
    };
    const states: string[] = [];
    const changes: unknown[] = [];
    const stop = listenTogether(
      {
        open,
        later: () => () => {},
        onState: (state) => states.push(state),
        onChange: (topics) => changes.push(topics),
      },
      tabs,
    );
    return { states, changes, stop };
  };
  return { streams, page };
}

test('two pages share one stream and both hear a change', () => {
  const { streams, page } = browser();
  const [one, two] = [page(1), page(2)];
  assert.equal(streams.length, 1);
  streams[0]?.onopen?.();
  streams[0]?.say('{"topics":["alerts"]}');
  assert.equal(one.states.at(-1), 'live');
  assert.equal(two.states.at(-1), 'live');
  assert.deepEqual(one.changes, [null, ['alerts']]);
  assert.deepEqual(two.changes.at(-1), ['alerts']);
});

test('a page that comes later learns the state and asks for everything', () => {
  const { streams, page } = browser();
  page(1);
  streams[0]?.onopen?.();
  const late = page(2);
  assert.equal(late.states.at(-1), 'live');
  assert.deepEqual(late.changes, [null]);
});

test('when the leader is closed another page opens the stream and asks for everything', () => {
  const { streams, page } = browser();
  const [one, two] = [page(1), page(2)];
  streams[0]?.onopen?.();
  one.stop();
  assert.deepEqual([streams.length, streams[0]?.closed], [2, true]);
  streams[1]?.onopen?.();
  assert.equal(two.changes.at(-1), null);
  assert.equal(two.states.at(-1), 'live');
});

test('a lost connection is told to all', () => {
  const { streams, page } = browser();
  const [, two] = [page(1), page(2)];
  streams[0]?.onopen?.();
  streams[0]?.onerror?.();
  assert.equal(two.states.at(-1), 'reconnecting');
});
