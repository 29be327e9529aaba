import {
  type AlertGroup,
  type AlertGroupDetail,
  type ListPartAnswer,
  type NewWatch,
  type ScreeningStatus,
  type Watch,
  zAlertGroup,
  zAlertGroupDetail,
  zListPartAnswer,
  zScreeningStatus,
  zWatch,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';

const zGroups = z.object({ groups: z.array(zAlertGroup) });
const zWatches = z.object({ watches: z.array(zWatch) });

/** What a person does to a group of alerts. */
export type GroupAct =
  | { readonly act: 'acknowledge' }
  | { readonly act: 'assign'; readonly to: string | null }
  | { readonly act: 'silence'; readonly reason: string; readonly until: string }
  | { readonly act: 'unsilence' };

/** What became of an imported list. */
export interface ImportedList {
  /** Null where no line was an address. */
  readonly watch: Watch | null;
  readonly refused: number;
  readonly refusals: readonly string[];
}

/** A part of a list in one request: some megabytes, well below what the desk takes. */
const partMax = 50_000;

const group = (id: string) => `/api/alert-groups/${encodeURIComponent(id)}`;
const watch = (id: string) => `/api/watches/${encodeURIComponent(id)}`;

/** Groups of alerts, and what is watched. */
export const watching = {
  groups: async (): Promise<AlertGroup[]> => (await get('/api/alert-groups', zGroups)).groups,
  group: (id: string): Promise<AlertGroupDetail> => get(group(id), zAlertGroupDetail),
  act: async (id: string, { act, ...body }: GroupAct): Promise<AlertGroupDetail> =>
    parse(
      await send('POST', `${group(id)}/${act}`, Object.keys(body).length === 0 ? undefined : body),
      zAlertGroupDetail,
    ),
  watches: async (): Promise<Watch[]> => (await get('/api/watches', zWatches)).watches,
  status: (): Promise<ScreeningStatus> => get('/api/watches/status', zScreeningStatus),
  add: async (asked: NewWatch): Promise<Watch> => parse(await send('POST', '/api/watches', asked), zWatch),
  end: async (id: string): Promise<Watch> => parse(await send('DELETE', watch(id)), zWatch),
  /** A list is watched once all of it is there; one of which nothing is an address is given up. */
  importList: async (
    asked: Extract<NewWatch, { kind: 'list' }>,
    addresses: readonly string[],
  ): Promise<ImportedList> => {
    const { id } = await watching.add(asked);
    const answers: ListPartAnswer[] = [];
    for (let at = 0; at < addresses.length; at += partMax) {
      const part = { addresses: addresses.slice(at, at + partMax) };
      answers.push(await parse(await send('POST', `${watch(id)}/addresses`, part), zListPartAnswer));
    }
    const isEmpty = answers.every(({ taken }) => taken === 0);
    const whole = isEmpty ? await watching.end(id) : await parse(await send('POST', `${watch(id)}/complete`), zWatch);
    return {
      watch: isEmpty ? null : whole,
      refused: answers.reduce((sum, { refused }) => sum + refused, 0),
      refusals: answers.flatMap(({ refusals }) => refusals),
    };
  },
};
