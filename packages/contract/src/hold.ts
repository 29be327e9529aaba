import { z } from 'zod';
import { zAddress, zAssetId, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zDeskId } from './desk.ts';
import { requestChannels, requirementCodes, zCountry, zEntryId } from './directory.ts';
import { zHoldFile } from './hold-file.ts';
import { zTlp } from './incident.ts';
import { inputRules } from './input-terms.ts';
import { zProblem } from './problems.ts';
import { zSha256, zText } from './text.ts';

/** Hold requests: asking an exchange, an issuer or a bridge to keep value back. `docs/holds.md` explains them. */

export const zHoldId = z.string().regex(/^hold--[0-9a-f-]{36}$/);

export const holdStates = [
  'drafted',
  'approved',
  'sent',
  'acknowledged',
  'held-in-part',
  'held-in-full',
  'ordered',
  'released',
  'seized',
  'returned',
  'refused',
  'withdrawn',
] as const;
export type HoldState = (typeof holdStates)[number];

export const holdEvents = [
  'revise',
  'approve',
  'send',
  'acknowledge',
  'hold-part',
  'hold-full',
  'extend',
  'order',
  'release',
  'seize',
  'return',
  'refuse',
  'withdraw',
] as const;
export type HoldEventKind = (typeof holdEvents)[number];

/** What is asked for: that nobody pays out what was claimed; that the account neither trades nor pays out; or that it stands still. */
export const holdScopes = ['claim', 'trading-and-withdrawal', 'full'] as const;
export type HoldScope = (typeof holdScopes)[number];

/** How a request leaves: mail with the signed letter, the addressee's interface for programs, the desk that it runs, or a person. */
export const holdWays = ['email', 'api', 'desk', 'print'] as const;
export type HoldWay = (typeof holdWays)[number];

/** A hold names the value of one address: few assets, and the transactions that brought them. More is cut and said. */
export const holdAmountsMax = 100;
export const holdTransactionsMax = 1_000;
const timelineMax = 200;

const zLine = z.string().regex(/^[^\p{C}]{1,300}$/u);

export const zHoldAmount = z.object({
  asset: zAssetId,
  symbol: z.string().max(64),
  decimals: z.int().min(0).max(77),
  units: zUnits,
});
export type HoldAmount = z.infer<typeof zHoldAmount>;

export const zHoldTransaction = z.object({
  txid: zTxId,
  time: zInstant,
  from: zAddress.nullable(),
  to: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
});
export type HoldTransaction = z.infer<typeof zHoldTransaction>;

/** Who signs. */
export const zSignatory = z.strictObject({
  name: zText,
  title: zText,
  badge: zLine.nullable().default(null),
  email: z.email().nullable().default(null),
  phone: zLine.nullable().default(null),
});
export type Signatory = z.infer<typeof zSignatory>;

/** What a request says; its letters are made from this and nothing else. */
export const zHoldFacts = z.object({
  chain: zChainId,
  /** Where the value stands. */
  address: zAddress,
  /** Who paid into it: what an exchange can find a customer by where `address` is its common wallet. */
  hopBefore: zAddress.nullable(),
  /** The addressee's own number of the customer or account, where it is known. */
  reference: zLine.nullable(),
  amounts: z.array(zHoldAmount).min(1).max(holdAmountsMax),
  /** Assets that did not fit; the letter says so. */
  amountsMore: z.int().min(0).default(0),
  transactions: z.array(zHoldTransaction).max(holdTransactionsMax),
  /** Transactions that did not fit; the letter says so. */
  transactionsMore: z.int().min(0),
  scope: z.enum(holdScopes),
  days: z.int().min(1).max(3650),
  caseNumber: zLine.nullable(),
  legalBasis: zText.nullable(),
  /** The addressee is asked for the customer's data, too. */
  disclosure: z.boolean(),
  /** The warrant or request for assistance under which it may give them. */
  disclosureBasis: zText.nullable(),
  signatory: zSignatory.nullable(),
  timeline: z.array(z.object({ at: zInstant, text: zText })).max(timelineMax),
});
export type HoldFacts = z.infer<typeof zHoldFacts>;

/** What a person may say or change while it is a draft. */
const zHoldWords = z.strictObject({
  scope: z.enum(holdScopes).optional(),
  days: z.int().min(1).max(3650).optional(),
  reference: zLine.nullable().optional(),
  caseNumber: zLine.nullable().optional(),
  legalBasis: zText.nullable().optional(),
  disclosure: z.boolean().optional(),
  disclosureBasis: zText.nullable().optional(),
  signatory: zSignatory.nullable().optional(),
  hopBefore: z.string().min(1).max(128).nullable().optional(),
  /** One of the addressee's legal entities, by its English name. */
  entity: z.string().min(1).max(300).optional(),
});
export type HoldWords = z.infer<typeof zHoldWords>;
export const zHoldRevision = zHoldWords;
export type HoldRevision = z.infer<typeof zHoldRevision>;

