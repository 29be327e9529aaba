import type { Reading } from '../platform/index.ts';

/** What is watched and was seen for an incident stands in the list of `cases`, which knows incidents. */
export const watchReading: Reading = {
  tables: {
    watches: 'open',
    watch_cursors: 'open',
    watch_marks: 'open',
    watch_table: 'closed',
  },
};
