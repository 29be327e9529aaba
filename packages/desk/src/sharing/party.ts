import type { DeskCard, HandlingFile, Redaction, Text, Tlp } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { canonicalJson } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';
import type { PartnerFacts, PartyKind, PolicySet } from '../policy/index.ts';
import { type HandlingBook, handlingBook } from '../stix/index.ts';

/**
 * Whom a release is for, or whom something came from, as far as a decision needs to know it: a paired desk, a collection
 * (`collection:ALIAS`: those who may read it), or a source that only ever sends (`account:NAME`, `feed:NAME`, `file:LABEL`).
 */
export interface Party {
  /** A desk's id, or the kind and the name. */
  readonly id: string;
  readonly kind: PartyKind;
  readonly name: Text;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The agreement under which the two exchange; null: none, and then the default policy releases nothing. */
  readonly agreement: string | null;
  /** The provision that releases to it rest on where none is named; without one, the agreement. */
  readonly legalBasis?: string | null;
  /** What it is by law: police, fiu, prosecution, cert, vasp. */
  readonly roles: readonly string[];
  /** Communities in the sense of TLP:GREEN. */
  readonly communities: readonly string[];
  /** Copies for it are marked at least this strictly. */
  readonly markFloor: Tlp;
}

/** What objects come from that only ever sends: it signs nothing and is nobody's partner. */
export function sourceParty(id: string, country: string, agreement: string | null, name = id): Party {
  return {
    ...{ id, kind: 'source', name: { en: name, ko: name }, country, agreement },
    ...{ roles: [], communities: [], markFloor: 'clear' },
  };
}

/** A party as the policy asks about it. Desks become parties by being paired. */
export function partnerFacts({ id, kind, country, agreement, roles, communities }: Party): PartnerFacts {
  return { id, kind, country, agreement, roles, communities, paired: kind === 'desk' };
}

/** National handling marks and redaction profiles: data of the agency, made ready for use. */
export interface Handling {
  readonly book: HandlingBook;
  /** In the order of preference. */
  readonly redactions: readonly Redaction[];
  /** Of the data: which edition decided. */
  readonly sha256: string;
}

export function handlingOf({ marks, redactions }: Pick<HandlingFile, 'marks' | 'redactions'>): Handling {
  return { book: handlingBook(marks), redactions, sha256: sha256Hex(canonicalJson([marks, redactions])) };
}

/** A desk that was given no such data knows no marks and no profiles. */
export const noHandling: Handling = handlingOf({ marks: [], redactions: [] });

export interface SharingContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
  readonly policies: PolicySet;
  readonly handling?: Handling;
  /** The communities that this desk itself belongs to. */
  readonly communities?: readonly string[];
  /** Who is behind an identifier; null where nobody is (any more). The partner module knows, which sharing cannot see. */
  readonly party?: (db: Db, id: string) => Promise<Party | null>;
  /** By whose names addressees of hold requests are compared. */
  readonly directory?: Directory;
  /** The largest file that is taken from an addressee's desk. */
  readonly holdFileBytes?: number;
}

/** What a decision rests on besides the object: when it changes, what was not released is decided again. */
export function basisOf({ policies, handling, communities }: SharingContext, party: Party): string {
  const { country, agreement, legalBasis, roles, communities: theirs, markFloor } = party;
  return sha256Hex(
    canonicalJson([
      policies.sha256,
      country,
      agreement,
      legalBasis ?? null,
      roles,
      theirs,
      markFloor,
      (handling ?? noHandling).sha256,
      communities ?? [],
    ]),
  );
}
