import type { Right } from '@gongjo/contract';
import type { Texts } from '../texts/texts.ts';
import { type PlacePath, places } from './places.ts';

/** What a key does. */
export type Act =
  | { readonly act: 'search' }
  | { readonly act: 'list' }
  | { readonly act: 'step'; readonly by: 1 | -1 }
  | { readonly act: 'go'; readonly to: PlacePath };

export interface Shortcut {
  /** Pressed one after the other. */
  readonly keys: readonly string[];
  readonly text: (t: Texts) => string;
  readonly does: Act;
  /** What a person needs, to whom the keys are of use. */
  readonly right?: Right;
}

/** Before the letter of a page. */
export const goKey = 'g';

/** Every shortcut: what the keys do and what the list under `?` says. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['/'], text: (t) => t.shortcuts.search, does: { act: 'search' }, right: 'case:read' },
  { keys: ['?'], text: (t) => t.shortcuts.list, does: { act: 'list' } },
  { keys: ['j'], text: (t) => t.shortcuts.next, does: { act: 'step', by: 1 } },
  { keys: ['k'], text: (t) => t.shortcuts.previous, does: { act: 'step', by: -1 } },
  ...places.map(
    ({ path, text, key, right }): Shortcut => ({ keys: [goKey, key], text, does: { act: 'go', to: path }, right }),
  ),
];

/** Keys that a list of shortcuts names and that the browser answers by itself. */
export const ownKeys: readonly Omit<Shortcut, 'does'>[] = [
  { keys: ['Enter'], text: (t) => t.shortcuts.open },
  { keys: ['Esc'], text: (t) => t.shortcuts.close },
];

/** Somebody who types `g` and then thinks does not mean to go anywhere any more. */
export const sequenceMs = 1500;

/** The letter of a key, also while Hangul is typed, whose letters a keyboard then reports in its place. */
export function letterOf({ key, code }: { readonly key: string; readonly code: string }): string {
  return /^[ -~]+$/.test(key) ? key : code.replace(/^Key/, '').toLowerCase();
}

/**
 * What a key does after those pressed before it: an act, a wait for the next key, or nothing. A key that continues nothing may
 * begin something.
 */
export function pressed(before: readonly string[], key: string): Act | 'wait' | null {
  const now = [...before, key];
  const fits = shortcuts.filter(({ keys }) => now.every((each, index) => keys[index] === each));
  const whole = fits.find(({ keys }) => keys.length === now.length);
  if (whole) return whole.does;
  if (fits.length > 0) return 'wait';
  return before.length > 0 ? pressed([], key) : null;
}
