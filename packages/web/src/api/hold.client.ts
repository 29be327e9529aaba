import {
  type Hold,
  type HoldAnswer,
  type HoldFileKind,
  type HoldRevision,
  type HoldSending,
  type HoldSummary,
  type NewHold,
  zHold,
  zHoldFile,
  zHoldSummary,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';
import { readFile } from './file.client.ts';

const zHolds = z.object({ holds: z.array(zHoldSummary) });
const at = (id: string) => `/api/holds/${encodeURIComponent(id)}`;

/** What a person does with a request. */
export type HoldAct =
  | { readonly act: 'revise'; readonly body: HoldRevision }
  | { readonly act: 'approve'; readonly body: { readonly digest: string } }
  | { readonly act: 'send'; readonly body: HoldSending }
  | { readonly act: 'answer'; readonly body: HoldAnswer };

const zReceived = z.object({ file: zHoldFile, hold: zHold });

/** A file that came back, as a person has it. */
export interface ReceivedFile {
  readonly file: File;
  readonly kind: HoldFileKind;
  readonly from?: string;
  readonly receivedAt?: string;
  readonly note?: string;
}

/** Hold requests. */
export const holding = {
  all: async (): Promise<HoldSummary[]> => (await get('/api/holds', zHolds)).holds,
  of: async (incident: string): Promise<HoldSummary[]> =>
    (await get(`/api/holds?incident=${encodeURIComponent(incident)}`, zHolds)).holds,
  one: (id: string): Promise<Hold> => get(at(id), zHold),
  draft: async (asked: NewHold): Promise<Hold> => parse(await send('POST', '/api/holds', asked), zHold),
  act: async (id: string, { act, body }: HoldAct): Promise<Hold> =>
    parse(await send('POST', `${at(id)}/${act}`, body), zHold),
  previewAt: (id: string, language: string): string => `${at(id)}/preview/${language}`,
  receive: async (id: string, { file, ...said }: ReceivedFile): Promise<Hold> => {
    const body = { ...said, ...(await readFile(file)) };
    return (await parse(await send('POST', `${at(id)}/received`, body), zReceived)).hold;
  },
  receivedAt: (id: string, file: string): string => `${at(id)}/received/${encodeURIComponent(file)}`,
  documentAt: (id: string, name: string): string => `${at(id)}/documents/${encodeURIComponent(name)}`,
};
