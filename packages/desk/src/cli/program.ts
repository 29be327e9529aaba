import type { Language } from '@gongjo/contract';
import { Command, CommanderError, type Help } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { readSettings, type Settings, type SettingsTree } from '../platform/index.ts';
import { addressCommand } from './address.command.ts';
import { alertCommands } from './alert.command.ts';
import { auditCommands } from './audit.command.ts';
import { caseCommands } from './case.command.ts';
import { cutCommands } from './cut.command.ts';
import { demoCommand } from './demo.command.ts';
import { directoryCommands } from './directory.command.ts';
import { drillCommands } from './drill.command.ts';
import { entityCommand } from './entity.command.ts';
import { evidenceCommands } from './evidence.command.ts';
import { exitCodes } from './exit-codes.ts';
import { holdCommands } from './hold.command.ts';
import type { CliHost, Door } from './host.ts';
import { incidentCommands } from './incident.command.ts';
import { ingestCommands } from './ingest.command.ts';
import { keyCommands } from './key.command.ts';
import { measuresCommand } from './measures.command.ts';
import { noticeCommands } from './notice.command.ts';
import { objectCommands } from './object.command.ts';
import { overlapCommands } from './overlap.command.ts';
import { partnerCommands } from './partner.command.ts';
import { pathCommand } from './path.command.ts';
import { personCommands, tokenCommands } from './person.command.ts';
import { policyCommands } from './policy.command.ts';
import { releaseCommands } from './release.command.ts';
import { reporterCommands } from './reporter.command.ts';
import { requestCommands } from './request.command.ts';
import { searchCommand } from './search.command.ts';
import { stixCommands } from './stix.command.ts';
import { tagCommands } from './tag.command.ts';
import { taxiiCommands } from './taxii.command.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { type TextKey, texts } from './texts.ts';
import { traceCommands } from './trace.command.ts';
import { txCommand } from './tx.command.ts';
import { upCommands } from './up.command.ts';
import { watchCommands } from './watch.command.ts';

/** Problems that mean the command was given wrongly; everything else means that it failed. */
const usageProblems: ReadonlySet<string> = new Set([
  'usage-wrong',
  'settings-invalid',
  'settings-unreadable',
  'input-invalid',
]);

/** What every command is made with. */
export interface Kit {
  readonly host: CliHost;
  readonly language: Language;
  text(key: TextKey): string;
  /** A command with `--help`, `--json` and `--lang`, whose action answers nothing or an exit code. */
  command(
    parent: Command,
    usage: string,
    description: TextKey,
    act: (context: Acting) => Promise<number | undefined>,
  ): Command;
  /** `--data` and `--config`: which desk is meant. */
  withDesk(command: Command): Command;
}

export interface Acting {
  readonly terminal: Terminal;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  settings(flags?: SettingsTree): Settings;
  /** Calls the desk's API and closes the door behind it. */
  withDoor<T>(work: (door: Door) => Promise<T>): Promise<T>;
}

/** Runs one command. Answers the exit code: 0 ok, 1 failed, 2 wrong usage. */
export async function runCli(argv: readonly string[], host: CliHost): Promise<number> {
  const language = languageOf(argv, host.env);
  const json = argv.includes('--json');
  const terminal = createTerminal(host, language, json);
  let code: number = exitCodes.ok;
  const text = (key: TextKey) => texts[key][language];
  const kit: Kit = {
    host,
    language,
    text,
    command: (parent, usage, description, act) => {
      const command = parent.command(usage).description(text(description));
      return common(command, text).action(async (...all: unknown[]) => {
        const options = command.opts();
        const args = all
          .slice(0, -2)
          .flat()
          .filter((it) => it !== undefined)
          .map(String);
        const settings = (flags: SettingsTree = {}) =>
          readSettings({ config: options.config, data: options.data, ...flags }, host.env);
        const withDoor: Acting['withDoor'] = async (work) => {
          const door = await host.open(settings());
          try {
            return await work(door);
          } finally {
            await door.close();
          }
        };
        code = (await act({ terminal, args, options, settings, withDoor })) ?? exitCodes.ok;
      });
    },
    withDesk: (command) => command.option('--data <folder>', text('data')).option('--config <file>', text('config')),
  };
  const program = common(new Command('gongjo').description(text('program')), text).version(
    host.version,
    '-V, --version',
    text('versionOption'),
  );
  for (const add of [
    upCommands,
    demoCommand,
    ingestCommands,
    traceCommands,
    pathCommand,
    txCommand,
    addressCommand,
    entityCommand,
    cutCommands,
    tagCommands,
    directoryCommands,
    partnerCommands,
    overlapCommands,
    taxiiCommands,
    objectCommands,
    releaseCommands,
    keyCommands,
    policyCommands,
    personCommands,
    tokenCommands,
    searchCommand,
    incidentCommands,
    caseCommands,
    requestCommands,
    noticeCommands,
    holdCommands,
    reporterCommands,
    measuresCommand,
    drillCommands,
    alertCommands,
    watchCommands,
    auditCommands,
    evidenceCommands,
    stixCommands,
  ])
    add(program, kit);
  prepare(program, host, text);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return exitCodes.ok;
      terminal.problem(new GongjoError('usage-wrong', { detail: thrown.message.replace(/^error: /, '') }).problem);
      return exitCodes.usage;
    }
    if (thrown instanceof GongjoError) {
      terminal.problem(thrown.problem);
      return usageProblems.has(thrown.code) ? exitCodes.usage : exitCodes.failed;
    }
    terminal.problem(new GongjoError('internal', { reference: detailOf(thrown) }).problem);
    if (host.env.GONGJO_DEBUG) terminal.note(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
    return exitCodes.failed;
  }
}

function common(command: Command, text: Kit['text']): Command {
  return command
    .option('--json', text('json'))
    .option('--lang <language>', text('lang'))
    .helpOption('-h, --help', text('help'));
}

/** Commander speaks English and ends the process; here it speaks the reader's language and throws. */
function prepare(command: Command, host: CliHost, text: Kit['text']): void {
  const titles: Record<string, TextKey> = {
    'Usage:': 'usage',
    'Options:': 'options',
    'Commands:': 'commands',
    'Arguments:': 'arguments',
    'Global Options:': 'globalOptions',
  };
  const styleTitle: Help['styleTitle'] = (title) => (titles[title] ? text(titles[title]) : title);
  command
    .exitOverride()
    .helpCommand(false)
    .configureHelp({ styleTitle })
    .configureOutput({ writeOut: host.out, writeErr: () => undefined });
  // A group of commands named alone is a wrong use, told as such and not by a page of help.
  if (command.commands.length > 0) {
    command.allowExcessArguments().action(() => {
      const asked = [command.name(), ...command.args].join(' ');
      const known = `${command.name()} <${command.commands.map((it) => it.name()).join('|')}>`;
      throw new GongjoError('usage-wrong', { detail: `${asked} → ${known}` });
    });
  }
  for (const sub of command.commands) prepare(sub, host, text);
}

function languageOf(argv: readonly string[], env: CliHost['env']): Language {
  const at = argv.indexOf('--lang');
  const asked = at >= 0 ? argv[at + 1] : (env.GONGJO_LANG ?? env.LC_ALL ?? env.LANG);
  return asked?.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
