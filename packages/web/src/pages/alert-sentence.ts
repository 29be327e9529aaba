import { type Alert, fill } from '@gongjo/contract';
import { useCallback } from 'react';
import { shorten } from '../format/address.ts';
import { amountWords } from '../parts/Amount.tsx';
import { useReader } from '../texts/language.tsx';
import type { Texts } from '../texts/texts.ts';

/** The sentence of each rule, with places for the amount and for who. */
export function alertTemplate(rule: Alert['rule'], t: Texts): string {
  const { service, mixer, moved, coinjoin, bridge, freezable, peel, structuring, sleeper, collection } =
    t.today.sentence;
  const { poisoning, sanctioned, watched, pending } = t.today.sentence;
  return {
    'deposit-to-service': service,
    'mixer-entry': mixer,
    'indicator-moved': moved,
    'coinjoin-entry': coinjoin,
    'bridge-entry': bridge,
    'freezable-now': freezable,
    'peel-chain': peel,
    structuring,
    'sleeper-wakes': sleeper,
    collection,
    'address-poisoning': poisoning,
    'sanctioned-counterparty': sanctioned,
    'watched-moved': watched,
    'about-to-move': pending,
  }[rule];
}

/** An alert as one plain line. */
export function useAlertSentence(): (alert: Alert) => string {
  const { t, say } = useReader();
  return useCallback(
    (alert) => {
      const { service, to, rule, units, asset } = alert;
      const named = service === null ? null : service.name === null ? service.label : say(service.name);
      const who = named ?? (to === null ? t.common.unnamed : shorten(to));
      return fill(alertTemplate(rule, t), { amount: amountWords(units, asset), who });
    },
    [t, say],
  );
}
