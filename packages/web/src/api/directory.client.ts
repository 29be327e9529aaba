import {
  type ChannelBetween,
  directoryLists,
  type NameFound,
  sourceCertainties,
  zAgency,
  zChannelBetween,
  zDutyAnswer,
  zEntryId,
  zInstant,
  zIssuer,
  zLegalChannel,
  zNameFound,
  zText,
  zVasp,
} from '@gongjo/contract';
import { z } from 'zod';
import { get } from './fetch.client.ts';

/** An entry in one line. */
const zLine = z.object({
  list: z.enum(directoryLists),
  id: zEntryId,
  name: zText,
  countries: z.array(z.string()),
  functions: z.array(z.string()),
  certainty: z.enum(sourceCertainties).nullable(),
  asOf: z.string().nullable(),
  desk: z.string().nullable(),
});
export type DirectoryLine = z.infer<typeof zLine>;

const zAgencyDuty = zDutyAnswer.extend({ agency: zEntryId });
export type AgencyDuty = z.infer<typeof zAgencyDuty>;

const zEntries = z.object({ entries: z.array(zLine) });
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
