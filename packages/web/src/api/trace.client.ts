import {
  type NewTraceView,
  type Picture,
  type TraceRequest,
  type TraceView,
  type TraceViewLine,
  zTotals,
  zTrace,
  zTracedPlace,
  zTraceView,
  zTraceViewLine,
} from '@gongjo/contract';
import { z } from 'zod';
import { call, get, parse, send } from './fetch.client.ts';

const zAnswer = z.object({ trace: zTrace, places: z.array(zTracedPlace), totals: zTotals });
export type TraceAnswer = z.infer<typeof zAnswer>;
const zViews = z.object({ views: z.array(zTraceViewLine) });

const at = (id: string) => `/api/views/${encodeURIComponent(id)}`;

/** Traces of any start, saved views, and pictures as PDF. */
export const tracing = {
  trace: async (request: TraceRequest): Promise<TraceAnswer> =>
    parse(await send('POST', '/api/trace', request), zAnswer),
  views: async (): Promise<TraceViewLine[]> => (await get('/api/views', zViews)).views,
  view: (id: string): Promise<TraceView> => get(at(id), zTraceView),
  save: async (view: NewTraceView): Promise<TraceView> => parse(await send('POST', '/api/views', view), zTraceView),
  remove: (id: string): Promise<void> => call('DELETE', at(id)),
  pdf: async (picture: Picture): Promise<Blob> => (await send('POST', '/api/pictures/pdf', picture)).blob(),
};
