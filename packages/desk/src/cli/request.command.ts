import { readFileSync } from 'node:fs';
import type { RequestView } from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { instantOf } from './fact-options.ts';
import type { Kit } from './program.ts';
import { requestsText, requestText, saidText } from './request-text.ts';
import { collect } from './up.command.ts';

type Options = Readonly<Record<string, unknown>>;
const words = (options: Options, name: string): string | undefined =>
  options[name] === undefined ? undefined : String(options[name]);

/** Requests to partners and from them. */
export function requestCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const group = program.command('request').description(text('requestGroup'));

  kit
    .withDesk(
      kit.command(group, 'list', 'requestList', async ({ terminal, options, withDoor }) => {
        const asked = new URLSearchParams();
        for (const name of ['case', 'incident'])
          if (options[name] !== undefined) asked.set(name, String(options[name]));
        const answer = await withDoor((door) =>
          door.call<{ requests: RequestView[] }>('GET', `/api/requests?${asked}`),
        );
        terminal.result(answer, () => requestsText(terminal, answer.requests));
        return undefined;
      }),
    )
    .option('--case <id>', text('requestCase'))
    .option('--incident <id>', text('requestIncident'));

  kit
    .withDesk(
      kit.command(group, 'show', 'requestShow', async ({ terminal, args: [id = ''], withDoor }) => {
        const shown = await withDoor((door) =>
          door.call<RequestView>('GET', `/api/requests/${encodeURIComponent(id)}`),
        );
        terminal.result(shown, () => requestText(terminal, shown));
        return undefined;
      }),
    )
    .argument('<id>', text('requestId'));

  kit
    .withDesk(
      kit.command(group, 'new', 'requestNew', async ({ terminal, args: [kind = ''], options, withDoor }) => {
        const about = (name: 'case' | 'incident') =>
          options[name] === undefined ? {} : { [name]: words(options, name) };
        const body = {
          to: options.to,
          content: {
            ...{ title: options.title, fields: fieldsFrom(kind, options), legalBasis: options.legalBasis },
            ...{
              purpose: options.purpose,
              deadline: instantOf(words(options, 'deadline')),
              urgent: options.urgent === true,
            },
            ...about('case'),
            ...about('incident'),
            ...(options.terms === undefined ? {} : { terms: options.terms }),
          },
          ...(options.tlp === undefined ? {} : { tlp: options.tlp }),
          draft: options.draft === true,
        };
        const made = await withDoor((door) => door.call<RequestView>('POST', '/api/requests', body));
        terminal.result(made, () => saidText(terminal, made));
        return undefined;
      }),
    )
    .argument('<kind>', text('requestKind'))
    .requiredOption('--to <desk>', text('requestTo'))
    .requiredOption('--title <title>', text('caseTitle'))
    .requiredOption('--legal-basis <text>', text('caseBasis'))
    .requiredOption('--purpose <text>', text('requestPurpose'))
    .requiredOption('--deadline <time>', text('requestDeadline'))
    .option('--fields <file>', text('requestFields'))
    .option('--question <text>', text('requestQuestion'))
    .option('--subject <what>', text('requestSubject'), collect)
    .option('--urgent', text('requestUrgent'))
    .option('--case <id>', text('requestCase'))
    .option('--incident <id>', text('requestIncident'))
    .option('--terms <text>', text('caseTerms'))
    .option('--tlp <marking>', text('tlp'))
    .option('--draft', text('requestDraft'));

  kit
    .withDesk(
      kit.command(group, 'act', 'requestAct', async ({ terminal, args: [id = '', event = ''], options, withDoor }) => {
        const path = `/api/requests/${encodeURIComponent(id)}`;
        const done = await withDoor(async (door) => {
          const before =
            event === 'send' || event.startsWith('answer') ? await door.call<RequestView>('GET', path) : null;
          const body = {
            what: happeningFrom(event, options, before),
            ...(options.tlp === undefined ? {} : { tlp: options.tlp }),
          };
          return door.call<RequestView | undefined>('POST', `${path}/events`, body);
        });
        terminal.result(done ?? { id, state: 'draft-dropped' }, () =>
          done ? requestText(terminal, done) : terminal.say('requestDropped'),
        );
        return undefined;
      }),
    )
    .argument('<id>', text('requestId'))
    .argument('<event>', text('requestEvent'))
    .option('--text <text>', text('requestText'))
    .option('--deadline <time>', text('requestDeadline'))
    .option('--ground <ground>', text('requestGround'))
    .option('--missing <text>', text('requestMissing'))
    .option('--answer <file>', text('requestAnswerFile'))
    .option('--tlp <marking>', text('tlp'));
}

/** The desk checks what is missing, and says what. */
function fieldsFrom(kind: string, options: Options): unknown {
  const given = options.fields === undefined ? {} : jsonIn(String(options.fields));
  return {
    kind,
    ...(options.question === undefined ? {} : { question: options.question }),
    ...(options.subject === undefined ? {} : { subjects: options.subject }),
    ...given,
  };
}

function happeningFrom(event: string, options: Options, before: RequestView | null): unknown {
  const said = words(options, 'text');
  const withText = said === undefined ? {} : { text: said };
  switch (event) {
    case 'send':
      return { event, content: before?.content };
    case 'extend':
      return { event, deadline: instantOf(words(options, 'deadline')), ...withText };
    case 'remind':
    case 'escalate':
      return { event, step: 'by hand', ...withText };
    case 'withdraw':
      return { event, reason: said };
    case 'refuse':
      return { event, ground: options.ground, reason: said };
    case 'answer':
    case 'answer-partly': {
      const kind = before?.content.fields.kind;
      const answer = { kind, ...withText, ...(options.answer === undefined ? {} : jsonIn(String(options.answer))) };
      return { event, answer, ...(event === 'answer' ? {} : { missing: options.missing }) };
    }
    default:
      return { event, ...withText };
  }
}

function jsonIn(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${file}: ${detailOf(thrown)}` });
  }
}
