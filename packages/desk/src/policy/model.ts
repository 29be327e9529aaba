import { type DeskId, type OutcomeKind, type Reason, releasePurposes, type Text, type Tlp } from '@gongjo/contract';

/** What a partner is given an object for. The default policy set knows the first two; others need a rule of the agency. */
export const purposes = releasePurposes;
export type Purpose = (typeof purposes)[number];

/**
 * Who the other side is: a paired desk; a collection, which stands for the accounts and servers that may read it; or a
 * source that is no desk – an account, a server that is pulled from, a file – and only ever sends.
 */
export const partyKinds = ['desk', 'collection', 'source'] as const;
export type PartyKind = (typeof partyKinds)[number];

/** The way an object came in. Only a paired desk signs what it sends. */
export const ways = ['desk', 'account', 'feed', 'file'] as const;
export type Way = (typeof ways)[number];

/** How an object came to be here, as rules ask about it: an origin that is no desk cannot be asked for consent. */
export const sources = ['own', ...ways] as const;
export type Source = (typeof sources)[number];

/** The source of an object by its origin: this desk, another desk, `account:NAME`, `feed:NAME` or `file:LABEL`. */
export function sourceOf(origin: string, desk: DeskId): Source {
  if (origin === desk) return 'own';
  return ways.find((way) => origin.startsWith(`${way}:`)) ?? 'desk';
}

/** The other side of an exchange: the recipient of a release, the sender of what is to be admitted. */
export interface PartnerFacts {
  /** A desk's id, `collection:ALIAS`, `account:NAME`, `feed:NAME` or `file:LABEL`. */
  readonly id: string;
  readonly kind: PartyKind;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Its key was compared by voice and it has not been removed since. Never true of anything but a desk. */
  readonly paired: boolean;
  /** The agreement under which the two exchange, by its name or number; `null` where there is none. */
  readonly agreement: string | null;
  /** What it is by law: `police`, `fiu`, `prosecution`, `cert`, `vasp` and the like. */
  readonly roles: readonly string[];
  /** The communities in the sense of TLP:GREEN that it belongs to, such as `kr-us`. */
  readonly communities: readonly string[];
}

export interface ObjectFacts {
  readonly id: string;
  readonly type: string;
  /** The effective marking: the strictest that governs any part of it. `null` is unmarked. */
  readonly tlp: Tlp | null | 'conflict';
  /** Whoever it came from: a desk's id, `account:NAME`, `feed:NAME` or `file:LABEL`. */
  readonly origin: string;
  /** The communities of its origin: this desk's own where this desk made it. They are what TLP:GREEN speaks of. */
  readonly communities: readonly string[];
  /** Ids of the national handling marks it carries. */
  readonly handling: readonly string[];
  /** The incident it belongs to; `null` where it belongs to none. */
  readonly incident: string | null;
}

interface Question {
  /** The desk that decides. */
  readonly desk: DeskId;
  readonly partner: PartnerFacts;
  readonly object: ObjectFacts;
  readonly purpose: Purpose;
  /** The provision or agreement that the exchange is said to rest on; `null` where none is named. */
  readonly legalBasis: string | null;
}

/** May this object go to this recipient? */
export interface ReleaseQuestion extends Question {
  readonly action: 'release';
  /** How many persons have approved this release. */
  readonly approvals: number;
  /** The desk that the object came from agrees to this release. */
  readonly originConsents: boolean;
  /** The redaction profile whose result is asked about; `null`: the whole object. */
  readonly redaction: string | null;
}

/** May this object, sent by this partner or source, become part of what people here rely on? */
export interface AdmitQuestion extends Question {
  readonly action: 'admit';
  readonly via: Way;
  /** The delivery's signature verifies with the partner's paired key. */
  readonly signatureVerified: boolean;
}

/** What a redaction profile leaves of the object: a profile that takes the stricter parts away may leave a looser marking. */
export interface Redacted {
  readonly profile: string;
  readonly object: ObjectFacts;
}

/** A release never needs more than two persons. */
export const APPROVALS_MAX = 2;
export type Persons = 0 | 1 | 2;

export interface Outcome {
  /** The next step. Persons are asked before the origin: another desk hears of a plan only once this desk stands behind it. */
  readonly kind: OutcomeKind;
  /** The profile to redact by, now or once everybody has agreed; `null`: whole. */
  readonly profile: string | null;
  /** How many persons must have approved in all, those included that have. */
  readonly persons: Persons;
  /** The origin desk must agree as well. */
  readonly consent: boolean;
  /** Why; never empty. Of a refusal: what stays in the way whoever agrees. */
  readonly reasons: readonly Reason[];
}

export interface Verdict {
  readonly decision: 'permit' | 'forbid';
  /** The rules that decided, in the order of the policy set; never empty. */
  readonly reasons: readonly Reason[];
}

/** One rule of a policy set. */
export interface Rule {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly reason: Text;
  /** Its Cedar text. */
  readonly text: string;
  /** The actions that it is about; `null`: every one. */
  readonly actions: readonly string[] | null;
  /** What it looks at: nothing else can change whether it applies. */
  readonly mentions: ReadonlySet<string>;
}

export interface PolicySet {
  /** Whether it may decide; a set with a fault forbids everything. */
  readonly sound: boolean;
  readonly rules: ReadonlyMap<string, Rule>;
  /** SHA-256 of the text, hexadecimal: which version of the policy set decided. */
  readonly sha256: string;
  /** What its rules speak of, literally. */
  readonly literals: Literals;
}

/** Every attribute and every literal that a policy set mentions: facts beside these cannot change a decision. */
export interface Literals {
  /** Names of attributes, such as `approvals`; `principal` and `resource` where they are asked for by their identifiers. */
  readonly attributes: ReadonlySet<string>;
  /** Texts that the values of an attribute are compared with, by the attribute's name. */
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Identifiers of entities, by their type. */
  readonly entities: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whole numbers. */
  readonly numbers: ReadonlySet<number>;
}

/** What is wrong with a policy text, and where: a rule's id, or a line. */
export interface PolicyFinding {
  readonly path: string;
  readonly detail: string;
}
