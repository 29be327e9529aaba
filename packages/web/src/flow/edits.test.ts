import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyViewState, zTraceViewState } from '@gongjo/contract';
import fc from 'fast-check';
import { done, type Edit, edited, historyOf, redone, undone } from './edits.ts';

const name = fc.constantFrom('a', 'b', 'c');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constantFrom('collapse' as const, 'expand' as const, 'hide' as const), holder: name }),
  fc.record({ do: fc.constantFrom('pin' as const, 'unpin' as const), mark: name }),
  fc.record({ do: fc.constant('note' as const), mark: name, text: fc.constantFrom('', ' ', 'one', 'two') }),
  fc.record({ do: fc.constant('fees' as const), shown: fc.boolean() }),
  fc.constant({ do: 'show-all' as const }),
);

test('undo comes back to every state there was, redo to every state after it', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      const states = [emptyViewState];
      let history = historyOf(emptyViewState);
      for (const one of edits) {
        const next = edited(history.now, one);
        if (next !== history.now) states.push(next);
        history = done(history, next);
      }
      for (const state of states.toReversed().slice(1)) {
        history = undone(history);
        assert.equal(history.now, state);
      }
      assert.equal(undone(history).now, emptyViewState);
      for (const state of states.slice(1)) {
        history = redone(history);
        assert.equal(history.now, state);
      }
    }),
  );
});

test('whatever is done, the state can be saved, and doing it twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      let state = emptyViewState;
      for (const one of edits) {
        state = edited(state, one);
        assert.deepEqual(edited(state, one), state);
      }
      assert.deepEqual(zTraceViewState.parse(state), state);
    }),
  );
});

test('a new edit after an undo forgets what was undone', () => {
  const one = done(historyOf('0'), '1');
  const other = done(undone(one), '2');
  assert.deepEqual(redone(other), other);
  assert.equal(undone(other).now, '0');
});
