import { readFileSync } from 'node:fs';
import { type FoundThing, fill, fillText, type SearchAnswer, searchTextMax, type Text, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import { searchTexts } from './texts/search.ts';

/** Everything that the desk has of a name, a number, an address, or of all that a file names. */
export function searchCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'search', 'search', async ({ terminal, args, options, withDoor }) => {
        const asked = textOf(args, options.file);
        const answer = await withDoor((door) => door.call<SearchAnswer>('POST', '/api/search', { text: asked }));
        terminal.result(answer, () => answerText(terminal, answer));
        return undefined;
      }),
    )
    .argument('[text...]', text('searchText'))
    .option('--file <file>', text('searchFile'));
}

function textOf(args: readonly string[], file: unknown): string {
  const line = args.join(' ').trim();
  if ((line === '') === (file === undefined)) throw new GongjoError('usage-wrong', { detail: 'search TEXT | --file' });
  if (file === undefined) return line;
  const wrong = ({ en, ko }: Text) =>
    new GongjoError('usage-wrong', {
      detail: { en: `--file ${String(file)}: ${en}`, ko: `--file ${String(file)}: ${ko}` },
    });
  const text = read(String(file), wrong);
  const { length } = text;
  if (length > 0 && length <= searchTextMax) return text;
  throw wrong(fillText(searchTexts.searchLength, { length, limit: searchTextMax }));
}

function read(file: string, wrong: (why: Text) => GongjoError): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (thrown) {
    const detail = detailOf(thrown);
    throw wrong({ en: detail, ko: detail });
  }
}

function answerText(terminal: Terminal, answer: SearchAnswer): string {
  const { language, say } = terminal;
  const named = [
    ...answer.incidents.map(({ id, title }) => [say('foundIncident'), title[language], id]),
    ...answer.cases.map(({ id, title }) => [say('foundCase'), title[language], id]),
    ...answer.holds.map(({ id, number, addressee }) => [
      say('foundHold'),
      `${number ?? '–'} ${addressee[language]}`,
      id,
    ]),
    ...answer.objects.map(({ id, label }) => [say('foundObject'), label, id]),
    ...answer.entries.map(({ id, name }) => [say('foundEntry'), name[language], id]),
    ...answer.partners.map(({ desk, name }) => [say('foundPartner'), name[language], desk]),
  ];
  const things = answer.things.map((thing) => thingRow(terminal, thing));
  const parts = [
    ...(things.length === 0
      ? []
      : [
          table(
            (['columnThing', 'columnChain', 'columnKnown', 'columnTagged', 'columnNamedIn'] as const).map((it) =>
              say(it),
            ),
            things,
          ),
          ...answer.things.flatMap((thing) => warningOf(terminal, thing)),
        ]),
    ...(answer.thingsMore === 0 ? [] : [say('foundMore', { count: answer.thingsMore })]),
    ...(named.length === 0 ? [] : [table([say('columnKind'), say('columnName'), say('columnId')], named)]),
  ];
  return parts.length === 0 ? say('foundNothing') : parts.join('\n');
}

function thingRow({ language, say }: Terminal, thing: FoundThing): string[] {
  if (thing.as === 'fault')
    return [thing.text, thing.coin, fill(terms.refusal[thing.reason][language], { of: thing.coin }), '', ''];
  return [
    thing.as === 'address' ? thing.address : thing.txid,
    thing.chain,
    say(thing.known ? 'isKnown' : 'isUnknown'),
    thing.tags.map(({ label }) => label).join(', '),
    thing.incidents.map(({ title }) => title[language]).join(', '),
  ];
}

function warningOf({ say }: Terminal, thing: FoundThing): string[] {
  if (thing.as === 'transaction') return [];
  const address = thing.as === 'address' ? thing.address : thing.text;
  return thing.alike.map((it) => plain(say('foundAlike', { address, other: it.address })));
}
