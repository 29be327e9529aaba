import { z } from 'zod';
import { zAssetId } from './chain.ts';
import { zDeskId } from './desk.ts';
import { zIncidentKind, zTlp } from './incident.ts';
import { zDate } from './tag.ts';
import { zText } from './text.ts';

/**
 * The directory: agencies, exchanges, issuers, legal channels and calendars as data. Laws, hours and names change; nothing
 * of them is code. `docs/directory.md` explains every field.
 */

/** How far an entry can be relied on: read in the source named; told at second hand; believed, and to be checked first. */
export const sourceCertainties = ['verified', 'reported', 'unverified'] as const;
export type SourceCertainty = (typeof sourceCertainties)[number];

export const zEntryId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
/** ISO 3166-1 alpha-2. */
export const zCountry = z.string().regex(/^[A-Z]{2}$/);
/** BCP 47, the language alone: `ko`, `en`. */
const zLanguageTag = z.string().regex(/^[a-z]{2,3}$/);
/** A name as lists write it. */
const zName = z.string().min(1).max(200);
const zAliases = z.array(zName).max(100).default([]);

/** Whence a statement is known. A law, a phone number and a name grow old at different speed, so many parts carry their own. */
const backed = {
  source: z.string().min(1).max(1000),
  certainty: z.enum(sourceCertainties),
  /** When it was last looked at. */
  asOf: zDate,
};
const named = {
  id: zEntryId,
  name: zText,
  ...backed,
  /** The first day on which it is so, and the first on which it is no more; absent: not known, or no end. */
  validFrom: zDate.optional(),
  validUntil: zDate.optional(),
  note: zText.optional(),
  /** Shown to partners, under `tlp` (TLP:AMBER where nothing is said). */
  publish: z.boolean().default(false),
  tlp: zTlp.optional(),
};
const formerly = z
  .array(z.strictObject({ name: zText, until: zDate.optional() }))
  .max(20)
  .default([]);

export const agencyFunctions = [
  'duty-centre',
  'cyber-investigation',
  'prosecution',
  'mla-authority',
  'fiu',
  'vasp-supervision',
  'financial-supervision',
  'cyber-defence',
  'sanctions',
  'intelligence',
  'foreign-affairs',
  'customs',
  'tax',
  'sector-body',
] as const;
export type AgencyFunction = (typeof agencyFunctions)[number];

export const agencyPowers = [
  'search-and-seizure',
  'production-order',
  'freeze-order',
  'preservation-request',
  'emergency-disclosure',
  'suspend-account',
  'sanctions-designation',
  'supervisory-order',
  'incident-report-intake',
  'mla-request',
  'fiu-exchange',
  'spontaneous-information',
] as const;
export type AgencyPower = (typeof agencyPowers)[number];

/** In force: it can be used. Passed: enacted, its start not seen. Pending: a bill. Unknown: nobody looked since `asOf`. */
export const lawStandings = ['in-force', 'passed', 'pending', 'ended', 'unknown'] as const;
export type LawStanding = (typeof lawStandings)[number];

const zPower = z.strictObject({
  power: z.enum(agencyPowers),
  basis: zText,
  standing: z.enum(lawStandings),
  ...backed,
  validFrom: zDate.optional(),
  validUntil: zDate.optional(),
  note: zText.optional(),
});

