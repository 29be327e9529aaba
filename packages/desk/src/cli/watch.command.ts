import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  alertRules,
  type ListPartAnswer,
  type NewWatch,
  type ScreeningStatus,
  tagCategories,
  terms,
  type Watch,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { addressTyped, chainNamed } from './chain-name.ts';
import { exitCodes } from './exit-codes.ts';
import type { Acting, Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import { untilNamed } from './until.ts';

/** Addresses that travel in one request: 9 MB of text. */
const partSize = 100_000;
/** Lines that are no address, told to a person. */
const refusalsShown = 20;

export function watchCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const watch = program.command('watch').description(text('watchGroup'));

  kit.withDesk(
    kit.command(watch, 'list', 'watchList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ watches: Watch[] }>('GET', '/api/watches'));
      terminal.result(answer, () =>
        answer.watches.length === 0 ? terminal.say('none') : watchesText(terminal, answer.watches),
      );
      return undefined;
    }),
  );

  common(
    kit,
    kit
      .withDesk(
        kit.command(watch, 'add', 'watchAdd', async ({ terminal, args, options, withDoor }) => {
          const [chainText = '', address] = args;
          const { category } = options as { category?: string };
          const asked = { chain: chainNamed(chainText), ...givenIn(options) };
          const known = tagCategories.find((it) => it === category);
          if ((address === undefined) === (category === undefined) || (category !== undefined && known === undefined))
            throw new GongjoError('usage-wrong', { detail: `ADDRESS | --category ${tagCategories.join('|')}` });
          const body: NewWatch =
            known === undefined
              ? { kind: 'address', address: addressTyped(address ?? ''), ...asked }
              : { kind: 'category', category: known, ...asked };
          const added = await withDoor((door) => door.call<Watch>('POST', '/api/watches', body));
          terminal.result(added, () => watchesText(terminal, [added]));
          return undefined;
        }),
      )
      .argument('<chain>', text('chain'))
      .argument('[address]', text('addressAsked'))
      .option('--name <name>', text('watchName'))
      .option('--category <category>', text('watchCategory')),
  );

  kit
    .withDesk(
      kit.command(watch, 'remove', 'watchRemove', async ({ terminal, args, withDoor }) => {
        const removed = await withDoor((door) =>
          door.call<Watch>('DELETE', `/api/watches/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(removed, () => watchesText(terminal, [removed]));
        return undefined;
      }),
    )
    .argument('<id>', text('watchId'));

  common(
    kit,
    kit
      .withDesk(kit.command(watch, 'import', 'watchImport', importList))
      .argument('<file>', text('watchFile'))
      .requiredOption('--chain <chain>', text('chain'))
      .requiredOption('--name <name>', text('watchName')),
  );

  kit.command(watch, 'rules', 'watchRules', async ({ terminal }) => {
    const rules = alertRules.map((rule) => ({
      rule,
      name: terms.alert[rule],
      says: terms.alertRule[rule],
      falseAlarms: terms.falseAlarm[rule],
    }));
    terminal.result({ rules }, () => rulesText(terminal, rules));
    return undefined;
  });

  kit.withDesk(
    kit.command(watch, 'status', 'watchStatus', async ({ terminal, withDoor }) => {
      const status = await withDoor((door) => door.call<ScreeningStatus>('GET', '/api/watches/status'));
      terminal.result(status, () =>
        terminal.say('watchStatusText', {
          ...{ fingerprints: status.fingerprints, megabytes: Math.round(status.bytes / 1e6) },
          ...{ screened: status.screened, candidates: status.candidates, hits: status.hits },
        }),
      );
      return undefined;
    }),
  );
}

function common(kit: Kit, command: Command): void {
  command.requiredOption('--reason <text>', kit.text('watchReason')).option('--until <time>', kit.text('untilGiven'));
}

function givenIn(options: Readonly<Record<string, unknown>>) {
  const { name, reason, until } = options as { name?: string; reason: string; until?: string };
  return {
    reason,
    ...(name === undefined ? {} : { name }),
    ...(until === undefined ? {} : { until: untilNamed(until, Date.now()) }),
  };
}

/** One address a line, or the first column of a CSV; what begins with `#` is no address. The list is watched once all is in. */
async function importList({ terminal, args, options, withDoor }: Acting): Promise<number | undefined> {
  const { chain: chainText, name } = options as { chain: string; name: string };
  const body: NewWatch = { kind: 'list', chain: chainNamed(chainText), ...givenIn(options), name };
  let refused = 0;
  const refusals: string[] = [];
  const complete = await withDoor(async (door) => {
    const lines = linesOf(args[0] ?? '');
    let { value: part } = await lines.next();
    const list = await door.call<Watch>('POST', '/api/watches', body);
    const path = `/api/watches/${encodeURIComponent(list.id)}`;
    for (; part; { value: part } = await lines.next()) {
      const answer = await door.call<ListPartAnswer>('POST', `${path}/addresses`, { addresses: part });
      refused += answer.refused;
      refusals.push(...answer.refusals.slice(0, refusalsShown - refusals.length));
    }
    return door.call<Watch>('POST', `${path}/complete`);
  });
  terminal.result({ watch: complete, refused, refusals }, () =>
    [
      watchesText(terminal, [complete]),
      ...(refused > 0 ? [terminal.say('watchRefused', { count: refused }), ...refusals.map(plain)] : []),
    ].join('\n'),
  );
  return refused > 0 ? exitCodes.failed : undefined;
}

/** Throws `input-invalid` for a file that cannot be read. */
async function* linesOf(file: string): AsyncGenerator<string[], undefined> {
  let part: string[] = [];
  try {
    for await (const line of createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      const address = (line.split(/[,;\t]/, 1)[0] ?? '').trim().replace(/^"(.*)"$/, '$1');
      if (address === '' || address.startsWith('#')) continue;
      part.push(addressTyped(address).slice(0, 200));
      if (part.length === partSize) {
        yield part;
        part = [];
      }
    }
  } catch (thrown) {
    throw new GongjoError('input-invalid', { detail: `${file}: ${detailOf(thrown)}` }, thrown);
  }
  if (part.length > 0) yield part;
  return undefined;
}

function watchesText(terminal: Terminal, watches: readonly Watch[]): string {
  const { language } = terminal;
  const head = [
    'columnId',
    'columnKind',
    'columnChain',
    'columnName',
    'columnCount',
    'columnReason',
    'columnUntil',
  ] as const;
  return table(
    head.map((key) => terminal.say(key)),
    watches.map((it) => [
      it.id,
      terms.watchKind[it.kind][language],
      it.chain,
      it.name,
      it.kind === 'address' ? '1' : (it.count?.toString() ?? '–'),
      it.reason,
      it.until ?? '–',
    ]),
  );
}

function rulesText(
  terminal: Terminal,
  rules: readonly {
    rule: string;
    name: { en: string; ko: string };
    says: { en: string; ko: string };
    falseAlarms: { en: string; ko: string };
  }[],
): string {
  const { language } = terminal;
  return rules
    .map(
      ({ rule, name, says, falseAlarms }) =>
        `${rule}: ${name[language]}\n  ${says[language]}\n  ${terminal.say('knownFalse')} ${falseAlarms[language]}`,
    )
    .join('\n\n');
}
