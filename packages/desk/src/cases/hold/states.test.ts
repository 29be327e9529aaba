import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type HoldEventKind, type HoldState, holdEvents, holdStates } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { afterEvent, holdTable, isHeld, mayHappen, maySend } from './states.ts';

/** The life cycle once more, by hand and the other way round: for each event, from where to where. */
const allowed: Readonly<Record<HoldEventKind, string>> = {
  revise: 'drafted>drafted approved>drafted',
  approve: 'drafted>approved',
  send: 'approved>sent sent>sent acknowledged>acknowledged',
  acknowledge: 'sent>acknowledged',
  'hold-part': 'sent>held-in-part acknowledged>held-in-part held-in-part>held-in-part held-in-full>held-in-part',
  'hold-full': 'sent>held-in-full acknowledged>held-in-full held-in-part>held-in-full',
  extend: 'held-in-part>held-in-part held-in-full>held-in-full ordered>ordered',
  order: 'held-in-part>ordered held-in-full>ordered',
  release: 'held-in-part>released held-in-full>released ordered>released',
  seize: 'held-in-part>seized held-in-full>seized ordered>seized released>seized',
  return: 'held-in-part>returned held-in-full>returned ordered>returned released>returned seized>returned',
  refuse: 'sent>refused acknowledged>refused',
  withdraw: 'drafted>withdrawn approved>withdrawn sent>withdrawn acknowledged>withdrawn',
};
const cells = new Map(
  holdEvents.flatMap((event) =>
    allowed[event].split(' ').map((cell) => {
      const [from, to] = cell.split('>') as [HoldState, HoldState];
      return [`${from} ${event}`, to] as const;
    }),
  ),
);

describe('the table of states and events', () => {
  for (const state of holdStates)
    for (const event of holdEvents) {
      const to = cells.get(`${state} ${event}`);
      if (to)
        test(`${state} + ${event} = ${to}`, () => {
          assert.equal(afterEvent(state, event), to);
          assert.ok(mayHappen(state).includes(event));
        });
      else
        test(`${state} + ${event} is refused, in both languages`, () => {
          assert.throws(
            () => afterEvent(state, event),
            (thrown: unknown) =>
              thrown instanceof GongjoError &&
              thrown.code === 'hold-step-forbidden' &&
              /\p{Script=Hangul}/u.test(thrown.problem.text.ko) &&
              !/[{}]/.test(thrown.problem.text.en + thrown.problem.text.ko),
          );
          assert.ok(!mayHappen(state).includes(event));
        });
    }

  test('every state can be reached from a draft, and every one but the last can be left', () => {
    const reached = new Set<HoldState>(['drafted']);
    for (let grown = 0; grown !== reached.size; ) {
      grown = reached.size;
      for (const state of [...reached]) for (const to of Object.values(holdTable[state])) reached.add(to);
    }
    assert.deepEqual([...reached].sort(), [...holdStates].sort());
    const last = holdStates.filter((state) => mayHappen(state).length === 0);
    assert.deepEqual(last, ['returned', 'refused', 'withdrawn']);
  });

  test('value is held exactly between the first word of it and the end', () => {
    assert.deepEqual(holdStates.filter(isHeld), ['held-in-part', 'held-in-full', 'ordered']);
  });

  test('what is approved is sent, and once more until value is held or it has ended', () => {
    assert.deepEqual(holdStates.filter(maySend), ['approved', 'sent', 'acknowledged']);
  });
});
