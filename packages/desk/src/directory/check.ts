import {
  type Agency,
  type DirectoryFile,
  type DirectoryFinding,
  directoryLists,
  fill,
  terms,
  weekdays,
} from '@gongjo/contract';
import { type Book, bookOf } from './book.ts';
import { minutesOf } from './duty.ts';
import { isTimeZone } from './zone.ts';

/** A file of the directory under its name. */
export interface NamedFile {
  readonly name: string;
  readonly content: DirectoryFile;
}

/** Fewer are enough to work on, and a person reads no more. */
export const FINDINGS_MAX = 200;

export function finding(
  file: string,
  path: string,
  code: DirectoryFinding['code'],
  values: Readonly<Record<'en' | 'ko', Readonly<Record<string, string>>>>,
): DirectoryFinding {
  const { en, ko } = terms.directoryFinding[code];
  return { file, path, code, text: { en: fill(en, values.en), ko: fill(ko, values.ko) } };
}

const same = (values: Readonly<Record<string, string>>) => ({ en: values, ko: values });

/**
 * What no single entry can show: identifiers, references, hours and dates of files laid over each other. An entry that a
 * later file replaces claims nothing and refers to nothing.
 */
export function checkFiles(files: readonly NamedFile[]): DirectoryFinding[] {
  const book = bookOf(files.map(({ content }) => content));
  return files
    .flatMap(({ name, content }) => [
      ...twice(name, content),
      ...content.agencies.flatMap((agency, index) =>
        book.agencies.get(agency.id) === agency ? checkAgency(name, `agencies.${index}`, agency, book) : [],
      ),
      ...dates(name, content),
      ...calendarDays(name, content),
      ...claims(name, content, book),
      ...references(name, content, book),
    ])
    .slice(0, FINDINGS_MAX);
}

function twice(file: string, content: DirectoryFile): DirectoryFinding[] {
  return directoryLists.flatMap((list) => {
    const seen = new Set<string>();
    return content[list].flatMap(({ id }, index) => {
      if (seen.has(id)) return [finding(file, `${list}.${index}.id`, 'id-twice', same({ id }))];
      seen.add(id);
      return [];
    });
  });
}

function checkAgency(file: string, path: string, agency: Agency, book: Book): DirectoryFinding[] {
  const { duty, parent, escalation = [] } = agency;
  const unknown = (at: string, id: string) => finding(file, `${path}.${at}`, 'reference-unknown', same({ id }));
  const found: DirectoryFinding[] = [];
  if (parent !== undefined && !book.agencies.has(parent)) found.push(unknown('parent', parent));
  if (duty) {
    const { timeZone, holidays } = duty;
    if (!isTimeZone(timeZone))
      found.push(finding(file, `${path}.duty.timeZone`, 'time-zone-unknown', same({ id: timeZone })));
    if (holidays !== undefined && !book.calendars.has(holidays)) found.push(unknown('duty.holidays', holidays));
    for (const weekday of weekdays) {
      const spans = (duty.hours[weekday] ?? []).toSorted((a, b) => minutesOf(a.from) - minutesOf(b.from));
      const isWrong = spans.some(
        ({ from, until }, index) =>
          minutesOf(until) <= minutesOf(from) || minutesOf(from) < minutesOf(spans[index - 1]?.until ?? '00:00'),
      );
      if (isWrong) found.push(finding(file, `${path}.duty.hours.${weekday}`, 'hours-wrong', same({ id: weekday })));
    }
    const contacts = duty.contacts.map(({ id }) => id);
    contacts.forEach((id, index) => {
      if (contacts.indexOf(id) < index)
        found.push(finding(file, `${path}.duty.contacts.${index}.id`, 'id-twice', same({ id })));
    });
  }
  escalation.forEach(({ to }, index) => {
    const at = `escalation.${index}.to`;
    if ('contact' in to && !duty?.contacts.some(({ id }) => id === to.contact)) found.push(unknown(at, to.contact));
    if ('agency' in to && !book.agencies.has(to.agency)) found.push(unknown(at, to.agency));
  });
  return found;
}

function dates(file: string, content: DirectoryFile): DirectoryFinding[] {
  const ends = (path: string, id: string, from?: string, until?: string) =>
    from !== undefined && until !== undefined && until < from ? [finding(file, path, 'dates-wrong', same({ id }))] : [];
  return [
    ...(['agencies', 'vasps', 'issuers', 'channels', 'calendars', 'rules'] as const).flatMap((list) =>
      content[list].flatMap(({ id, validFrom, validUntil }, index) =>
        ends(`${list}.${index}.validUntil`, id, validFrom, validUntil),
      ),
    ),
    ...content.agencies.flatMap(({ id, powers }, index) =>
      powers.flatMap((power, at) =>
        ends(`agencies.${index}.powers.${at}.validUntil`, `${id} ${power.power}`, power.validFrom, power.validUntil),
      ),
    ),
  ];
}

function calendarDays(file: string, { calendars }: DirectoryFile): DirectoryFinding[] {
  return calendars.flatMap(({ id, from, until, days }, index) => {
    if (until < from) return [finding(file, `calendars.${index}.until`, 'dates-wrong', same({ id }))];
    const seen = new Set<string>();
    return days.flatMap(({ date }, at) => {
      const isWrong = seen.has(date) || date < from || date > until;
      seen.add(date);
      return isWrong ? [finding(file, `calendars.${index}.days.${at}`, 'day-twice', same({ id: date }))] : [];
    });
  });
}

/** One actor of a list of tags is one service, and one asset has one issuer. Only what counts in the end is compared. */
function claims(file: string, { vasps, issuers }: DirectoryFile, book: Book): DirectoryFinding[] {
  const claimed = (id: string, path: string, other: string | undefined) =>
    other === undefined ? [] : [finding(file, path, 'claimed-twice', same({ id, other }))];
  const counting = [...book.vasps.values()];
  return [
    ...vasps.flatMap((vasp, index) =>
      (book.vasps.get(vasp.id) === vasp ? vasp.actors : []).flatMap((actor, at) =>
        claimed(
          actor,
          `vasps.${index}.actors.${at}`,
          counting.find((it) => it.id !== vasp.id && (it.id === actor || it.actors.includes(actor)))?.id,
        ),
      ),
    ),
    ...issuers.flatMap((issuer, index) =>
      (book.issuers.get(issuer.id) === issuer ? issuer.assets : []).flatMap(({ asset }, at) =>
        claimed(
          asset,
          `issuers.${index}.assets.${at}.asset`,
          [...book.issuers.values()].find(
            (it) => it.id !== issuer.id && it.assets.some((own) => own.asset.toLowerCase() === asset.toLowerCase()),
          )?.id,
        ),
      ),
    ),
  ];
}

function references(file: string, { channels, escalation = [] }: DirectoryFile, book: Book): DirectoryFinding[] {
  const unknown = (path: string, id: string | undefined) =>
    id !== undefined && !book.agencies.has(id) ? [finding(file, path, 'reference-unknown', same({ id }))] : [];
  return [
    ...channels.flatMap((channel, index) =>
      (book.channels.get(channel.id) === channel ? channel.parties : []).flatMap(({ agency }, at) =>
        unknown(`channels.${index}.parties.${at}.agency`, agency),
      ),
    ),
    ...escalation.flatMap(({ to }, index) => ('agency' in to ? unknown(`escalation.${index}.to`, to.agency) : [])),
  ];
}
