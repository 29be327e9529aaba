import type { PatternFault } from './model.ts';

/** The sentence with the place that a person looks for: line and column, counted from 1. */
export function pointedFault(text: string, at: number, detail: string): PatternFault {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { at, detail: `${detail} (line ${before.length}, column ${column})` };
}
