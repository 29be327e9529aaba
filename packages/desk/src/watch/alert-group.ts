import type { Alert, AlertRule, Text } from '@gongjo/contract';
import { sha256Hex } from '../platform/index.ts';

/** What all alerts of a group are about: a service, or an address. */
export interface GroupPlace {
  readonly label: string;
  readonly name: Text | null;
  readonly country: string | null;
}

/**
 * What an alert stands on: a trace, which says it again each time it is made; the rows of a block; or a node's pool of
 * transactions, which forgets.
 */
export type AlertBasis = 'trace' | 'block' | 'pool';

const bases: Readonly<Record<AlertRule, AlertBasis>> = {
  'deposit-to-service': 'trace',
  'mixer-entry': 'trace',
  'coinjoin-entry': 'trace',
  'bridge-entry': 'trace',
  'freezable-now': 'trace',
  'peel-chain': 'trace',
  structuring: 'trace',
  collection: 'trace',
  'indicator-moved': 'block',
  'sleeper-wakes': 'block',
  'address-poisoning': 'block',
  'sanctioned-counterparty': 'block',
  'watched-moved': 'block',
  'about-to-move': 'pool',
};

export function basisOf(rule: AlertRule): AlertBasis {
  return bases[rule];
}

type Grouped = Pick<Alert, 'rule' | 'incident' | 'chain' | 'service' | 'subject' | 'from' | 'to' | 'watch'>;

export function placeOf({ service, subject, to, from }: Grouped): GroupPlace {
  if (service) return { label: service.label, name: service.name, country: service.country };
  return { label: subject ?? to ?? from ?? '–', name: null, country: null };
}

/** Alerts of one rule about one place, of one incident or watch, join. */
export function groupIdOf(alert: Grouped): string {
  return sha256Hex(
    [alert.rule, alert.incident?.id ?? alert.watch?.id ?? '', alert.chain, placeOf(alert).label].join('\u0000'),
  );
}
