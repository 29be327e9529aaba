import type { Agency, EscalationAnswer, EscalationStep, Instant } from '@gongjo/contract';
import { epochMs, instant } from '../kernel/index.ts';
import { type Book, holds } from './book.ts';
import { onDuty } from './duty.ts';
import { contactAnswer, contactsOf } from './who.ts';
import { minuteMs } from './zone.ts';

type Due = EscalationAnswer['due'][number];

/**
 * Whom to tell next when an agency does not acknowledge. A step counts only where its condition holds at its own time: a
 * notice sent at night goes to whoever is there at night. Where the hours are not known, nobody is taken to be there.
 */
export function escalation(
  book: Book,
  agency: Agency,
  asked: { readonly notifiedAt: Instant; readonly acknowledgedAt?: Instant | null; readonly now: Instant },
): EscalationAnswer {
  const { notifiedAt, acknowledgedAt = null, now } = asked;
  const steps = (agency.escalation ?? book.escalation).toSorted((a, b) => a.afterMinutes - b.afterMinutes);
  const all = steps.flatMap((step): Due[] => {
    const at = instant(epochMs(notifiedAt) + step.afterMinutes * minuteMs);
    return applies(book, agency, step, at) ? targetsOf(book, agency, step, at) : [];
  });
  // Instants have one form, so their texts compare as their times do.
  const isAcknowledged = acknowledgedAt !== null && acknowledgedAt <= now;
  const end = isAcknowledged ? acknowledgedAt : now;
  const due = all.filter(({ at }) => (isAcknowledged ? at < end : at <= end));
  const next = isAcknowledged ? null : (all.find(({ at }) => at > now) ?? null);
  return { due, next, state: isAcknowledged ? 'acknowledged' : next === null ? 'exhausted' : 'waiting' };
}

function applies(book: Book, agency: Agency, { when }: EscalationStep, at: Instant): boolean {
  return when === 'always' || (onDuty(book, agency, at).onDuty === true) === (when === 'on-duty');
}

/** Who is meant; a function may be that of several agencies, and of none. */
function targetsOf(book: Book, agency: Agency, step: EscalationStep, at: Instant): Due[] {
  const { to } = step;
  if ('contact' in to || 'role' in to) {
    const contacts = contactsOf(agency).filter((it) => ('contact' in to ? it.id === to.contact : it.role === to.role));
    return [{ step, at, agency: agency.id, contacts: contacts.map(contactAnswer) }];
  }
  const others =
    'agency' in to
      ? [book.agencies.get(to.agency)].filter((it) => it !== undefined)
      : [...book.agencies.values()].filter(
          ({ country, functions }) => country === agency.country && functions.includes(to.function),
        );
  return others
    .filter((it) => it.id !== agency.id && holds(it, at.slice(0, 10)))
    .map((it) => ({ step, at, agency: it.id, contacts: contactsOf(it, 'duty-officer').map(contactAnswer) }));
}
