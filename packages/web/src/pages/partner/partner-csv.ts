import { type Delivery, type Language, type Reason, type Refusal, type Tlp, tlpLevels } from '@gongjo/contract';
import type { Texts } from '../../texts/texts.ts';

/** The markings of a delivery's objects, each once, the strictest first. */
export function tlpsOf({ objects }: Pick<Delivery, 'objects'>): Tlp[] {
  return tlpLevels.filter((level) => objects.some(({ tlp }) => tlp === level)).reverse();
}

const why = (reasons: readonly Reason[], language: Language) => reasons.map(({ text }) => text[language]).join(' ');

/** One row for each object; times as the data has them, in UTC, so that a file means the same in both countries. */
export function deliveryRows(deliveries: readonly Delivery[], t: Texts, language: Language): string[][] {
  const { at, state, incident, object, type, marking, why: reason, receipt, id, sha256 } = t.partner.column;
  return [
    [at, state, incident, id, object, type, marking, sha256, reason, receipt],
    ...deliveries.flatMap((delivery) =>
      delivery.objects.map((one) => [
        delivery.decidedAt,
        t.partner.state[delivery.state],
        delivery.incident?.title[language] ?? '',
        one.id,
        one.label,
        one.type,
        one.tlp ?? '',
        one.sha256,
        why(delivery.reasons, language),
        delivery.receipt?.at ?? '',
      ]),
    ),
  ];
}

export function refusalRows(refusals: readonly Refusal[], t: Texts, language: Language): string[][] {
  const { at, object, type, why: reason, id } = t.partner.column;
  return [
    [at, id, object, type, reason],
    ...refusals.map((one) => [one.at, one.object.id, one.object.label, one.object.type, why(one.reasons, language)]),
  ];
}
