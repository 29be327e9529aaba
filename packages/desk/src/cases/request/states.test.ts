import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type RequestEventName,
  type RequestHappening,
  type RequestState,
  requestEvents,
  requestStatesAll,
  type SeenSet,
  zDeskId,
  zRequestHappening,
} from '@gongjo/contract';
import { foldRequest, type HeldEvent } from './fold.ts';
import { allowedIn, requestTable, type Side, sideOf } from './states.ts';

const [kr, us] = [zDeskId.parse('kr-police'), zDeskId.parse('us-agency')];
const at = '2026-03-02T00:00:00.000Z';
const fields = { kind: 'rfi', question: 'Who is it?' };
const content = { title: 'Account holder', fields, legalBasis: 'MoU', purpose: 'case', deadline: at };
const samples: Record<RequestEventName, object> = {
  send: { content },
  supply: { text: 'x' },
  extend: { deadline: at },
  remind: { step: 'due' },
  escalate: { step: 'over' },
  withdraw: { reason: 'x' },
  close: {},
  acknowledge: {},
  query: { text: 'x' },
  'answer-partly': { answer: { kind: 'rfi', text: 'x' }, missing: 'y' },
  answer: { answer: { kind: 'rfi', text: 'x' } },
  refuse: { ground: 'other', reason: 'x' },
};
const happening = (event: RequestEventName): RequestHappening => zRequestHappening.parse({ event, ...samples[event] });

/** Events of both sides; each has seen those that are named. */
function eventsOf(
  names: readonly { readonly event: RequestEventName; readonly seen: readonly [number, number] }[],
): HeldEvent[] {
  const counts = { asker: 0, asked: 0 };
  return names.map(({ event, seen: [mine, theirs] }, i) => {
    const side = sideOf[event];
    counts[side] += 1;
    const seen: Record<string, [number, number][]> = {};
    if (mine > 0) seen[kr] = [[1, mine]];
    if (theirs > 0) seen[us] = [[1, theirs]];
    return {
      ...{ request: '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e', from: kr, to: us, desk: side === 'asker' ? kr : us },
      ...{ n: counts[side], seen: seen as SeenSet, at, what: happening(event), object: `note--${i}` },
    };
  });
}

/** The shortest way to each state. */
const wayTo: Record<RequestState, readonly RequestEventName[]> = {
  draft: [],
  sent: ['send'],
  acknowledged: ['send', 'acknowledge'],
  queried: ['send', 'query'],
  'partly-answered': ['send', 'answer-partly'],
  answered: ['send', 'answer'],
  refused: ['send', 'refuse'],
  withdrawn: ['send', 'withdraw'],
  closed: ['send', 'answer', 'close'],
};

/** One after the other, each having seen all before. */
function inSequence(names: readonly RequestEventName[]) {
  const counts = { asker: 0, asked: 0 };
  return eventsOf(
    names.map((event) => {
      const seen: [number, number] = [counts.asker, counts.asked];
      counts[sideOf[event]] += 1;
      return { event, seen };
    }),
  );
}

/** States × events, written down once more by hand: what is not named here is forbidden. */
const expected: Record<RequestState, Partial<Record<RequestEventName, RequestState>>> = {
  draft: { send: 'sent', withdraw: 'withdrawn' },
  sent: {
    ...{
      extend: 'sent',
      remind: 'sent',
      escalate: 'sent',
      withdraw: 'withdrawn',
      acknowledge: 'acknowledged',
      query: 'queried',
    },
    ...{ 'answer-partly': 'partly-answered', answer: 'answered', refuse: 'refused' },
  },
  acknowledged: {
    ...{
      extend: 'acknowledged',
      remind: 'acknowledged',
      escalate: 'acknowledged',
      withdraw: 'withdrawn',
      query: 'queried',
    },
    ...{ 'answer-partly': 'partly-answered', answer: 'answered', refuse: 'refused' },
  },
  queried: {
    ...{ supply: 'acknowledged', extend: 'queried', withdraw: 'withdrawn' },
    ...{ 'answer-partly': 'partly-answered', answer: 'answered', refuse: 'refused' },
  },
  'partly-answered': {
    ...{
      extend: 'partly-answered',
      remind: 'partly-answered',
      escalate: 'partly-answered',
      withdraw: 'withdrawn',
      close: 'closed',
    },
    ...{ 'answer-partly': 'partly-answered', answer: 'answered', refuse: 'refused' },
  },
  answered: { close: 'closed', answer: 'answered' },
  refused: { close: 'closed', answer: 'answered' },
  withdrawn: {},
  closed: {},
};

