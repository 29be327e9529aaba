import type { Tag } from '@gongjo/contract';
import type { Stop } from './model.ts';

type Category = Tag['category'];

/**
 * Where value that arrives at an address with this tag ends. Whoever holds it for many customers ends a trace; a tag that
 * names a wrongdoer, a sanctioned holder or a frozen address names a holder to follow, not an end. So does a miner.
 */
const stopOfCategory = {
  mixer: 'mixer',
  coinjoin: 'coinjoin',
  bridge: 'bridge',
  exchange: 'service',
  service: 'service',
  dex: 'service',
  defi: 'service',
  wallet: 'service',
  payment: 'service',
  gambling: 'service',
  market: 'service',
  miner: null,
  organization: null,
  person: null,
  theft: null,
  scam: null,
  ransomware: null,
  extortion: null,
  terrorism: null,
  sanctioned: null,
  frozen: null,
  other: null,
} as const satisfies Record<Category, Stop['kind'] | null>;

export interface TagStop {
  readonly kind: Stop['kind'];
  readonly tag: Tag;
}

/** The order among tags that say different things of one address: the surest first, then by their text. */
export function compareTags(a: Tag, b: Tag): number {
  return b.confidence - a.confidence || compareText(textOf(a), textOf(b));
}

function textOf(tag: Tag): string {
  return [tag.category, tag.actor ?? '', tag.label, tag.source].join('\u0000');
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Why a plain transfer to an address with these tags ends there: the stopping tag of highest confidence, or null. A host
 * may use it to leave out the rows of addresses that it is asked tags and rows of at once.
 */
export function stopByTags(tags: readonly Tag[]): TagStop | null {
  for (const tag of [...tags].sort(compareTags)) {
    if (names(tag)) continue;
    const kind = stopOfCategory[tag.category];
    if (kind !== null) return { kind, tag };
  }
  return null;
}

/** It names a wrongdoer: an abuse other than being sanctioned, which services are and stay services. */
function names({ abuse }: Tag): boolean {
  return abuse !== undefined && abuse !== 'sanction';
}

/**
 * What an address is to a swap. `dex`: a known counterparty. `stop`: whatever it gives back (a receipt, a share), a deposit
 * ends there. An address that is tagged both as a service and as a dex trades, so the dex wins over
 * a service of any other kind.
 */
export function swapRole(tags: readonly Tag[]): 'dex' | 'stop' | 'unknown' {
  const has = (category: Category) => tags.some((tag) => tag.category === category);
  if (has('mixer') || has('bridge') || has('exchange')) return 'stop';
  if (has('dex')) return 'dex';
  return stopByTags(tags) === null ? 'unknown' : 'stop';
}
