import {
  type CaseDetail,
  type CaseSummary,
  caseTerms,
  type FactBody,
  type FactTerms,
  overlapTerms,
  type RevisionView,
  terms,
} from '@gongjo/contract';
import { oneLine, plain, type Terminal, table } from './terminal.ts';

/** Cases as people see them on a terminal. Much of it others wrote, so all of it is shown plain. */

export function casesText(terminal: Terminal, cases: readonly CaseSummary[]): string {
  if (cases.length === 0) return terminal.say('none');
  const { language } = terminal;
  const head = [
    'caseColumnCase',
    'columnTitle',
    'columnState',
    'caseColumnDesk',
    'caseColumnTasks',
    'caseConflict',
  ] as const;
  return table(
    head.map((it) => terminal.say(it)),
    cases.map(({ id, title, state, recalled, standing, desks, openTasks, conflicts }) => [
      id,
      title[language],
      recalled
        ? terminal.say('caseRecalled')
        : standing === 'joined' || standing === null
          ? caseTerms.caseState[state][language]
          : caseTerms.standing[standing][language],
      desks.join(', '),
      String(openTasks),
      conflicts === 0 ? '' : String(conflicts),
    ]),
  );
}

/** Who of this desk sees a case. */
export function accessText(terminal: Terminal, { access: { restrictedAt, members } }: CaseDetail): string {
  return restrictedAt === null
    ? terminal.say('caseUnrestricted')
    : terminal.say('caseRestricted', {
        at: restrictedAt,
        members: members.map(({ name }) => plain(name)).join(', ') || '–',
      });
}

export function caseText(terminal: Terminal, shown: CaseDetail): string {
  const { language } = terminal;
  const head = `${shown.id}  ${terms.tlp[shown.tlp][language]}  ${caseTerms.caseState[shown.state][language]}  ${plain(shown.title[language])}`;
  const warning = [
    ...(shown.recalled ? [terminal.say('caseRecalled')] : []),
    ...(shown.access.restrictedAt === null ? [] : [accessText(terminal, shown)]),
    ...(shown.conflicts === 0 ? [] : [terminal.say('caseConflicts', { count: shown.conflicts })]),
  ];
  const columns = ['caseColumnFact', 'caseColumnKind', 'caseColumnFlag', 'caseColumnDesk', 'caseColumnSays'] as const;
  const rows = shown.facts.flatMap((fact) =>
    fact.heads
      .filter(({ about }) => about.removed !== true || fact.conflict)
      .map((it) => [
        fact.conflict ? `${fact.id} ${terminal.say('caseConflict')}` : fact.id,
        caseTerms.fact[fact.kind][language],
        caseTerms.flag[fact.flag][language],
        it.desk,
        factWords(terminal, it.body, it.about),
      ]),
  );
  return [
    head,
    ...warning,
    desksText(terminal, shown),
    table(
      columns.map((it) => terminal.say(it)),
      rows,
    ),
  ].join('\n\n');
}

export function desksText(terminal: Terminal, { desks, overlaps }: CaseDetail): string {
  const same = overlaps.map(({ desk, item }) =>
    terminal.say('caseOverlap', {
      desk,
      item: plain(`${overlapTerms.kind[item.kind][terminal.language]} ${item.text}`),
    }),
  );
  if (desks.length === 0) return [terminal.say('none'), ...same].join('\n');
  const columns = ['caseColumnDesk', 'caseColumnStanding', 'caseColumnGiven', 'caseColumnHeld'] as const;
  const shown = table(
    columns.map((it) => terminal.say(it)),
    desks.map(({ desk, standing, given, held }) => [
      desk,
      caseTerms.standing[standing][terminal.language],
      String(given),
      String(held),
    ]),
  );
  return [shown, ...same].join('\n');
}

export function revisionsText(terminal: Terminal, revisions: readonly RevisionView[]): string {
  const columns = ['columnTime', 'caseColumnDesk', 'caseColumnRevision', 'caseColumnFlag', 'caseColumnSays'] as const;
  return table(
    columns.map((it) => terminal.say(it)),
    revisions.map(({ at: time, desk, id, about, body, recalled }) => [
      time,
      desk,
      id,
      caseTerms.flag[about.flag][terminal.language],
      [...(recalled ? [terminal.say('caseRecalled')] : []), factWords(terminal, body, about)].join(' '),
    ]),
  );
}

/** What a fact says, in the reader's language as far as the desk gives the words. */
function factWords(terminal: Terminal, body: FactBody, { removed }: FactTerms): string {
  const said = bodyWords(terminal, body).filter((it) => it !== undefined && it !== '');
  return oneLine([...(removed ? [terminal.say('caseRemoved')] : []), said.join(' · ')].join(' '));
}

function bodyWords(terminal: Terminal, body: FactBody): readonly (string | undefined)[] {
  const { language } = terminal;
  switch (body.kind) {
    case 'case':
      return [caseTerms.caseState[body.state][language], body.title[language], body.summary];
    case 'incident':
      return [body.incident];
    case 'desk':
      return [body.desk, caseTerms.standing[body.standing][language]];
    case 'member':
      return [body.name, body.role, body.contact];
    case 'task':
      return [
        terminal.say(body.done ? 'caseTaskDone' : 'caseTaskOpen'),
        body.title,
        body.assignee,
        body.due === undefined ? undefined : terminal.say('caseUntil', { at: body.due }),
        body.text,
      ];
    case 'finding':
      return [body.title, body.text, body.about?.join(', ')];
    case 'document':
      return [`${body.name} (${body.mediaType}, ${body.bytes} B)`, `SHA-256 ${body.sha256}`];
    case 'note':
      return [body.text];
  }
}
