import { z } from 'zod';
import { zCaseId, zGivenTo, zSeenSet } from './case.ts';
import { zInstant } from './chain.ts';
import { zDeskId } from './desk.ts';
import { zTlp } from './incident.ts';
import { languages, zLine, zProse } from './text.ts';

/** Requests from one desk to another: what is asked, on what basis, until when, and what was answered. */

export const partnerRequestKinds = ['rfi', 'preservation', 'sighting', 'interview', 'mla'] as const;
export type RequestKind = (typeof partnerRequestKinds)[number];

/** An authority answers a handful of questions in one request; a list of thousands is a document. */
const itemsMax = 100;
const zLines = z.array(zLine).min(1).max(itemsMax);

/** What somebody is who is to be heard. */
export const interviewRoles = ['witness', 'victim', 'suspect', 'expert'] as const;
/** How officers of the asking side wish to be there. */
export const presences = ['none', 'remote', 'in-person'] as const;

/** What is asked, by kind. */
export const zRequestFields = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rfi'),
    question: zProse,
    subjects: zLines.optional(),
    from: zInstant.optional(),
    to: zInstant.optional(),
  }),
  z.strictObject({
    kind: z.literal('preservation'),
    /** Who holds the data: a provider, an exchange. */
    holder: zLine,
    accounts: zLines,
    data: zLines,
    from: zInstant.optional(),
    to: zInstant.optional(),
    /** Convention on Cybercrime, article 29(7): at least sixty days. */
    days: z.int().min(1).max(365),
  }),
  z.strictObject({
    kind: z.literal('sighting'),
    subjects: zLines,
    since: zInstant.optional(),
  }),
  z.strictObject({
    kind: z.literal('interview'),
    person: zLine,
    role: z.enum(interviewRoles),
    topics: zLines,
    language: z.enum(languages).optional(),
    presence: z.enum(presences),
  }),
  z.strictObject({
    kind: z.literal('mla'),
    treaty: zLine,
    /** Central authorities, of the asking side and of the asked. */
    authorityFrom: zLine,
    authorityTo: zLine,
    offences: zLines,
    facts: zProse,
    measures: zLines,
    confidential: z.boolean(),
  }),
]);
export type RequestFields = z.infer<typeof zRequestFields>;

/** What is answered, by kind. */
export const zRequestAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rfi'), text: zProse }),
  z.strictObject({
    kind: z.literal('preservation'),
    text: zProse.optional(),
    preserved: z
      .array(z.strictObject({ account: zLine, until: zInstant }))
      .min(1)
      .max(itemsMax),
    reference: zLine.optional(),
  }),
  z.strictObject({
    kind: z.literal('sighting'),
    text: zProse.optional(),
    seen: z
      .array(z.strictObject({ subject: zLine, seen: z.boolean(), at: zInstant.optional() }))
      .min(1)
      .max(itemsMax),
  }),
  z.strictObject({
    kind: z.literal('interview'),
    text: zProse.optional(),
    at: zInstant.optional(),
    place: zLine.optional(),
    statement: zProse.optional(),
  }),
  z.strictObject({ kind: z.literal('mla'), text: zProse, reference: zLine.optional() }),
]);
export type RequestAnswer = z.infer<typeof zRequestAnswer>;

