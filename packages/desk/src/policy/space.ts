import { type DeskId, type PolicyFact, tlpLevels } from '@gongjo/contract';
import {
  type AdmitQuestion,
  type ObjectFacts,
  type PartnerFacts,
  type PolicySet,
  purposes,
  type ReleaseQuestion,
  sourceOf,
  ways,
} from './model.ts';

/** One fact and the values that matter of it: those that a rule names, and one that stands for all others. */
export interface Dimension {
  readonly fact: PolicyFact;
  /** How each value is told: a literal of the rules, or one of the contract's `policyValues` in angle brackets. */
  readonly values: readonly string[];
  /** The attributes of the Cedar schema that it sets. */
  readonly attributes: readonly string[];
  /** What it takes to ask with a value. */
  readonly set: (draft: Draft, index: number) => void;
}

/** A question in the making. */
export interface Draft {
  partner: { -readonly [key in keyof PartnerFacts]: PartnerFacts[key] };
  object: { -readonly [key in keyof ObjectFacts]: ObjectFacts[key] };
  purpose: ReleaseQuestion['purpose'];
  legalBasis: string | null;
  approvals: number;
  originConsents: boolean;
  redaction: string | null;
  via: AdmitQuestion['via'];
  signatureVerified: boolean;
}

/** Names that no agency uses, for what no rule names. */
const otherCountry = 'ZZ';
const other = '~other';
const shared = '~shared';

/** `<other>` and the like: a value that the contract has a term for. */
const term = (name: string) => `<${name}>`;

/** A fact that decides nothing by itself has this many values at most; more roles or marks are tried one by one, not in every mix. */
const MIXED_MAX = 3;

/** The literals of both sets, by attribute or entity type. */
interface Named {
  readonly mentions: (attribute: string) => boolean;
  readonly texts: (attribute: string) => string[];
  readonly entities: (type: string) => string[];
}

function namedIn(sets: readonly PolicySet[], action: 'release' | 'admit'): Named {
  const rules = sets
    .flatMap((set) => [...set.rules.values()])
    .filter(({ actions }) => actions?.includes(action) ?? true);
  const all = (of: (set: PolicySet) => Iterable<string> | undefined) =>
    [...new Set(sets.flatMap((set) => [...(of(set) ?? [])]))].toSorted();
  return {
    mentions: (attribute) => rules.some(({ mentions }) => mentions.has(attribute)),
    texts: (attribute) => [
      ...new Set([
        ...all(({ literals }) => literals.texts.get(attribute)),
        ...all(({ literals }) => literals.texts.get('')),
      ]),
    ],
    entities: (type) => all(({ literals }) => literals.entities.get(type)),
  };
}

/** Sets of texts: none, each alone, all mixes of a few, one that no rule names, and all at once. */
function mixes(values: readonly string[]): { readonly names: string[]; readonly sets: string[][] } {
  let subsets: string[][] = [[]];
  if (values.length > MIXED_MAX) subsets = [[], ...values.map((it) => [it]), [...values]];
  else for (const value of values) subsets = subsets.flatMap((it) => [it, [...it, value]]);
  const sets = [...subsets, [other]];
  const names = sets.map((it) => (it.length === 0 ? term('none') : it[0] === other ? term('other') : it.join(' + ')));
  return { names, sets };
}

type Choice<T> = readonly [name: string, value: T];

function dimension<T>(
  fact: PolicyFact,
  attributes: readonly string[],
  choices: readonly Choice<T>[],
  set: (draft: Draft, value: T) => void,
): Dimension {
  return {
    fact,
    attributes,
    values: choices.map(([name]) => name),
    set: (draft, index) => {
      const choice = choices[index];
      if (choice) set(draft, choice[1]);
    },
  };
}

const literal = (values: readonly string[]): Choice<string>[] => values.map((it) => [it, it]);
const optional = (values: readonly string[]): Choice<string | null>[] => [
  [term('none'), null],
  ...literal(values),
  [term('some'), other],
];
const yesNo: Choice<boolean>[] = [
  [term('yes'), true],
  [term('no'), false],
];

/** Where objects come from: this desk, desks that rules name, any other desk, and the ways that are no desk. */
function origins(named: Named, desk: DeskId): Choice<string>[] {
  const desks = named.entities('Desk').filter((it) => it !== desk && sourceOf(it, desk) === 'desk');
  const others = named.entities('Desk').filter((it) => it !== desk && !desks.includes(it));
  const kinds = named.mentions('source') ? ways.filter((it) => it !== 'desk') : [];
  return [
    [term('own'), desk],
    ...literal(desks),
    ['desk', other],
    ...literal(others),
    ...kinds.map((it): Choice<string> => [it, `${it}:${other}`]),
  ];
}

/** The facts in which a release may differ, as far as a rule of either set can tell. */
export function releaseSpace(sets: readonly PolicySet[], desk: DeskId, profiles: readonly string[]): Dimension[] {
  return spaceOf(namedIn(sets, 'release'), desk, profiles);
}

