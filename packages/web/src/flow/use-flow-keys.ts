import type { KeyboardEvent } from 'react';
import { letterOf } from '../shell/shortcuts.ts';
import type { Direction } from './steps.ts';

interface Actions {
  readonly walk: (direction: Direction) => () => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly release: () => void;
  readonly collapse: () => void;
  readonly hide: () => void;
  readonly pin: () => void;
  readonly note: () => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

/** The keys of the picture; they work while it has the focus, and leave the browser's own alone. */
export function useFlowKeys(actions: Actions): (event: KeyboardEvent) => void {
  const { walk } = actions;
  const plain = new Map<string, () => void>([
    ['ArrowRight', walk('next')],
    ['ArrowLeft', walk('previous')],
    ['ArrowDown', walk('down')],
    ['ArrowUp', walk('up')],
    ['Home', actions.first],
    ['End', actions.last],
    ['+', actions.zoomIn],
    ['=', actions.zoomIn],
    ['-', actions.zoomOut],
    ['0', actions.fit],
    ['Escape', actions.release],
    ['c', actions.collapse],
    ['h', actions.hide],
    ['p', actions.pin],
    ['n', actions.note],
  ]);
  return (event) => {
    const letter = letterOf(event).toLowerCase();
    const isUndo = letter === 'z' && (event.ctrlKey || event.metaKey) && !event.altKey;
    const action = isUndo
      ? event.shiftKey
        ? actions.redo
        : actions.undo
      : event.ctrlKey || event.metaKey || event.altKey
        ? null
        : (plain.get(event.key) ?? plain.get(letter));
    if (!action) return;
    event.preventDefault();
    // The page has shortcuts of its own under some of these keys.
    event.stopPropagation();
    action();
  };
}
