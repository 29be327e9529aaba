import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zDeskId } from './desk.ts';
import { zTlp } from './incident.ts';
import { inputRules } from './input-terms.ts';
import { zOverlapItem } from './overlap.ts';
import { zPersonName } from './people.ts';
import { zLine, zMediaType, zProse, zSha256, zText } from './text.ts';

/** Cases: what an agency works on, alone or jointly with partners, as facts that are never overwritten. */

export const factKinds = ['case', 'incident', 'desk', 'member', 'task', 'finding', 'document', 'note'] as const;
export type FactKind = (typeof factKinds)[number];

/** Intelligence points the way; evidence is what a court may be shown. The one becomes the other by a recorded act alone. */
export const caseFlags = ['intelligence', 'evidence'] as const;
export type CaseFlag = (typeof caseFlags)[number];

/** What a desk has said to being part of a case. */
export const caseStandings = ['offered', 'joined', 'declined', 'left'] as const;
export type CaseStanding = (typeof caseStandings)[number];

/** A finding rests on few things; a list of addresses is a document. */
const aboutMax = 100;

/** The largest document that a desk keeps with a case; films and images of disks belong into a store for evidence. */
export const caseDocumentBytesMax = 8 * 1024 * 1024;

/** What a fact says, by its kind. Each is a whole: a change says everything anew. */
const zFactBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('case'),
    title: zText,
    summary: zProse.optional(),
    state: z.enum(['open', 'closed']),
  }),
  z.strictObject({ kind: z.literal('incident'), incident: z.string().min(1).max(300) }),
  z.strictObject({ kind: z.literal('desk'), desk: zDeskId, standing: z.enum(caseStandings) }),
  z.strictObject({ kind: z.literal('member'), name: zLine, role: zLine, contact: zLine.optional() }),
  z.strictObject({
    kind: z.literal('task'),
    title: zLine,
    text: zProse.optional(),
    assignee: zLine.optional(),
    due: zInstant.optional(),
    done: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('finding'),
    title: zLine,
    text: zProse,
    about: z.array(zLine).min(1).max(aboutMax).optional(),
  }),
  z.strictObject({
    kind: z.literal('document'),
    name: zLine,
    mediaType: zMediaType,
    sha256: zSha256,
    bytes: z.int().min(0).max(caseDocumentBytesMax),
  }),
  z.strictObject({ kind: z.literal('note'), text: zProse }),
]);
export type FactBody = z.infer<typeof zFactBody>;

/** The act by which intelligence became evidence. */
const zConversion = z.strictObject({ legalBasis: zLine, at: zInstant, desk: zDeskId });
export type Conversion = z.infer<typeof zConversion>;

/** What every fact says of itself. */
const zFactTerms = z.strictObject({
  flag: z.enum(caseFlags),
  /** Where it comes from. */
  source: zLine.optional(),
  /** What it may be used for. */
  terms: zLine.optional(),
  conversion: zConversion.optional(),
  /** Taken away by whoever wrote this; what it said stays in its history. */
  removed: z.literal(true).optional(),
});
export type FactTerms = z.infer<typeof zFactTerms>;