function spaceOf(named: Named, desk: DeskId, profiles: readonly string[]): Dimension[] {
  const communities = named.texts('communities');
  const handling = mixes(named.texts('handling'));
  const roles = mixes(named.texts('roles'));
  const all: Dimension[] = [
    dimension('marking', ['marking'], literal([...tlpLevels, 'unmarked', 'conflict']), (draft, it) => {
      draft.object.tlp = it === 'unmarked' ? null : (it as ObjectFacts['tlp']);
    }),
    dimension('origin', ['origin', 'source'], origins(named, desk), (draft, it) => {
      draft.object.origin = it;
    }),
    dimension('kind', ['kind', 'paired'], literal(['desk', 'collection']), (draft, it) => {
      draft.partner.kind = it as PartnerFacts['kind'];
      draft.partner.paired = it === 'desk';
    }),
    dimension('agreement', ['agreement'], optional(named.texts('agreement')), (draft, it) => {
      draft.partner.agreement = it;
    }),
    dimension(
      'communities',
      ['communities'],
      [[term('none'), []], [term('shared'), [shared]], ...communities.map((it): Choice<string[]> => [it, [it]])],
      (draft, it: string[]) => {
        draft.partner.communities = it;
      },
    ),
    dimension(
      'objectCommunities',
      ['communities'],
      [[term('other'), [shared]], ...communities.map((it): Choice<string[]> => [it, [it]])],
      (draft, it: string[]) => {
        draft.object.communities = it;
      },
    ),
    dimension(
      'roles',
      ['roles'],
      roles.sets.map((it, at): Choice<string[]> => [roles.names[at] ?? '', it]),
      (draft, it) => {
        draft.partner.roles = it;
      },
    ),
    dimension(
      'country',
      ['country'],
      [...literal(named.texts('country')), [term('other'), otherCountry]],
      (draft, it) => {
        draft.partner.country = it;
      },
    ),
    dimension(
      'handling',
      ['handling'],
      handling.sets.map((it, at): Choice<string[]> => [handling.names[at] ?? '', it]),
      (draft, it) => {
        draft.object.handling = it;
      },
    ),
    dimension('type', ['objectType'], [...literal(named.texts('objectType')), [term('other'), other]], (draft, it) => {
      draft.object.type = it;
    }),
    dimension('incident', ['incident'], optional(named.texts('incident')), (draft, it) => {
      draft.object.incident = it;
    }),
    dimension('purpose', ['purpose'], literal(purposes), (draft, it) => {
      draft.purpose = it as Draft['purpose'];
    }),
    dimension('legalBasis', ['legalBasis'], optional(named.texts('legalBasis')), (draft, it) => {
      draft.legalBasis = it;
    }),
    dimension(
      'recipient',
      ['principal'],
      [...literal(named.entities('Partner')), [term('other'), other]],
      (draft, it) => {
        draft.partner.id = it;
      },
    ),
    dimension(
      'object',
      ['resource'],
      [...literal(named.entities('StixObject')), [term('other'), other]],
      (draft, it) => {
        draft.object.id = it;
      },
    ),
    // The chain's own: not enumerated as cases but asked in order.
    dimension(
      'approvals',
      ['approvals'],
      [
        ['0', 0],
        ['1', 1],
        ['2', 2],
      ],
      (draft, it: number) => {
        draft.approvals = it;
      },
    ),
    dimension(
      'originConsents',
      ['originConsents'],
      [
        [term('no'), false],
        [term('yes'), true],
      ],
      (draft, it: boolean) => {
        draft.originConsents = it;
      },
    ),
    dimension(
      'redaction',
      ['redaction'],
      [[term('none'), null], ...profiles.map((it): Choice<string | null> => [it, it])],
      (draft, it) => {
        draft.redaction = it;
      },
    ),
  ];
  return all.filter(({ attributes }) => attributes.some(named.mentions));
}

/** Facts that the chain of a release goes through by itself. */
export const chained: ReadonlySet<PolicyFact> = new Set(['approvals', 'originConsents', 'redaction']);

/** The facts in which an admission may differ. */
export function admitSpace(sets: readonly PolicySet[], desk: DeskId): Dimension[] {
  const named = namedIn(sets, 'admit');
  const same = spaceOf(named, desk, []).filter(
    ({ fact }) => !chained.has(fact) && fact !== 'kind' && fact !== 'paired',
  );
  return [
    ...same,
    dimension('via', ['via', 'kind'], literal(ways), (draft, it) => {
      draft.via = it as Draft['via'];
      draft.partner.kind = it === 'desk' ? 'desk' : 'source';
    }),
    dimension('paired', ['paired'], yesNo, (draft, it) => {
      draft.partner.paired = it;
    }),
    dimension('signatureVerified', ['signatureVerified'], yesNo, (draft, it) => {
      draft.signatureVerified = it;
    }),
  ].filter(({ attributes }) => attributes.some(named.mentions));
}

/** What is asked about where no dimension says otherwise. */
export function draftOf(desk: string): Draft {
  return {
    partner: {
      id: other,
      kind: 'desk',
      country: otherCountry,
      paired: true,
      agreement: other,
      roles: [],
      communities: [shared],
    },
    object: {
      id: other,
      type: other,
      tlp: 'amber',
      origin: desk,
      communities: [shared],
      handling: [],
      incident: null,
    },
    purpose: 'investigation',
    legalBasis: null,
    approvals: 0,
    originConsents: false,
    redaction: null,
    via: 'desk',
    signatureVerified: true,
  };
}