describe('a request to a partner: states × events', () => {
  for (const state of requestStatesAll)
    for (const event of requestEvents) {
      const becomes = expected[state][event];
      test(`${state} × ${event}: ${becomes ?? 'forbidden'}`, () => {
        assert.equal(foldRequest(inSequence(wayTo[state])).state, state);
        assert.equal(allowedIn(state, sideOf[event]).includes(event), becomes !== undefined);
        const folded = foldRequest(inSequence([...wayTo[state], event]));
        const last = folded.events.at(-1);
        if (becomes !== undefined) assert.deepEqual([folded.state, last?.effect], [becomes, 'act']);
        else if (requestTable[state][event]) assert.equal(last?.effect, 'late');
        else assert.deepEqual([folded.state, last?.effect], [state, 'void']);
      });
    }

  test('an event of the wrong side changes nothing', () => {
    for (const event of requestEvents) {
      const way = wayTo[sideOf[event] === 'asker' ? 'queried' : 'sent'];
      const events = inSequence([...way, event]);
      const forged = events.map((it, i) => (i < way.length ? it : { ...it, desk: it.desk === kr ? us : kr, n: 9 }));
      const folded = foldRequest(forged);
      assert.equal(folded.events.find(({ event: it }) => it.n === 9)?.effect, 'void', event);
    }
  });
});

describe('events that cross', () => {
  const next = (state: RequestState, event: RequestEventName) => requestTable[state][event]?.to;

  test('come to one state in either order, whatever each side did without knowing', () => {
    // Each side acts up to three times on what it has before it, and hears of the other only afterwards.
    const doneBy = (state: RequestState, side: Side, left: number): RequestEventName[][] =>
      left === 0
        ? [[]]
        : [
            [],
            ...allowedIn(state, side).flatMap((event) =>
              doneBy(next(state, event) ?? state, side, left - 1).map((rest) => [event, ...rest]),
            ),
          ];
    let pairs = 0;
    for (const state of requestStatesAll.filter((it) => it !== 'draft'))
      for (const mine of doneBy(state, 'asker', 3))
        for (const theirs of doneBy(state, 'asked', 3)) {
          pairs += 1;
          const ends = new Set(
            interleavings(mine, theirs).map((order) =>
              order.reduce<RequestState | undefined>(
                (it, event) => (it === undefined ? undefined : next(it, event)),
                state,
              ),
            ),
          );
          assert.equal(ends.size, 1, `${state}: ${mine.join(' ')} | ${theirs.join(' ')}: ${[...ends].join(', ')}`);
          assert.equal(
            ends.has(undefined),
            false,
            `${state}: ${mine.join(' ')} | ${theirs.join(' ')} is not provided for`,
          );
        }
    assert.ok(pairs > 1000, String(pairs));
  });

  function interleavings(a: readonly RequestEventName[], b: readonly RequestEventName[]): RequestEventName[][] {
    const [x, ...as] = a;
    const [y, ...bs] = b;
    if (x === undefined) return [[...b]];
    if (y === undefined) return [[...a]];
    return [...interleavings(as, b).map((it) => [x, ...it]), ...interleavings(a, bs).map((it) => [y, ...it])];
  }

  test('are folded the same from any order of arrival; what had been seen counts first', () => {
    const events = eventsOf([
      { event: 'send', seen: [0, 0] },
      { event: 'remind', seen: [1, 0] },
      { event: 'query', seen: [1, 0] },
      { event: 'supply', seen: [2, 1] },
      { event: 'answer', seen: [3, 1] },
      { event: 'withdraw', seen: [3, 1] },
    ]);
    const one = foldRequest(events);
    assert.equal(one.state, 'withdrawn');
    assert.deepEqual(foldRequest([...events].reverse()), one);
    assert.equal(
      one.events.some(({ effect }) => effect === 'void'),
      false,
    );
  });
});
