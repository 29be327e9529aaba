import type { Incident } from '@gongjo/contract';
import { canonicalOn, linesOf, type ReportForm } from './report-form.ts';

/** An incident that the report is about, by a transaction, or may be about, by an address. */
export type KnownIncident =
  | { readonly incident: Incident; readonly by: 'lead'; readonly what: string }
  | { readonly incident: Incident; readonly by: 'address'; readonly what: string };

/**
 * What this desk knows already of what has been typed so far, so that nobody files a second record by mistake. The desk
 * itself looks again when the report comes, and by more than this. An exercise never meets what happened.
 */
export function knownOf(form: ReportForm, incidents: readonly Incident[]): KnownIncident[] {
  const same = incidents.filter(({ drill, origin }) => (drill ?? false) === form.drill && origin === null);
  return same.flatMap((incident): KnownIncident[] => {
    const parts = form.moved.filter(({ chain }) => chain === incident.chain);
    const typed = (pick: (part: (typeof parts)[number]) => string) =>
      parts.flatMap((part) => linesOf(pick(part)).map(({ text }) => canonicalOn(part.chain, text)));
    const lead = typed(({ txids }) => txids).find((txid) => incident.txids.some((known) => known === txid));
    if (lead !== undefined) return [{ incident, by: 'lead', what: lead }];
    const address = typed(({ sources, destinations }) => `${sources}\n${destinations}`).find((one) =>
      incident.addresses?.some((known) => known.address === one),
    );
    return address === undefined ? [] : [{ incident, by: 'address', what: address }];
  });
}
