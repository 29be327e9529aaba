import type { TraceViewState } from '@gongjo/contract';

/** What the reader does to a picture. */
export type Edit =
  | { readonly do: 'collapse' | 'expand' | 'hide'; readonly holder: string }
  | { readonly do: 'pin' | 'unpin'; readonly mark: string }
  /** An empty text takes the note away. */
  | { readonly do: 'note'; readonly mark: string; readonly text: string }
  | { readonly do: 'fees'; readonly shown: boolean }
  /** Everything that was hidden or folded away is there again. */
  | { readonly do: 'show-all' };

export const holderMark = (address: string): string => `holder ${address}`;
export const hopMark = (key: string): string => `hop ${key}`;

/** The state after an edit; the same object where it changes nothing, so that undo has no step that does nothing. */
export function edited(state: TraceViewState, edit: Edit): TraceViewState {
  switch (edit.do) {
    case 'collapse':
      return put(state, 'collapsed', edit.holder);
    case 'expand':
      return drop(state, 'collapsed', edit.holder);
    case 'hide':
      return put(state, 'hidden', edit.holder);
    case 'pin':
      return put(state, 'pinned', edit.mark);
    case 'unpin':
      return drop(state, 'pinned', edit.mark);
    case 'note': {
      const text = edit.text.trim();
      const before = state.notes.find(({ on }) => on === edit.mark)?.text ?? '';
      if (text === before) return state;
      const others = state.notes.filter(({ on }) => on !== edit.mark);
      return { ...state, notes: text === '' ? others : [...others, { on: edit.mark, text }] };
    }
    case 'fees':
      return edit.shown === state.fees ? state : { ...state, fees: edit.shown };
    case 'show-all':
      return state.collapsed.length + state.hidden.length === 0 ? state : { ...state, collapsed: [], hidden: [] };
  }
}

type Listed = 'collapsed' | 'hidden' | 'pinned';

function put(state: TraceViewState, list: Listed, item: string): TraceViewState {
  return (state[list] as string[]).includes(item) ? state : { ...state, [list]: [...state[list], item] };
}

function drop(state: TraceViewState, list: Listed, item: string): TraceViewState {
  const left = (state[list] as string[]).filter((other) => other !== item);
  return left.length === state[list].length ? state : { ...state, [list]: left };
}

/** States that can be come back to. */
export interface History<S> {
  readonly past: readonly S[];
  readonly now: S;
  readonly future: readonly S[];
}

/** More steps back than anyone remembers. */
export const UNDO_MAX = 200;

export const historyOf = <S>(now: S): History<S> => ({ past: [], now, future: [] });

export function done<S>({ past, now, future }: History<S>, next: S): History<S> {
  if (next === now) return { past, now, future };
  return { past: [...past, now].slice(-UNDO_MAX), now: next, future: [] };
}

export function undone<S>({ past, now, future }: History<S>): History<S> {
  const before = past.at(-1);
  return before === undefined
    ? { past, now, future }
    : { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redone<S>({ past, now, future }: History<S>): History<S> {
  const [next, ...later] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: later };
}
