import {
  type OverlapAnswer,
  type OverlapAsk,
  type OverlapEntries,
  type OverlapView,
  zOverlapAnswer,
  zOverlapView,
} from '@gongjo/contract';
import { z } from 'zod';
import { call, get, parse, send } from './fetch.client.ts';

const zAnswers = z.object({ answers: z.array(zOverlapAnswer) });

/** Private comparisons with partners. */
export const overlaps = {
  view: (): Promise<OverlapView> => get('/api/overlap', zOverlapView),
  ask: async (asked: OverlapAsk): Promise<OverlapAnswer[]> =>
    (await parse(await send('POST', '/api/overlap/asks', asked), zAnswers)).answers,
  list: (entries: OverlapEntries): Promise<void> => call('POST', '/api/overlap/entries', entries),
};
