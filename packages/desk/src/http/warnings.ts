import type { DeskCard } from '@gongjo/contract';
import type { MeasureContext } from '../cases/index.ts';
import { listPartners } from '../partner/index.ts';
import { warningsOf } from '../sharing/index.ts';

/** Which country's desk had indicators of incidents, and since when; a partner that is none any more counts as it was. */
export function warningsByCountry(desk: Pick<DeskCard, 'country'>): MeasureContext['warnings'] {
  return async (db, incidents) => {
    const partners = await listPartners(db);
    const countries = new Map<string | null, string>(partners.map(({ card }) => [card.desk, card.country]));
    countries.set(null, desk.country);
    return (await warningsOf(db, incidents)).flatMap(({ desk: who, ...same }) => {
      const country = countries.get(who);
      return country === undefined ? [] : [{ ...same, country }];
    });
  };
}
