import type { DeskId, Reason, Text, Tlp } from '@gongjo/contract';

/** What a partner is given an object for. The default policy set knows the first two; others need a rule of the agency. */
export const purposes = ['investigation', 'warning', 'research'] as const;
export type Purpose = (typeof purposes)[number];

/** The other desk of an exchange: the recipient of a release, the sender of what is to be admitted. */
export interface PartnerFacts {
  readonly id: DeskId;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Its key was compared by voice and it has not been removed since. */
  readonly paired: boolean;
  /** The agreement under which the two exchange, by its name or number; `null` where there is none. */
  readonly agreement: string | null;
}

export interface ObjectFacts {
  readonly id: string;
  readonly type: string;
  /** As `tlpOf` of the `stix` module says it: `null` is unmarked. */
  readonly tlp: Tlp | null | 'conflict';
  /** The desk that made it. */
  readonly origin: string;
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

/** May this object go to this partner? */
export interface ReleaseQuestion extends Question {
  readonly action: 'release';
}

/** May this object, sent by this partner, become part of what people here rely on? */
export interface AdmitQuestion extends Question {
  readonly action: 'admit';
  /** The delivery's signature verifies with the partner's paired key. */
  readonly signatureVerified: boolean;
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
}

export interface PolicySet {
  /** Whether it may decide; a set with a fault forbids everything. */
  readonly sound: boolean;
  readonly rules: ReadonlyMap<string, Rule>;
  /** SHA-256 of the text, hexadecimal: which version of the policy set decided. */
  readonly sha256: string;
}

/** What is wrong with a policy text, and where: a rule's id, or a line. */
export interface PolicyFinding {
  readonly path: string;
  readonly detail: string;
}
