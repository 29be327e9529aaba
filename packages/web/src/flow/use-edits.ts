import { emptyViewState, type TraceViewState } from '@gongjo/contract';
import { useCallback, useMemo, useState } from 'react';
import { done, type Edit, edited, historyOf, redone, undone } from './edits.ts';

export interface Edits {
  readonly state: TraceViewState;
  readonly edit: (edit: Edit) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Begins anew, as another view or question does. */
  readonly start: (state: TraceViewState) => void;
}

/** What the reader did to a picture, with all steps back. */
export function useEdits(): Edits {
  const [history, setHistory] = useState(() => historyOf(emptyViewState));
  const edit = useCallback((one: Edit) => setHistory((before) => done(before, edited(before.now, one))), []);
  const start = useCallback((state: TraceViewState) => setHistory(historyOf(state)), []);
  return useMemo(
    () => ({
      state: history.now,
      edit,
      start,
      undo: history.past.length === 0 ? null : () => setHistory(undone),
      redo: history.future.length === 0 ? null : () => setHistory(redone),
    }),
    [history, edit, start],
  );
}
