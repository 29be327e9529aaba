import {
  type AgencyDuty,
  type ChannelBetween,
  type DirectoryLine,
  type NameFound,
  zAgency,
  zAgencyDuty,
  zChannelBetween,
  zDirectoryLine,
  zInstant,
  zIssuer,
  zLegalChannel,
  zNameFound,
  zVasp,
} from '@gongjo/contract';
import { z } from 'zod';
import { get } from './fetch.client.ts';

const zEntries = z.object({ entries: z.array(zDirectoryLine) });
const zDuties = z.object({ at: zInstant, agencies: z.array(zAgencyDuty) });
const zFound = z.object({ found: z.array(zNameFound) });
const zChannels = z.object({ at: zInstant, channels: z.array(zChannelBetween) });

/** The lists whose entries have a page of their own; calendars and rules are told with what they are for. */
const zEntry = z.discriminatedUnion('list', [
  z.object({ list: z.literal('agencies'), entry: zAgency }),
  z.object({ list: z.literal('vasps'), entry: zVasp }),
  z.object({ list: z.literal('issuers'), entry: zIssuer }),
  z.object({ list: z.literal('channels'), entry: zLegalChannel }),
]);
export type DirectoryEntryShown = z.infer<typeof zEntry>;
const zShown = z.object({ found: z.array(z.unknown()) });

/** The directory: whom to tell, who is there, by which channel. */
export const directory = {
  lines: async (): Promise<DirectoryLine[]> => (await get('/api/directory/entries', zEntries)).entries,
  duties: async (): Promise<AgencyDuty[]> => (await get('/api/directory/duty', zDuties)).agencies,
  find: async (text: string): Promise<NameFound[]> =>
    (await get(`/api/directory/find?text=${encodeURIComponent(text)}`, zFound)).found,
  channels: async (from: string, to: string): Promise<ChannelBetween[]> =>
    (await get(`/api/directory/channels?from=${from}&to=${to}`, zChannels)).channels,
  entry: async (id: string): Promise<DirectoryEntryShown[]> =>
    (await get(`/api/directory/entries/${encodeURIComponent(id)}`, zShown)).found.flatMap((one) => {
      const parsed = zEntry.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
};