/** A draft from an alert or from where value of an incident stands. */
export const zNewHold = zHoldWords
  .extend({
    incident: z.string().min(1).max(200),
    alert: z.string().min(1).max(200).optional(),
    address: z.string().min(1).max(128).optional(),
    /** The entry of the directory that is asked, where the tag of the address does not say it. */
    addressee: zEntryId.optional(),
  })
  .refine(({ alert, address }) => (alert === undefined) !== (address === undefined), {
    path: ['alert'],
    ...inputRules.alertOrAddress,
  });
export type NewHold = z.infer<typeof zNewHold>;

export const zHoldAddressee = z.object({
  list: z.enum(['vasps', 'issuers']),
  id: zEntryId,
  name: zText,
  entity: zText.nullable(),
  country: zCountry.nullable(),
  channel: z.object({ kind: z.enum(requestChannels), to: z.string().nullable() }),
  /** The desk that it runs. */
  desk: zDeskId.nullable().optional(),
  requires: z.array(z.enum(requirementCodes)),
  /** Days that it holds at a request; null: it publishes none. */
  courtesyDays: z.int().nullable(),
  extension: zText.nullable(),
  ends: zText.nullable(),
  languages: z.array(z.string()),
});
export type HoldAddressee = z.infer<typeof zHoldAddressee>;

/** What a person approves is what they were shown: `digest` as the request told it. */
export const zHoldApproval = z.strictObject({ digest: zSha256 });

/** Of print: `to` whom a person handed it, where not the directory's; `at` when, where not now. Elsewhere it goes where was approved. */
export const zHoldSending = z
  .strictObject({ way: z.enum(holdWays), to: zLine.optional(), at: zInstant.optional() })
  .refine(({ way, at }) => at === undefined || way === 'print', { path: ['at'], ...inputRules.printOnly })
  .refine(({ way, to }) => to === undefined || way === 'print', { path: ['to'], ...inputRules.printOnly });
export type HoldSending = z.infer<typeof zHoldSending>;

const zAsked = z.strictObject({ at: zInstant.optional(), note: z.string().max(2000).optional() });
const zReason = z.string().min(3).max(2000);
/** What came back, as a person enters it. `at`: when it happened, where not now. */
export const zHoldAnswer = z.discriminatedUnion('event', [
  zAsked.extend({ event: z.literal('acknowledge'), reference: zLine.optional() }),
  zAsked.extend({
    event: z.literal('hold'),
    /** What is held, in the asset's smallest unit; absent: all that was asked for. */
    amounts: z
      .array(z.strictObject({ asset: zAssetId, units: zUnits }))
      .min(1)
      .max(holdAmountsMax)
      .optional(),
    /** When it ends, by the addressee's word. */
    until: zInstant.optional(),
    reference: zLine.optional(),
  }),
  zAsked.extend({ event: z.literal('extend'), until: zInstant }),
  zAsked.extend({ event: z.literal('order'), reference: zLine, until: zInstant.optional() }),
  zAsked.extend({ event: z.literal('release'), reason: zReason }),
  zAsked.extend({ event: z.literal('seize'), reference: zLine }),
  zAsked.extend({ event: z.literal('return'), reference: zLine }),
  zAsked.extend({ event: z.literal('refuse'), reason: zReason }),
  zAsked.extend({ event: z.literal('withdraw'), reason: zReason }),
]);
export type HoldAnswer = z.infer<typeof zHoldAnswer>;

/** One thing that happened to a request: who entered it, and when it happened. */
export const zHoldHappening = z.object({
  seq: z.int(),
  kind: z.enum(holdEvents),
  at: zInstant,
  enteredAt: zInstant,
  by: z.string(),
  way: z.enum(holdWays).optional(),
  to: z.string().optional(),
  amounts: z.array(z.object({ asset: zAssetId, units: zUnits })).optional(),
  until: zInstant.nullable().optional(),
  reference: z.string().optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  /** The desk that said it itself, by the signed exchange. */
  desk: z.string().optional(),
});
export type HoldHappening = z.infer<typeof zHoldHappening>;

/** Where a request stands, made from what happened. */
export const zHoldProgress = z.object({
  state: z.enum(holdStates),
  approvals: z.array(z.object({ by: z.string(), at: zInstant })),
  approvedAt: zInstant.nullable(),
  sentAt: zInstant.nullable(),
  way: z.enum(holdWays).nullable(),
  to: z.string().nullable(),
  acknowledgedAt: zInstant.nullable(),
  heldAt: zInstant.nullable(),
  held: z.array(z.object({ asset: zAssetId, units: zUnits })),
  /** When the hold ends by itself; null: not yet held, or no end is known. */
  expiresAt: zInstant.nullable(),
  extended: z.int(),
  /** The addressee's number of the matter. */
  theirReference: z.string().nullable(),
  orderReference: z.string().nullable(),
  endedAt: zInstant.nullable(),
  reason: z.string().nullable(),
});
export type HoldProgress = z.infer<typeof zHoldProgress>;

