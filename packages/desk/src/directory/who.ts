import type { Agency, Contact, ContactRole, IncidentKind, Instant, MustKnow } from '@gongjo/contract';
import { type Book, holds } from './book.ts';
import { onDuty } from './duty.ts';

export interface WhoQuestion {
  readonly kind: IncidentKind;
  /** Countries concerned: of the victim, of the services that the value reached. */
  readonly jurisdictions: readonly string[];
  readonly at: Instant;
}

/**
 * Every agency that must know of an incident, each once, with all the rules that say so: in the order of the jurisdictions
 * asked and then of the rules.
 */
export function whoMustKnow(book: Book, { kind, jurisdictions, at }: WhoQuestion): MustKnow[] {
  const date = at.slice(0, 10);
  const rules = [...book.rules.values()].filter((rule) => rule.kinds.includes(kind) && holds(rule, date));
  const agencies = [...book.agencies.values()].filter((agency) => holds(agency, date));
  const why = new Map<Agency, MustKnow['why']>();
  const asked = [...new Set(jurisdictions)];
  const others = rules.flatMap(({ countries }) => countries ?? []).filter((it) => !asked.includes(it));
  for (const country of [...asked, ...new Set(others)])
    for (const rule of rules) {
      if (!(rule.countries ?? asked).includes(country)) continue;
      for (const agency of agencies) {
        if (agency.country !== country || !agency.functions.some((it) => rule.functions.includes(it))) continue;
        why.set(agency, [...(why.get(agency) ?? []), { rule: rule.id, text: rule.name }]);
      }
    }
  return [...why].map(([agency, reasons]) => mustKnow(book, agency, reasons, at));
}

function mustKnow(book: Book, agency: Agency, why: MustKnow['why'], at: Instant): MustKnow {
  const { id, name, country, desk = null, certainty } = agency;
  const contact = contactsOf(agency, 'duty-officer').find(isFilled);
  return {
    ...{ agency: id, name, country, desk, certainty, why },
    contact: contact ? contactAnswer(contact) : null,
    duty: onDuty(book, agency, at),
  };
}

export function contactsOf({ duty }: Agency, role?: ContactRole): Contact[] {
  return (duty?.contacts ?? []).filter((contact) => role === undefined || contact.role === role);
}

/** A page needs no address: it is the agency’s own desk. */
export function isFilled({ channel, to }: Contact): boolean {
  return to !== undefined || channel === 'page';
}

export function contactAnswer({ id, role, channel, to, languages }: Contact): NonNullable<MustKnow['contact']> {
  return { id, role, channel, to: to ?? null, languages };
}