export const refusalGrounds = [
  'no-legal-basis',
  'dual-criminality',
  'not-competent',
  'disproportionate',
  'harms-investigation',
  'not-available',
  'other',
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

export const requestEvents = [
  'send',
  'supply',
  'extend',
  'remind',
  'escalate',
  'withdraw',
  'close',
  'acknowledge',
  'query',
  'answer-partly',
  'answer',
  'refuse',
] as const;
export type RequestEventName = (typeof requestEvents)[number];

export const requestStatesAll = [
  'draft',
  'sent',
  'acknowledged',
  'queried',
  'partly-answered',
  'answered',
  'refused',
  'withdrawn',
  'closed',
] as const;
export type RequestState = (typeof requestStatesAll)[number];

/** What is asked, whole. */
export const zRequestContent = z.strictObject({
  title: zLine,
  fields: zRequestFields,
  legalBasis: zLine,
  purpose: zLine,
  deadline: zInstant,
  urgent: z.boolean().default(false),
  case: zCaseId.optional(),
  incident: z.string().min(1).max(300).optional(),
  /** What the answer may be used for, as the asking side promises. */
  terms: zLine.optional(),
});
export type RequestContent = z.infer<typeof zRequestContent>;

/** What happens to a request: by the side that asks, or by the side that is asked. */
export const zRequestHappening = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('send'), content: zRequestContent }),
  z.strictObject({ event: z.literal('supply'), text: zProse }),
  z.strictObject({ event: z.literal('extend'), deadline: zInstant, text: zProse.optional() }),
  z.strictObject({ event: z.literal('remind'), step: zLine, text: zProse.optional() }),
  z.strictObject({ event: z.literal('escalate'), step: zLine, text: zProse.optional() }),
  z.strictObject({ event: z.literal('withdraw'), reason: zProse }),
  z.strictObject({ event: z.literal('close'), text: zProse.optional() }),
  z.strictObject({ event: z.literal('acknowledge'), text: zProse.optional(), expected: zInstant.optional() }),
  z.strictObject({ event: z.literal('query'), text: zProse }),
  z.strictObject({ event: z.literal('answer-partly'), answer: zRequestAnswer, missing: zProse }),
  z.strictObject({ event: z.literal('answer'), answer: zRequestAnswer }),
  z.strictObject({ event: z.literal('refuse'), ground: z.enum(refusalGrounds), reason: zProse }),
]);
export type RequestHappening = z.infer<typeof zRequestHappening>;

/** More would be a conversation; that belongs into a case. */
export const requestEventsMax = 500;

/** One event of a request, as it travels. */
export const zRequestEvent = z.strictObject({
  request: z.uuid(),
  /** Who asks, and who is asked. */
  from: zDeskId,
  to: zDeskId,
  desk: zDeskId,
  n: z.int().min(1).max(requestEventsMax),
  seen: zSeenSet,
  at: zInstant,
  what: zRequestHappening,
});
export type RequestEvent = z.infer<typeof zRequestEvent>;

export const zNewRequest = z.strictObject({
  to: zDeskId,
  content: zRequestContent,
  tlp: zTlp.default('amber'),
  /** Left a draft, which nobody else sees. */
  draft: z.boolean().default(false),
});
export type NewRequest = z.input<typeof zNewRequest>;

/** What a person does about a request. A reminder by hand has no step. */
export const zRequestAct = z.strictObject({ what: zRequestHappening, tlp: zTlp.optional() });
export type RequestAct = z.input<typeof zRequestAct>;

const requestEffects = ['act', 'late', 'void'] as const;

const zRequestEventView = z.object({
  id: z.string(),
  desk: zDeskId,
  n: z.int(),
  at: zInstant,
  what: zRequestHappening,
  tlp: zTlp.nullable(),
  by: z.string().nullable(),
  /** `act`: it was allowed; `late`: it crossed with one of the other side; `void`: it was not allowed and changed nothing. */
  effect: z.enum(requestEffects),
  /** Of this desk's own: released to the other side, or why not; null of the other side's. */
  given: zGivenTo.nullable(),
});
export type RequestEventView = z.infer<typeof zRequestEventView>;

const zRequestClock = z.object({ step: z.string(), event: z.enum(['remind', 'escalate']), at: zInstant });
export type RequestClock = z.infer<typeof zRequestClock>;

export const zRequestView = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  /** This desk asks. */
  own: z.boolean(),
  state: z.enum(requestStatesAll),
  content: zRequestContent,
  tlp: zTlp.nullable(),
  deadline: zInstant,
  overdue: z.boolean(),
  /** Reminders and escalations to come, if nothing happens. */
  clocks: z.array(zRequestClock).readonly(),
  reminders: z.int(),
  escalations: z.int(),
  /** What a person at this desk may do now. */
  mayDo: z.array(z.enum(requestEvents)).readonly(),
  openedAt: zInstant,
  events: z.array(zRequestEventView).readonly(),
});
export type RequestView = z.infer<typeof zRequestView>;
