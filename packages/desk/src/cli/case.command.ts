import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CaseAccessAct, CaseDetail, CaseSummary, FactView, RevisionView } from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { accessText, casesText, caseText, desksText, revisionsText } from './case-text.ts';
import { bodyFrom, termsFrom, withFactOptions } from './fact-options.ts';
import type { Door } from './host.ts';
import { writeNew } from './new-file.ts';
import type { Acting, Kit } from './program.ts';
import { collect } from './up.command.ts';

const at = (id: string | undefined, ...rest: readonly (string | undefined)[]) =>
  `/api/cases/${[id, ...rest].map((it) => encodeURIComponent(it ?? '')).join('/')}`;

/** Cases: what one agency, or several, work on. */
export function caseCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const group = program.command('case').description(text('caseGroup'));

  kit
    .withDesk(
      kit.command(group, 'open', 'caseOpen', async ({ terminal, options, withDoor }) => {
        const { titleEn, titleKo, summary, tlp, incident = [] } = options;
        const body = {
          title: { en: String(titleEn), ko: String(titleKo) },
          ...(summary === undefined ? {} : { summary: String(summary) }),
          ...(tlp === undefined ? {} : { tlp: String(tlp) }),
          incidents: incident,
        };
        const opened = await withDoor((door) => door.call<CaseDetail>('POST', '/api/cases', body));
        terminal.result(opened, () => terminal.say('caseOpened', { id: opened.id }));
        return undefined;
      }),
    )
    .requiredOption('--title-en <title>', text('titleEn'))
    .requiredOption('--title-ko <title>', text('titleKo'))
    .option('--summary <text>', text('caseSummary'))
    .option('--tlp <marking>', text('tlp'))
    .option('--incident <id>', text('caseIncidents'), collect);

  kit
    .withDesk(
      kit.command(group, 'list', 'caseList', async ({ terminal, options, withDoor }) => {
        const asked = options.incident === undefined ? '' : `?incident=${encodeURIComponent(String(options.incident))}`;
        const answer = await withDoor((door) => door.call<{ cases: CaseSummary[] }>('GET', `/api/cases${asked}`));
        terminal.result(answer, () => casesText(terminal, answer.cases));
        return undefined;
      }),
    )
    .option('--incident <id>', text('incidentId'));

  kit
    .withDesk(
      kit.command(group, 'show', 'caseShow', async ({ terminal, args: [id], withDoor }) => {
        const shown = await withDoor((door) => door.call<CaseDetail>('GET', at(id)));
        terminal.result(shown, () => caseText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'));

  kit
    .withDesk(
      kit.command(group, 'offer', 'caseOffer', async ({ terminal, args: [id], options, withDoor }) => {
        const { to, legalBasis = null } = options;
        const shown = await withDoor((door) => door.call<CaseDetail>('POST', at(id, 'offers'), { to, legalBasis }));
        terminal.result(shown, () => desksText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .requiredOption('--to <desk>', text('caseOfferTo'))
    .option('--legal-basis <text>', text('caseBasis'));

  kit
    .withDesk(
      kit.command(group, 'answer', 'caseAnswer', async ({ terminal, args: [id, standing], withDoor }) => {
        const shown = await withDoor((door) => door.call<CaseDetail>('POST', at(id, 'answer'), { standing }));
        terminal.result(shown, () => caseText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .argument('<standing>', text('caseStanding'));

  accessCommands(group, kit);
  factCommands(group, kit);
}

/** Who of this desk sees a case. */
function accessCommands(group: Command, kit: Kit): void {
  const { text } = kit;
  const changed = async ({ terminal, args: [id], withDoor }: Acting, asked: CaseAccessAct) => {
    // Nothing: it is hidden from whoever asked, from now on.
    const shown = await withDoor((door) => door.call<CaseDetail | null>('POST', at(id, 'members'), asked));
    terminal.result(shown ?? { id, hidden: true }, () =>
      shown ? accessText(terminal, shown) : terminal.say('caseHidden'),
    );
    return undefined;
  };

  kit
    .withDesk(
      kit.command(group, 'restrict', 'caseRestrict', (acting) => {
        const { lift, member } = acting.options;
        if (lift === true) return changed(acting, { act: 'lift' });
        const person = typeof member === 'string' ? { person: member } : {};
        return changed(acting, { act: 'restrict', ...person });
      }),
    )
    .argument('<id>', text('caseId'))
    .option('--member <name>', text('caseMember'))
    .option('--lift', text('caseLift'));

  for (const [act, described] of [
    ['admit', 'caseAdmit'],
    ['release', 'caseRelease'],
  ] as const)
    kit
      .withDesk(kit.command(group, act, described, (acting) => changed(acting, { act, person: acting.args[1] ?? '' })))
      .argument('<id>', text('caseId'))
      .argument('<name>', text('caseMember'));
}

function factCommands(group: Command, kit: Kit): void {
  const { text } = kit;

  withFactOptions(
    kit
      .withDesk(
        kit.command(group, 'add', 'caseAdd', async ({ terminal, args: [id, kind = ''], options, withDoor }) => {
          const said = { ...termsFrom(options), ...(options.flag === undefined ? {} : { flag: String(options.flag) }) };
          const added = await withDoor((door) =>
            kind === 'document'
              ? door.call<Added>('POST', at(id, 'documents'), { ...documentFrom(options), ...said })
              : door.call<Added>('POST', at(id, 'facts'), { body: bodyFrom(kind, options, null), ...said }),
          );
          terminal.result(added, () => terminal.say('caseFactAdded', { fact: added.fact }));
          return undefined;
        }),
      )
      .argument('<id>', text('caseId'))
      .argument('<kind>', text('caseKind'))
      .option('--incident <id>', text('incidentId'))
      .option('--flag <flag>', text('caseFlag'))
      .option('--file <file>', text('caseFile'))
      .option('--media-type <type>', text('caseMediaType')),
    kit,
  );

  withFactOptions(
    kit
      .withDesk(
        kit.command(group, 'change', 'caseChange', async ({ terminal, args: [id, name], options, withDoor }) => {
          const shown = await withDoor(async (door) => {
            const fact = await factOf(door, id, name);
            // Closing a case, or naming it anew, chooses among nothing that desks disagree about.
            if (fact.kind === 'case' && fact.conflict && options.based === undefined)
              throw new GongjoError('case-conflict', { id: fact.id });
            const [head] = headsOfThose(fact, options.based as readonly string[] | undefined);
            const body = bodyFrom(fact.kind, options, head?.body ?? null);
            const based = (options.based as string[] | undefined) ?? fact.heads.map((it) => it.id);
            const removed = options.remove === true ? { removed: true } : {};
            return door.call<CaseDetail>('POST', at(id, 'facts', name), {
              based,
              body,
              ...termsFrom(options),
              ...removed,
            });
          });
          terminal.result(shown, () => caseText(terminal, shown));
          return undefined;
        }),
      )
      .argument('<id>', text('caseId'))
      .argument('<fact>', text('caseFact'))
      .option('--based <revision>', text('caseBased'), collect)
      .option('--done', text('caseDone'))
      .option('--remove', text('caseRemove'))
      .option('--title-en <title>', text('titleEn'))
      .option('--title-ko <title>', text('titleKo'))
      .option('--close', text('caseClose'))
      .option('--reopen', text('caseReopen')),
    kit,
  );

  kit
    .withDesk(
      kit.command(group, 'settle', 'caseSettle', async ({ terminal, args: [id, name], options, withDoor }) => {
        const shown = await withDoor(async (door) => {
          const fact = await factOf(door, id, name);
          const taken = fact.heads.find((it) => it.id === options.take);
          if (!taken) throw new GongjoError('case-revision-unknown', { id: String(options.take) });
          const { source, terms: use } = taken.about;
          return door.call<CaseDetail>('POST', at(id, 'facts', name), {
            based: fact.heads.map((it) => it.id),
            ...{ body: taken.body, source, terms: use, removed: taken.about.removed === true },
          });
        });
        terminal.result(shown, () => caseText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .argument('<fact>', text('caseFact'))
    .requiredOption('--take <revision>', text('caseTake'));

  kit
    .withDesk(
      kit.command(group, 'evidence', 'caseEvidence', async ({ terminal, args: [id, name], options, withDoor }) => {
        const shown = await withDoor(async (door) => {
          const based = (await factOf(door, id, name)).heads.map((it) => it.id);
          const asked = { based, legalBasis: String(options.legalBasis) };
          return door.call<CaseDetail>('POST', at(id, 'facts', name, 'evidence'), asked);
        });
        terminal.result(shown, () => caseText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .argument('<fact>', text('caseFact'))
    .requiredOption('--legal-basis <text>', text('caseBasis'));

  kit
    .withDesk(
      kit.command(group, 'history', 'caseHistory', async ({ terminal, args: [id, name], withDoor }) => {
        const answer = await withDoor((door) => door.call<{ revisions: RevisionView[] }>('GET', at(id, 'facts', name)));
        terminal.result(answer, () => revisionsText(terminal, answer.revisions));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .argument('<fact>', text('caseFact'));

  kit
    .withDesk(
      kit.command(group, 'document', 'caseDocument', async ({ terminal, args: [id, sha256], options, withDoor }) => {
        const file = String(options.out);
        const { base64, ...found } = await withDoor((door) =>
          door.call<{ name: string; mediaType: string; base64: string }>('GET', at(id, 'documents', sha256)),
        );
        writeNew(file, Buffer.from(base64, 'base64'));
        terminal.result({ ...found, sha256, file }, () => terminal.say('caseWritten', { file }));
        return undefined;
      }),
    )
    .argument('<id>', text('caseId'))
    .argument('<sha256>', text('caseSha'))
    .requiredOption('-o, --out <file>', text('caseOut'));
}

interface Added {
  readonly fact: string;
  readonly case: CaseDetail;
}

async function factOf(door: Door, id: string | undefined, name: string | undefined): Promise<FactView> {
  const { facts } = await door.call<CaseDetail>('GET', at(id));
  const fact = facts.find((it) => it.id === name);
  if (!fact) throw new GongjoError('case-fact-unknown', { id: name ?? '' });
  return fact;
}

/** The heads that are meant, the newest first. */
function headsOfThose({ heads }: FactView, based: readonly string[] | undefined): RevisionView[] {
  const meant = based === undefined ? [...heads] : heads.filter(({ id }) => based.includes(id));
  return meant.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function documentFrom({ file, name, mediaType = 'application/octet-stream' }: Readonly<Record<string, unknown>>) {
  if (file === undefined) throw new GongjoError('usage-wrong', { detail: '--file' });
  try {
    const base64 = readFileSync(String(file)).toString('base64');
    return { name: String(name ?? path.basename(String(file))), mediaType: String(mediaType), base64 };
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${String(file)}: ${detailOf(thrown)}` });
  }
}
