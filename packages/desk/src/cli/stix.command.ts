import type { Problem } from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { type Finding, idNotes, type Reading } from '../stix/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Kit } from './program.ts';
import { readStixFile } from './stix-file.ts';
import { plain, type Terminal } from './terminal.ts';

/** Objects of a file whose findings a person is shown; a program gets all. */
const rejectedShown = 50;

/** What `--json` tells of one file. */
type FileReport =
  | {
      readonly file: string;
      readonly valid: boolean;
      readonly objects: number;
      /** Why the file is refused as a whole, or else findings of objects, the first 100. */
      readonly findings: readonly Finding[];
      readonly rejected: Reading['rejected'];
      readonly notes: readonly Finding[];
    }
  | { readonly file: string; readonly valid: false; readonly problem: Problem };

export function stixCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const stix = program.command('stix').description(text('stixGroup'));
  kit
    .command(stix, 'validate', 'stixValidate', async ({ terminal, args }) => {
      const files = args.map((file) => reportOf(file, terminal));
      terminal.result({ files }, () => files.map((it) => reportText(terminal, it)).join('\n'));
      return files.every(({ valid }) => valid) ? exitCodes.ok : exitCodes.failed;
    })
    .argument('<files...>', text('stixFiles'));
}

/** A file that cannot be read is told, and the others are read. */
function reportOf(file: string, terminal: Terminal): FileReport {
  try {
    const { objects, findings, rejected } = readStixFile(file);
    const valid = findings.length === 0;
    return { file, valid, objects: objects.length, findings, rejected, notes: idNotes(objects) };
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    if (!terminal.json) terminal.problem(thrown.problem);
    return { file, valid: false, problem: thrown.problem };
  }
}

function reportText(terminal: Terminal, report: FileReport): string {
  const { file } = report;
  if ('problem' in report) return plain(terminal.say('stixFileUnread', { file }));
  const { objects, findings, rejected, notes } = report;
  const [first] = findings;
  if (rejected.length === 0 && first !== undefined) {
    return plain(terminal.say('stixFileRefused', { file, path: first.path || '/', detail: first.detail }));
  }
  const head = rejected.length === 0 ? 'stixFileValid' : 'stixFileInvalid';
  const more = rejected.length - rejectedShown;
  return [
    plain(terminal.say(head, { file, objects, rejected: rejected.length })),
    ...rejected
      .slice(0, rejectedShown)
      .flatMap(({ id, findings }) => [...(id === null ? [] : [`  ${id}`]), ...findings.map((it) => lineOf(it))]),
    ...(more > 0 ? [`  ${terminal.say('stixMore', { count: more })}`] : []),
    ...(notes.length > 0 ? [`  ${terminal.say('stixNotes')}`, ...notes.map((it) => lineOf(it))] : []),
  ].join('\n');
}

function lineOf({ path, detail }: Finding): string {
  return `    ${plain(path)}: ${plain(detail)}`;
}
