import {
  type OverlapAnswer,
  type OverlapAsk,
  type OverlapMatchView,
  type OverlapView,
  zOverlapAnswer,
  zOverlapMatchView,
  zOverlapView,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';

const zMatches = z.object({ matches: z.array(zOverlapMatchView) });
const zAnswers = z.object({ answers: z.array(zOverlapAnswer) });

/** Private comparisons with partners. */
export const overlaps = {
  view: (): Promise<OverlapView> => get('/api/overlap', zOverlapView),
  about: async (reference: string): Promise<OverlapMatchView[]> =>
    (await get(`/api/overlap/matches?reference=${encodeURIComponent(reference)}`, zMatches)).matches,
  ask: async (asked: OverlapAsk): Promise<OverlapAnswer[]> =>
    (await parse(await send('POST', '/api/overlap/asks', asked), zAnswers)).answers,
};
