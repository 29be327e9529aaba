import { type AskedHold, type AskedHoldSummary, zAskedHold, zAskedHoldSummary } from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';
import { readFile } from './file.client.ts';
import type { ReceivedFile } from './hold.client.ts';

const zHolds = z.object({ holds: z.array(zAskedHoldSummary) });
const at = (desk: string, id: string) => `/api/asked-holds/${encodeURIComponent(desk)}/${encodeURIComponent(id)}`;

/** Hold requests that partners make to this desk. */
export const askedHolds = {
  all: async (): Promise<AskedHoldSummary[]> => (await get('/api/asked-holds', zHolds)).holds,
  one: (desk: string, id: string): Promise<AskedHold> => get(at(desk, id), zAskedHold),
  answer: async (desk: string, id: string, body: object): Promise<AskedHold> =>
    parse(await send('POST', `${at(desk, id)}/answer`, body), zAskedHold),
  give: async (desk: string, id: string, { file, kind, note }: ReceivedFile): Promise<AskedHold> => {
    const body = { kind, ...(note !== undefined && { note }), ...(await readFile(file)) };
    return parse(await send('POST', `${at(desk, id)}/files`, body), zAskedHold);
  },
  documentAt: (desk: string, id: string, name: string): string =>
    `${at(desk, id)}/documents/${encodeURIComponent(name)}`,
};
