import type { Agency, Contact, ContactRole, DeskCard, Instant, NoticeChannel, Text } from '@gongjo/contract';
import { type Book, contactsOf, findByName, isFilled, whoMustKnow } from '../directory/index.ts';
import type { StoredIncident } from './incident.store.ts';

/** Somebody to be told, and by which way. */
export interface Way {
  /** An agency of the directory, or `desk:ID`: this desk itself. */
  readonly agency: string;
  /** The contact of the directory; of the channel `desk` the partner's desk; empty: nobody has filled one in. */
  readonly contact: string;
  readonly channel: NoticeChannel;
}

/** This desk, its partners and the directory: what decides who is told how. */
export interface Reach {
  readonly desk: Pick<DeskCard, 'desk' | 'name' | 'country' | 'timeZone'>;
  readonly partners: readonly { readonly id: string; readonly country: string }[];
  readonly book: Book;
}

type Subject = Pick<StoredIncident, 'kind' | 'origin' | 'drill' | 'notifyAll' | 'countries' | 'victim'>;

/** The agency under which this desk's own people are told, where the directory does not say whose desk it is. */
export function ownAgencies({ desk, book }: Pick<Reach, 'desk' | 'book'>): Agency[] {
  const own = [...book.agencies.values()].filter((agency) => agency.desk === desk.desk);
  return own.length > 0 ? own : [standIn(desk)];
}

/** An agency of the directory, or this desk as one; undefined where there is none of this name (any more). */
export function agencyNamed({ desk, book }: Pick<Reach, 'desk' | 'book'>, id: string): Agency | undefined {
  return id === standInId(desk) ? standIn(desk) : book.agencies.get(id);
}

const standInId = ({ desk }: Reach['desk']) => `desk:${desk}`;

function standIn(desk: Reach['desk']): Agency {
  return {
    id: standInId(desk),
    name: desk.name,
    country: desk.country,
    functions: ['duty-centre'],
    aliases: [],
    formerly: [],
    powers: [],
    publish: false,
    desk: desk.desk,
    source: 'this desk',
    certainty: 'verified',
    asOf: '1970-01-01',
  };
}

/**
 * Countries that an incident concerns: this desk's, those that the report names, that of the victim where the directory knows
 * it, and those under whose law the value's holders stand. A partner tells its own agencies, so of a partner's incident this
 * desk tells those of its own country.
 */
export function jurisdictionsOf(
  { desk, book }: Reach,
  subject: Subject,
  holders: readonly (string | null)[],
): string[] {
  if (subject.origin) return [desk.country];
  const [victim] = subject.victim === null ? [] : findByName(book, subject.victim);
  const victimCountry = victim && victim.match !== 'romanised' ? countryOf(book, victim.id) : null;
  const all = [desk.country, ...(subject.countries ?? []), victimCountry, ...holders];
  return [...new Set(all.filter((it) => it !== null && it !== undefined))];
}

function countryOf(book: Book, id: string): string | null {
  return book.vasps.get(id)?.country ?? book.agencies.get(id)?.country ?? null;
}

/** Everyone who must know of an incident, and every way to each. The desk's own page is always among them. */
export function waysToAll(reach: Reach, subject: Subject, jurisdictions: readonly string[], at: Instant): Way[] {
  const { desk, book } = reach;
  const own = ownAgencies(reach);
  const must = whoMustKnow(book, { kind: subject.kind, jurisdictions, at }).filter(
    ({ country }) => !subject.origin || country === desk.country,
  );
  const others = must.flatMap(({ agency }) => book.agencies.get(agency) ?? []);
  const told = [...own, ...others.filter(({ id }) => !own.some((it) => it.id === id))];
  return told.flatMap((agency) => waysTo(reach, agency, 'duty-officer', isQuiet(subject)));
}

/** An exercise reaches only who is marked for exercises, unless whoever began it said otherwise. */
function isQuiet({ drill, notifyAll }: Subject): boolean {
  return drill === true && notifyAll !== true;
}

/**
 * Every way to the people of an agency in a role. A partner's agency is told through its desk, whose people tell their own. An
 * exercise reaches, besides pages, only contacts that are marked for it. Where no way is known, a person has to find one.
 */
export function waysTo(reach: Reach, agency: Agency, role: ContactRole | { contact: string }, drill: boolean): Way[] {
  const { desk, partners } = reach;
  const isOwn = agency.desk === desk.desk;
  const through = isOwn
    ? undefined
    : (partners.find(({ id }) => id === agency.desk) ??
      (filled(agency, role).length === 0 && agency.country !== desk.country
        ? partners.find(({ country }) => country === agency.country)
        : undefined));
  if (through) return [{ agency: agency.id, contact: through.id, channel: 'desk' }];
  const page: Way[] = isOwn ? [{ agency: agency.id, contact: '', channel: 'page' }] : [];
  const contacts = filled(agency, role).filter(
    ({ channel, drills }) => !drill || channel === 'page' || drills === true,
  );
  const ways = [...page, ...contacts.map(({ id, channel }): Way => ({ agency: agency.id, contact: id, channel }))];
  if (ways.length > 0 || drill) return ways;
  return [{ agency: agency.id, contact: '', channel: 'phone' }];
}

function filled(agency: Agency, role: ContactRole | { contact: string }): Contact[] {
  return contactsOf(agency).filter(
    (contact) => isFilled(contact) && (typeof role === 'string' ? contact.role === role : contact.id === role.contact),
  );
}

/** The name under which an agency is shown; of one that left the directory, its identifier. */
export function agencyName(reach: Pick<Reach, 'desk' | 'book'>, id: string): Text {
  return agencyNamed(reach, id)?.name ?? { en: id, ko: id };
}
