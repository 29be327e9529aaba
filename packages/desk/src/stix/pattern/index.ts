export type { Pattern, PatternFault, PatternReading } from './model.ts';
export { PATTERN_CHARS_MAX, parsePattern } from './parser.ts';
export { printPattern, quote } from './print.ts';
export { type Subject, type Watchables, watchables } from './watchable.ts';
