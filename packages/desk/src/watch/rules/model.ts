import type { Address, AlertRule, Instant, Tag, Text, Watch } from '@gongjo/contract';
import type { Touch } from '../../ledger/index.ts';
import type { Hit } from '../screen/hit.ts';

/** What a rule found, about one movement. Rules are pure: whoever asks them gives them what they look at. */
export interface Finding {
  readonly rule: AlertRule;
  readonly at: Touch;
  /** Who holds the place that it is about, where a tag says so. */
  readonly tag?: Tag;
  /** Who it is about where that is no tag's holder: the issuer of a token. */
  readonly holder?: { readonly label: string; readonly name: Text | null; readonly countries: readonly string[] };
  /** The address that it is about, where that is not the receiver. */
  readonly subject?: Address;
  /** Of rules that count: how many, and since when. */
  readonly count?: number;
  readonly since?: Instant;
  readonly watch?: Watch;
  readonly incident?: string;
}

/** On whose account a hit's address is watched, as a finding says it. */
export function onAccountOf({ watch, incident }: Pick<Hit, 'watch' | 'incident'>): Pick<Finding, 'watch' | 'incident'> {
  return { ...(watch === null ? {} : { watch }), ...(incident === null ? {} : { incident }) };
}