export const holdClockKinds = ['acknowledgement', 'expiry'] as const;
export const holdClockStates = ['running', 'soon', 'over', 'met'] as const;
export const zHoldClock = z.object({
  kind: z.enum(holdClockKinds),
  dueAt: zInstant,
  state: z.enum(holdClockStates),
});
export type HoldClock = z.infer<typeof zHoldClock>;

export const holdWarningKinds = ['expiry', 'expired', 'unacknowledged'] as const;
/** A warning that went out; `hours`: the step of the settings; `hoursLeft`: how many it was then before the end. */
export const zHoldWarning = z.object({
  kind: z.enum(holdWarningKinds),
  hours: z.int(),
  hoursLeft: z.int(),
  dueAt: zInstant,
  at: zInstant,
  told: z.array(
    z.object({
      agency: z.string(),
      contact: z.string(),
      channel: z.enum(['page', 'email', 'webhook', 'phone']),
      state: z.enum(['due', 'failed', 'sent', 'by-hand']),
      problem: zProblem.nullable(),
    }),
  ),
});
export type HoldWarning = z.infer<typeof zHoldWarning>;

export const holdDocumentForms = ['pdf', 'docx', 'xlsx', 'csv', 'json'] as const;
export const zHoldDocument = z.object({
  name: z.string(),
  form: z.enum(holdDocumentForms),
  language: z.enum(['en', 'ko']).nullable(),
  bytes: z.int(),
  sha256: z.string(),
  madeAt: zInstant,
});
export type HoldDocument = z.infer<typeof zHoldDocument>;

/** Another request for the same value: this desk's own, or a partner's. */
export const holdParallelReasons = ['address', 'transaction'] as const;
export const zHoldParallel = z.object({
  id: z.string(),
  /** Null: this desk. */
  desk: z.object({ id: z.string(), name: zText }).nullable(),
  incident: z.string().nullable(),
  addressee: zText,
  state: z.enum(holdStates),
  expiresAt: zInstant.nullable(),
  reasons: z.array(z.enum(holdParallelReasons)),
  joinedAt: zInstant,
});
export type HoldParallel = z.infer<typeof zHoldParallel>;

export const zHoldSummary = z.object({
  id: z.string(),
  incident: z.object({ id: z.string(), title: zText }),
  /** Null: this desk's own request. */
  desk: z.object({ id: z.string(), name: zText }).nullable(),
  addressee: zText,
  country: zCountry.nullable(),
  chain: zChainId,
  address: zAddress,
  amounts: z.array(zHoldAmount),
  scope: z.enum(holdScopes),
  state: z.enum(holdStates),
  number: z.string().nullable(),
  held: z.array(z.object({ asset: zAssetId, units: zUnits })),
  draftedAt: zInstant,
  sentAt: zInstant.nullable(),
  expiresAt: zInstant.nullable(),
  clocks: z.array(zHoldClock),
  parallel: z.int(),
  drill: z.boolean(),
});
export type HoldSummary = z.infer<typeof zHoldSummary>;

export const zHold = z.object({
  id: z.string(),
  incident: z.object({ id: z.string(), title: zText }),
  tlp: zTlp,
  drill: z.boolean(),
  /** The alert that it was drafted from. */
  alert: z.string().nullable(),
  addressee: zHoldAddressee,
  facts: zHoldFacts,
  /** SHA-256 of what the request says, in canonical JSON: what an approval is an approval of. */
  digest: z.string(),
  progress: zHoldProgress,
  draftedBy: z.string(),
  draftedAt: zInstant,
  /** Persons besides whoever drafted it. */
  approvalsNeeded: z.int(),
  /** The letter's number and day, given at the last approval. */
  number: z.string().nullable(),
  /** What the addressee requires and the request does not have. */
  missing: z.array(z.enum(requirementCodes)),
  /** On its way: who it goes to, and what was wrong at the last try. */
  sending: z
    .object({
      way: z.enum(holdWays),
      to: z.string(),
      attempts: z.int(),
      nextAt: zInstant.nullable(),
      problem: zProblem.nullable(),
    })
    .nullable(),
  happened: z.array(zHoldHappening),
  clocks: z.array(zHoldClock),
  warnings: z.array(zHoldWarning),
  documents: z.array(zHoldDocument),
  /** The partner that is the addressee's own desk; null: there is none, and the way is not open. */
  desk: z.object({ id: z.string(), name: zText }).nullable(),
  /** What that desk said and could not be taken, and why. */
  refusedWords: z.array(
    z.object({
      desk: z.string(),
      at: zInstant,
      receivedAt: zInstant,
      event: z.enum(['acknowledge', 'hold', 'extend', 'release', 'refuse', 'file']),
      /** The name of the file that it names. */
      file: z.string().nullable(),
      problem: zProblem,
    }),
  ),
  /** Files that came back, the oldest first. */
  received: z.array(zHoldFile),
  /** The largest that this desk takes; null: none can come back before the request was sent. */
  receivedBytesMax: z.int().nullable(),
  parallel: z.array(zHoldParallel),
  /** What can happen to it now. */
  may: z.array(z.enum(holdEvents)),
});
export type Hold = z.infer<typeof zHold>;