/** A fact's name within its case. */
export const zFactId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);
export const zCaseId = z
  .string()
  .regex(/^grouping--[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** More changes of one fact by one desk than people make. */
export const factRevisionsMax = 1_000;
/** What one desk writes into one case; its officers would take years. More would only fill the other desks. */
export const caseRevisionsMax = 20_000;
/** A joint case of more desks than this is an organisation of its own. */
export const caseDesksMax = 32;
/** Changes of one desk that another has seen are few runs, of those that were released one after the other. */
const seenRunsMax = 200;

const zCount = z.int().min(1).max(factRevisionsMax);

/**
 * Which revisions of a fact somebody had before them, exactly: by desk, runs of numbers `[first, last]`. A version vector with
 * exceptions (after Malkhi and Terry, "Concise Version Vectors in WinFS", 2005): what was never released leaves a hole.
 */
export const zSeenSet = z
  .record(
    zDeskId,
    z
      .array(z.tuple([zCount, zCount]))
      .min(1)
      .max(seenRunsMax),
  )
  .refine((it) => Object.keys(it).length <= caseDesksMax, inputRules.desks)
  .refine(
    (it) =>
      Object.values(it).every((runs) =>
        runs.every(([a, b], i) => a <= b && (i === 0 || (runs[i - 1]?.[1] ?? 0) + 1 < a)),
      ),
    inputRules.runs,
  );
export type SeenSet = z.infer<typeof zSeenSet>;

/** One change of one fact, as it travels. It is never changed itself. */
export const zCaseRevision = z.strictObject({
  case: zCaseId,
  fact: zFactId,
  desk: zDeskId,
  /** The desk's changes of this fact, counted. */
  n: zCount,
  seen: zSeenSet,
  at: zInstant,
  body: zFactBody,
  about: zFactTerms,
});
export type CaseRevision = z.infer<typeof zCaseRevision>;

/** What a person says of a fact besides its body. */
const zSaidOf = z.strictObject({
  flag: z.enum(caseFlags).default('intelligence'),
  source: zLine.optional(),
  terms: zLine.optional(),
  tlp: zTlp.optional(),
  /** Stays at this desk, whatever policy says. */
  keptHere: z.boolean().default(false),
});

/** What a person adds to a case. */
export const zNewFact = zSaidOf.extend({ body: zFactBody });
export type NewFact = z.input<typeof zNewFact>;

/** The revisions that a person had before them. */
const zBased = z.array(z.string().max(300)).min(1).max(100);

/** A change of a fact. */
export const zFactChange = z.strictObject({
  based: zBased,
  body: zFactBody.optional(),
  source: zLine.optional(),
  terms: zLine.optional(),
  tlp: zTlp.optional(),
  removed: z.boolean().optional(),
  keptHere: z.boolean().optional(),
});
export type FactChange = z.input<typeof zFactChange>;

export const zConversionAsked = z.strictObject({ based: zBased, legalBasis: zLine });

export const zNewCase = z.strictObject({
  title: zText,
  summary: zProse.optional(),
  tlp: zTlp.default('amber'),
  incidents: z.array(z.string().min(1).max(300)).max(100).default([]),
});
export type NewCase = z.input<typeof zNewCase>;

/** A document with its bytes. */
export const zCaseDocument = zSaidOf.extend({ name: zLine, mediaType: zMediaType, base64: z.base64() });

export const zCaseOffer = z.strictObject({ to: zDeskId, legalBasis: zLine.nullable().default(null) });
export const zCaseAnswer = z.strictObject({ standing: z.enum(['joined', 'declined', 'left']) });

/** What was decided about one object of this desk's for a partner. */
export const zGivenTo = z.object({ outcome: z.string(), reasons: z.array(zText).readonly() });

/** A revision as the desk shows it. */
export const zRevisionView = z.object({
  /** Its object. */
  id: z.string(),
  desk: zDeskId,
  n: z.int(),
  at: zInstant,
  body: zFactBody,
  about: zFactTerms,
  tlp: zTlp.nullable(),
  /** Who at this desk; null of a partner's. */
  by: z.string().nullable(),
  keptHere: z.boolean(),
  /** Its author has taken it back. */
  recalled: z.boolean(),
  /** What became of it for each partner: released, or why not. */
  given: z.array(zGivenTo.extend({ desk: z.string() })).readonly(),
});
export type RevisionView = z.infer<typeof zRevisionView>;

const zFactView = z.object({
  id: z.string(),
  kind: z.enum(factKinds),
  /** What stands; more than one: desks said different things without knowing of each other, and a person has to choose. */
  heads: z.array(zRevisionView).readonly(),
  conflict: z.boolean(),
  /** What it counts as: evidence only where nothing made evidence of it silently. */
  flag: z.enum(caseFlags),
  revisions: z.int(),
});
export type FactView = z.infer<typeof zFactView>;

const zCaseDeskView = z.object({
  desk: z.string(),
  name: zText.nullable(),
  standing: z.enum(caseStandings),
  /** Objects of the case that it was given, and those that wait or were refused. */
  given: z.int(),
  held: z.int(),
});

const zCaseHead = z.object({
  id: z.string(),
  title: zText,
  state: z.enum(['open', 'closed']),
  tlp: zTlp,
  /** Who opened it; null: this desk. */
  origin: z.string().nullable(),
  /** Whoever opened it has taken it back: nobody is told of it any more. */
  recalled: z.boolean(),
  standing: z.enum(caseStandings).nullable(),
  incidents: z.array(z.string()).readonly(),
  conflicts: z.int(),
  openTasks: z.int(),
  openedAt: zInstant,
  changedAt: zInstant,
});

export const zCaseSummary = zCaseHead.extend({ desks: z.array(z.string()).readonly(), facts: z.int() });
export type CaseSummary = z.infer<typeof zCaseSummary>;

/** Need to know: who of this desk sees a case that is restricted. */
export const zCaseAccess = z.object({
  /** Null: whoever has the clearance sees it. */
  restrictedAt: zInstant.nullable(),
  members: z.array(z.object({ person: z.string(), name: z.string(), since: zInstant, by: z.string() })).readonly(),
});
export type CaseAccess = z.infer<typeof zCaseAccess>;

/** `restrict` makes whoever asks a member, and the person that is named; `lift` ends the restriction. */
export const zCaseAccessAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('restrict'), person: zPersonName.optional() }),
  z.strictObject({ act: z.literal('lift') }),
  z.strictObject({ act: z.literal('admit'), person: zPersonName }),
  z.strictObject({ act: z.literal('release'), person: zPersonName }),
]);
export type CaseAccessAct = z.infer<typeof zCaseAccessAct>;

export const zCaseDetail = zCaseHead.extend({
  access: zCaseAccess,
  desk: zDeskId,
  facts: z.array(zFactView).readonly(),
  desks: z.array(zCaseDeskView).readonly(),
  /** Partners that were found to work on the same as an incident of the case: whom to offer it to. */
  overlaps: z
    .array(
      z.object({
        desk: z.string(),
        item: zOverlapItem,
        theirNote: z.object({ contact: z.string(), reference: z.string().nullable() }).nullable(),
      }),
    )
    .readonly(),
});
export type CaseDetail = z.infer<typeof zCaseDetail>;