export const contactRoles = ['duty-officer', 'supervisor', 'liaison', 'mla-desk', 'front-desk'] as const;
export type ContactRole = (typeof contactRoles)[number];
export const contactChannels = ['page', 'email', 'webhook', 'phone'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** A way to reach somebody. Without `to` it is one that the agency has still to fill in; `page` needs none on a desk. */
const zContact = z.strictObject({
  id: zEntryId,
  role: z.enum(contactRoles),
  channel: z.enum(contactChannels),
  to: z.string().min(1).max(500).optional(),
  languages: z.array(zLanguageTag).max(20).default([]),
  /** It may carry what an incident's marking keeps out of other mail: names, addresses, transactions. */
  confidential: z.boolean().optional(),
  /** It is told of exercises, too. */
  drills: z.boolean().optional(),
  note: zText.optional(),
});
export type Contact = z.infer<typeof zContact>;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
const zSpan = z.strictObject({
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  until: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
});

/** When somebody is there. Hours are of the wall clock in `timeZone`; a day that is not named is closed. */
const zDuty = z.strictObject({
  timeZone: z.string().min(1).max(64),
  always: z.boolean().default(false),
  hours: z.partialRecord(z.enum(weekdays), z.array(zSpan).max(6)).default({}),
  /** The calendar whose holidays close it; absent: none does. */
  holidays: zEntryId.optional(),
  contacts: z.array(zContact).max(50).default([]),
  ...backed,
});
export type Duty = z.infer<typeof zDuty>;

/** Whom to tell next. `when`: only where the agency notified is then on duty, or is not. */
export const zEscalationStep = z.strictObject({
  afterMinutes: z.int().min(0).max(10_080),
  when: z.enum(['always', 'on-duty', 'off-duty']).default('always'),
  to: z.union([
    z.strictObject({ contact: zEntryId }),
    z.strictObject({ role: z.enum(contactRoles) }),
    z.strictObject({ agency: zEntryId }),
    /** An agency of this function in the same country. */
    z.strictObject({ function: z.enum(agencyFunctions) }),
  ]),
});
export type EscalationStep = z.infer<typeof zEscalationStep>;

export const zAgency = z.strictObject({
  ...named,
  country: zCountry,
  functions: z.array(z.enum(agencyFunctions)).min(1).max(20),
  aliases: zAliases,
  formerly,
  powers: z.array(zPower).max(50).default([]),
  duty: zDuty.optional(),
  parent: zEntryId.optional(),
  /** The desk that it runs. */
  desk: zDeskId.optional(),
  /** Its own steps; absent: those of the edition. */
  escalation: z.array(zEscalationStep).max(20).optional(),
});
export type Agency = z.infer<typeof zAgency>;

export const requirementCodes = [
  'letterhead',
  'agency-seal',
  'badge',
  'government-email',
  'case-number',
  'legal-instrument',
  'legal-entity',
  'scope-and-duration',
  'addresses-as-text',
  'transaction-hashes',
  'native-amounts',
  'facts-timeline',
  'hop-before',
  'warrant-for-disclosure',
  'mlat-for-disclosure',
  'english',
  'korean',
] as const;
export type RequirementCode = (typeof requirementCodes)[number];

const zEntity = z.strictObject({ name: zText, country: zCountry.optional(), licence: zText.optional(), ...backed });

export const requestChannels = ['portal', 'email', 'api', 'desk', 'hotline', 'post', 'unknown'] as const;
export type RequestChannel = (typeof requestChannels)[number];

/** How long somebody holds value back at a request, and what ends it. Days that nobody has seen are absent. */
const zHold = z.strictObject({
  courtesyDays: z.int().min(0).max(3650).optional(),
  extension: zText.optional(),
  ends: zText.optional(),
  ...backed,
});

/** What a service and an issuer have in common: who they are and how they are asked. */
const asked = {
  aliases: zAliases,
  formerly,
  entities: z.array(zEntity).max(50).default([]),
  countries: z.array(zCountry).max(60).default([]),
  channel: z
    .strictObject({ kind: z.enum(requestChannels), to: z.string().min(1).max(500).optional(), ...backed })
    .optional(),
  desk: zDeskId.optional(),
  requires: z.array(z.enum(requirementCodes)).max(requirementCodes.length).default([]),
  /** Working days until an answer. */
  answerDays: z.strictObject({ min: z.int().min(0), max: z.int().min(0).max(365), ...backed }).optional(),
  hold: zHold.optional(),
  languages: z.array(zLanguageTag).max(20).default([]),
};

export const serviceKinds = ['agency', 'exchange', 'mixer', 'dex', 'bridge', 'service'] as const;

export const zVasp = z.strictObject({
  ...named,
  ...asked,
  kind: z.enum(serviceKinds).exclude(['agency']).default('exchange'),
  /** Under whose law its customers’ accounts stand, where that is one country. */
  country: zCountry.optional(),
  /** Identifiers of the same holder in lists of tags, e.g. GraphSense’s actors. */
  actors: z.array(zName).max(100).default([]),
});
export type Vasp = z.infer<typeof zVasp>;

export const zIssuer = z.strictObject({
  ...named,
  ...asked,
  assets: z
    .array(
      z.strictObject({
        asset: zAssetId,
        symbol: z.string().min(1).max(64),
        freezable: z.boolean(),
        how: zText.optional(),
      }),
    )
    .max(200)
    .default([]),
});
export type Issuer = z.infer<typeof zIssuer>;

export const legalChannelKinds = [
  'mlat',
  'convention',
  'egmont',
  'network-24-7',
  'police',
  'cert',
  'provider',
  'sanctions-notice',
] as const;
export type LegalChannelKind = (typeof legalChannelKinds)[number];
export const channelCargo = ['intelligence', 'evidence'] as const;
export type ChannelCargo = (typeof channelCargo)[number];
export const partyStandings = ['party', 'not-party', 'unknown'] as const;

export const zLegalChannel = z.strictObject({
  ...named,
  kind: z.enum(legalChannelKinds),
  carries: z.array(z.enum(channelCargo)).min(1).max(2),
  /** Open to every country, e.g. a request to a provider; then `parties` says only what differs. */
  anyCountry: z.boolean().default(false),
  parties: z
    .array(
      z.strictObject({
        country: zCountry,
        standing: z.enum(partyStandings),
        since: zDate.optional(),
        /** Through whom. */
        agency: zEntryId.optional(),
        note: zText.optional(),
        ...backed,
      }),
    )
    .max(250)
    .default([]),
  needs: z.array(zText).max(30).default([]),
  typicalTime: zText.optional(),
});
export type LegalChannel = z.infer<typeof zLegalChannel>;

export const zCalendar = z.strictObject({
  ...named,
  country: zCountry,
  /** The days that it speaks for; outside, nobody knows whether a day is a holiday. */
  from: zDate,
  until: zDate,
  days: z
    .array(
      z.strictObject({
        date: zDate,
        name: zText,
        /** A day whose law was not seen in force does not close an office; the answer says that it may. */
        certainty: z.enum(sourceCertainties).optional(),
        note: zText.optional(),
      }),
    )
    .max(5000),
});
export type Calendar = z.infer<typeof zCalendar>;

/** Of incidents of these kinds, agencies of these functions must know – those of each jurisdiction concerned, or of these. */
export const zNotifyRule = z.strictObject({
  ...named,
  kinds: z.array(zIncidentKind).min(1).max(20),
  functions: z.array(z.enum(agencyFunctions)).min(1).max(20),
  /** Absent: each jurisdiction that the incident concerns. */
  countries: z.array(zCountry).max(60).optional(),
});
export type NotifyRule = z.infer<typeof zNotifyRule>;

/** One holder by name and country alone: what a tag’s `actor` is looked up in. The short form. */
export const zDirectoryEntry = z.strictObject({
  id: zEntryId,
  name: zText,
  /** Absent where nobody knows (a mixer). */
  country: zCountry.optional(),
  kind: z.enum(serviceKinds),
});
export type DirectoryEntry = z.infer<typeof zDirectoryEntry>;

/** A file of the directory. An entry with the identifier of an earlier one replaces it. */
export const zDirectoryFile = z.strictObject({
  agencies: z.array(zAgency).max(10_000).default([]),
  vasps: z.array(zVasp).max(20_000).default([]),
  issuers: z.array(zIssuer).max(2_000).default([]),
  channels: z.array(zLegalChannel).max(2_000).default([]),
  calendars: z.array(zCalendar).max(500).default([]),
  rules: z.array(zNotifyRule).max(1_000).default([]),
  /** What is done where an agency says no steps of its own; the last file that has it counts. */
  escalation: z.array(zEscalationStep).max(20).optional(),
  entries: z.array(zDirectoryEntry).max(100_000).default([]),
});
export type DirectoryFile = z.infer<typeof zDirectoryFile>;

export const directoryLists = ['agencies', 'vasps', 'issuers', 'channels', 'calendars', 'rules', 'entries'] as const;
export type DirectoryList = (typeof directoryLists)[number];
