import { z } from 'zod';
import { zInstant } from './chain.ts';
import {
  contactChannels,
  contactRoles,
  directoryLists,
  sourceCertainties,
  zCountry,
  zEntryId,
  zEscalationStep,
  zLegalChannel,
} from './directory.ts';
import { zText } from './text.ts';

/** What the directory answers, as the API and the command line tell it. */

export const directoryFindingCodes = [
  'yaml',
  'shape',
  'id-twice',
  'reference-unknown',
  'time-zone-unknown',
  'hours-wrong',
  'dates-wrong',
  'claimed-twice',
  'day-twice',
] as const;

/** What is wrong in a file, and where. */
export const zDirectoryFinding = z.object({
  file: z.string(),
  /** `agencies.3.duty.timeZone`; for YAML that cannot be read, the line. */
  path: z.string(),
  code: z.enum(directoryFindingCodes),
  text: zText,
});
export type DirectoryFinding = z.infer<typeof zDirectoryFinding>;

export const dutyReasons = ['always', 'hours', 'closed', 'holiday', 'unknown'] as const;

/** `onDuty` is null where the directory does not know the hours. */
export const zDutyAnswer = z.object({
  onDuty: z.boolean().nullable(),
  reason: z.enum(dutyReasons),
  /** The holiday that closes it. */
  holiday: zText.nullable(),
  /** On duty: the end of it; null: no end within the days looked at. */
  until: zInstant.nullable(),
  /** Off duty: the next beginning; null: none within the days looked at. */
  next: zInstant.nullable(),
  /** What may be otherwise: a day that the calendar does not cover, or a holiday that is not certain. */
  doubts: z.array(zText),
});
export type DutyAnswer = z.infer<typeof zDutyAnswer>;

export const zContactAnswer = z.object({
  id: zEntryId,
  role: z.enum(contactRoles),
  channel: z.enum(contactChannels),
  to: z.string().nullable(),
  languages: z.array(z.string()),
});

export const zMustKnow = z.object({
  agency: zEntryId,
  name: zText,
  country: zCountry,
  desk: z.string().nullable(),
  certainty: z.enum(sourceCertainties),
  /** The rules that say so. */
  why: z.array(z.object({ rule: zEntryId, text: zText })),
  /** How to reach its duty officer; null: nobody has filled it in. */
  contact: zContactAnswer.nullable(),
  duty: zDutyAnswer,
});
export type MustKnow = z.infer<typeof zMustKnow>;

export const zChannelBetween = z.object({
  channel: zLegalChannel,
  /** `uncertain`: whether one of the two takes part is not certain; `no`: one does not. */
  usable: z.enum(['yes', 'uncertain', 'no']),
  why: z.array(zText),
});
export type ChannelBetween = z.infer<typeof zChannelBetween>;

export const nameMatches = ['exact', 'alias', 'former', 'romanised'] as const;
export const zNameFound = z.object({
  list: z.enum(directoryLists),
  id: zEntryId,
  name: zText,
  /** The name that matched. */
  as: z.string(),
  match: z.enum(nameMatches),
});
export type NameFound = z.infer<typeof zNameFound>;

export const zEscalationAnswer = z.object({
  /** Every step that is due by now, and the next. */
  due: z.array(z.object({ step: zEscalationStep, at: zInstant, agency: zEntryId, contacts: z.array(zContactAnswer) })),
  next: z
    .object({ step: zEscalationStep, at: zInstant, agency: zEntryId, contacts: z.array(zContactAnswer) })
    .nullable(),
  state: z.enum(['waiting', 'acknowledged', 'exhausted']),
});
export type EscalationAnswer = z.infer<typeof zEscalationAnswer>;

export const zDirectorySummary = z.object({
  files: z.array(z.object({ name: z.string(), origin: z.enum(['shipped', 'settings', 'own']) })),
  counts: z.record(z.enum(directoryLists), z.int()),
});
export type DirectorySummary = z.infer<typeof zDirectorySummary>;

/** An entry in one line. */
export const zDirectoryLine = z.object({
  list: z.enum(directoryLists),
  id: zEntryId,
  name: zText,
  countries: z.array(z.string()),
  functions: z.array(z.string()),
  certainty: z.enum(sourceCertainties).nullable(),
  asOf: z.string().nullable(),
  desk: z.string().nullable(),
});
export type DirectoryLine = z.infer<typeof zDirectoryLine>;

export const zAgencyDuty = zDutyAnswer.extend({ agency: zEntryId });
export type AgencyDuty = z.infer<typeof zAgencyDuty>;
