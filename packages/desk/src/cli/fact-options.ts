import type { FactBody } from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { instantIn } from './instant.ts';
import type { Kit } from './program.ts';
import { collect } from './up.command.ts';

/** What a fact says, from options: of a new one, or of one that is changed, whose other words stay. */
export function bodyFrom(kind: string, options: Readonly<Record<string, unknown>>, before: FactBody | null): FactBody {
  const words = (name: string): string | undefined => (options[name] === undefined ? undefined : String(options[name]));
  const given = {
    text: words('text'),
    title: words('title'),
    name: words('name'),
    role: words('role'),
    contact: words('contact'),
    assignee: words('assignee'),
    due: instantOf(words('due')),
    about: options.about as readonly string[] | undefined,
    incident: words('incident'),
    done: options.done === true ? true : undefined,
  };
  const wanted: Record<string, readonly (keyof typeof given)[]> = {
    incident: ['incident'],
    member: ['name', 'role', 'contact'],
    task: ['title', 'text', 'assignee', 'due', 'done'],
    finding: ['title', 'text', 'about'],
    note: ['text'],
    document: ['name'],
    case: ['title'],
  };
  const names = wanted[kind];
  if (!names) throw new GongjoError('usage-wrong', { detail: `${kind} → ${Object.keys(wanted).join('|')}` });
  const said = Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
  if (kind === 'case') return caseBody(options, before);
  const standing = kind === 'task' ? { done: false } : {};
  // The desk checks what is missing, and says what.
  return { kind, ...standing, ...(before ?? {}), ...said } as FactBody;
}

function caseBody(
  { titleEn, titleKo, text, close, reopen }: Readonly<Record<string, unknown>>,
  before: FactBody | null,
): FactBody {
  if (before?.kind !== 'case') throw new GongjoError('usage-wrong', { detail: 'case' });
  return {
    ...before,
    title: { en: String(titleEn ?? before.title.en), ko: String(titleKo ?? before.title.ko) },
    ...(text === undefined ? {} : { summary: String(text) }),
    ...(close === true ? { state: 'closed' as const } : {}),
    ...(reopen === true ? { state: 'open' as const } : {}),
  };
}

export function instantOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (instantIn(text) ?? text);
}

export function withFactOptions(command: Command, { text }: Kit): Command {
  return command
    .option('--text <text>', text('caseText'))
    .option('--title <title>', text('caseTitle'))
    .option('--name <name>', text('caseName'))
    .option('--role <role>', text('caseRole'))
    .option('--contact <contact>', text('caseContact'))
    .option('--assignee <name>', text('caseAssignee'))
    .option('--due <time>', text('caseDue'))
    .option('--about <what>', text('caseAbout'), collect)
    .option('--source <text>', text('caseSource'))
    .option('--terms <text>', text('caseTerms'))
    .option('--tlp <marking>', text('tlp'))
    .option('--keep-here', text('caseKeptHere'));
}

/** What any fact says of itself, from options. */
export function termsFrom({ source, terms, tlp, keepHere }: Readonly<Record<string, unknown>>) {
  return {
    ...(source === undefined ? {} : { source: String(source) }),
    ...(terms === undefined ? {} : { terms: String(terms) }),
    ...(tlp === undefined ? {} : { tlp: String(tlp) }),
    ...(keepHere === true ? { keptHere: true } : {}),
  };
}
