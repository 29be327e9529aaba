import type { Reading } from '../platform/index.ts';

/** An exercise is of no case. */
export const drillReading: Reading = { tables: { drills: 'open' } };
