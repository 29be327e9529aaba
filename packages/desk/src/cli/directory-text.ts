import {
  type AgencyFunction,
  type ChannelBetween,
  type DirectoryFinding,
  type DirectorySummary,
  type DutyAnswer,
  type MustKnow,
  type NameFound,
  type SourceCertainty,
  type Text,
  terms,
} from '@gongjo/contract';
import { plain, type Terminal, table } from './terminal.ts';
import type { TextKey } from './texts.ts';

/** One line of `gongjo directory list`. */
export interface EntryLine {
  readonly list: string;
  readonly id: string;
  readonly name: Text;
  readonly countries: readonly string[];
  readonly functions: readonly AgencyFunction[];
  readonly certainty: SourceCertainty | null;
  readonly asOf: string | null;
}

function headed(terminal: Terminal, keys: readonly TextKey[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return terminal.say('none');
  return table(
    keys.map((key) => terminal.say(key)),
    rows,
  );
}

export function linesText(terminal: Terminal, entries: readonly EntryLine[]): string {
  const { language } = terminal;
  const head = ['columnListName', 'columnId', 'columnName', 'columnCountries', 'columnFunctions'] as const;
  return headed(
    terminal,
    [...head, 'columnCertainty', 'columnAsOf'],
    entries.map((it) => [
      ...[it.list, it.id, it.name[language], it.countries.join(' ')],
      it.functions.map((name) => terms.agencyFunction[name][language]).join(', '),
      it.certainty === null ? '–' : terms.sourceCertainty[it.certainty][language],
      it.asOf ?? '–',
    ]),
  );
}

export function whoText(terminal: Terminal, agencies: readonly MustKnow[]): string {
  const { language } = terminal;
  return headed(
    terminal,
    ['columnId', 'columnName', 'columnDuty', 'columnContact', 'columnCertainty', 'columnWhy'],
    agencies.map((it) => [
      it.agency,
      it.name[language],
      dutyLine(terminal, it.duty),
      it.contact === null
        ? terminal.say('directoryNoContact')
        : `${terms.contactChannel[it.contact.channel][language]} ${it.contact.to ?? ''}`.trim(),
      terms.sourceCertainty[it.certainty][language],
      it.why.map(({ text }) => text[language]).join('; '),
    ]),
  );
}

function dutyLine(terminal: Terminal, { reason, holiday, until, next }: DutyAnswer): string {
  const { language } = terminal;
  const state = holiday ? `${terms.duty[reason][language]} (${holiday[language]})` : terms.duty[reason][language];
  if (until !== null) return terminal.say('dutyUntil', { state, time: until });
  return next === null ? state : terminal.say('dutyNext', { state, time: next });
}

export function dutyText(terminal: Terminal, duty: DutyAnswer): string {
  return [dutyLine(terminal, duty), ...duty.doubts.map((doubt) => doubt[terminal.language])].map(plain).join('\n');
}

export function channelsText(terminal: Terminal, channels: readonly ChannelBetween[]): string {
  const { language } = terminal;
  return headed(
    terminal,
    ['columnUsable', 'columnId', 'columnName', 'columnCarries', 'columnWhy', 'columnAsOf'],
    channels.map(({ channel, usable, why }) => [
      terms.usable[usable][language],
      channel.id,
      channel.name[language],
      channel.carries.map((cargo) => terms.cargo[cargo][language]).join(', '),
      why.map((text) => text[language]).join(' '),
      channel.asOf,
    ]),
  );
}

export function foundText(terminal: Terminal, found: readonly NameFound[]): string {
  const { language } = terminal;
  return headed(
    terminal,
    ['columnListName', 'columnId', 'columnName', 'columnMatch', 'columnMatched'],
    found.map((it) => [it.list, it.id, it.name[language], terms.nameMatch[it.match][language], it.as]),
  );
}

export function findingsText(terminal: Terminal, findings: readonly DirectoryFinding[]): string {
  if (findings.length === 0) return terminal.say('directoryValid');
  const rows = headed(
    terminal,
    ['columnFile', 'columnPath', 'columnFinding'],
    findings.map(({ file, path, text }) => [file, path || '–', text[terminal.language]]),
  );
  return `${terminal.say('directoryFindings', { count: findings.length })}\n${rows}`;
}

export function summaryText(terminal: Terminal, { counts, files }: DirectorySummary): string {
  return terminal.say('directoryRead', { ...counts, files: files.length });
}
