import path from 'node:path';
import type { Admission } from '@gongjo/contract';
import type { Command } from 'commander';
import { type Finding, fromMisp, type StixObject, toMisp } from '../stix/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Door } from './host.ts';
import { writeNew } from './new-file.ts';
import type { Kit } from './program.ts';
import { readJsonFile, valuesIn } from './stix-file.ts';
import { plain, type Terminal } from './terminal.ts';
import { collect } from './up.command.ts';

/** One request: half of what the desk reads of one, and few enough that it answers within a second. */
const objectsPerRequestMax = 500;
const charsPerRequestMax = 4 * 1024 * 1024;
/** Refused objects that a person is shown of each file; a program gets all. */
const refusedShown = 50;

interface Imported extends Admission {
  readonly file: string;
  /** What a MISP event said that STIX does not. */
  readonly findings: readonly Finding[];
}

/** `gongjo stix import|export`, beside `validate`. */
export function stixStoreCommands(stix: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(stix, 'import', 'stixImport', async ({ terminal, args, options, withDoor }) => {
        const { tlp = null, source } = options as { tlp?: string; source?: string };
        const imported: Imported[] = [];
        await withDoor(async (door) => {
          for (const file of args) imported.push(await importFile(terminal, door, file, source ?? labelOf(file), tlp));
        });
        terminal.result({ imports: imported }, () => imported.map((it) => importText(terminal, it)).join('\n'));
        return imported.every(({ refused }) => refused.length === 0) ? exitCodes.ok : exitCodes.failed;
      }),
    )
    .argument('<files...>', text('stixImportFiles'))
    .option('--tlp <marking>', text('stixImportTlp'))
    .option('--source <label>', text('stixImportSource'));

  kit
    .withDesk(
      kit.command(stix, 'export', 'stixExport', async ({ terminal, options, withDoor }) => {
        const { output, misp } = options as { output: string; misp?: true };
        const bodies = await withDoor((door) => exported(door, options));
        const left = misp ? mispOf(bodies, output) : written(output, bodies);
        terminal.result({ file: output, objects: bodies.length, left }, () =>
          [
            plain(terminal.say('stixExported', { count: bodies.length, file: output })),
            ...(left.length === 0 ? [] : [terminal.say('stixExportLeft', { count: left.length })]),
          ].join('\n'),
        );
        return undefined;
      }),
    )
    .requiredOption('-o, --output <file>', text('stixExportOut'))
    .option('--id <object>', text('filterId'), collect)
    .option('--incident <id>', text('filterIncident'))
    .option('--origin <origin>', text('filterOrigin'))
    .option('--type <type>', text('filterType'))
    .option('--misp', text('stixExportMisp'));
}

/** `ics-attack-18.0.json` → `ics-attack-18.0`. */
function labelOf(file: string): string {
  const label = path
    .basename(file)
    .replace(/\.json$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return label === '' ? 'file' : label;
}

async function importFile(
  terminal: Terminal,
  door: Door,
  file: string,
  source: string,
  tlp: string | null,
): Promise<Imported> {
  const { values, findings } = objectsOf(file);
  const total = { added: 0, known: 0 };
  const refused: Admission['refused'][number][] = [];
  const startedAt = performance.now();
  let origin = `file:${source}`;
  let done = 0;
  for (const part of partsOf(values)) {
    const answer = await door.call<Admission>('POST', '/api/stix/imports', { source, tlp, objects: part });
    origin = answer.origin;
    total.added += answer.added;
    total.known += answer.known;
    const at = done;
    refused.push(
      ...answer.refused.map((it) => ({
        ...it,
        index: at + it.index,
        path: it.path === null ? null : it.path.replace(`/objects/${it.index}`, `/objects/${at + it.index}`),
      })),
    );
    done += part.length;
    if (done < values.length) {
      const rate = Math.round(done / Math.max(0.001, (performance.now() - startedAt) / 1000));
      terminal.note(plain(terminal.say('stixImporting', { file, done, all: values.length, rate })));
    }
  }
  return { file, origin, ...total, refused, findings };
}

/** The objects of a STIX file as they are, of a MISP event as STIX. */
function objectsOf(file: string): { readonly values: readonly unknown[]; readonly findings: readonly Finding[] } {
  const json = readJsonFile(file);
  if (!isMisp(json)) return { values: valuesIn(json), findings: [] };
  const { objects, findings, kept } = fromMisp(json);
  return { values: objects, findings: [...findings, ...kept] };
}

function isMisp(json: unknown): boolean {
  const first: unknown = Array.isArray(json) ? json[0] : json;
  return (
    typeof first === 'object' && first !== null && ('Event' in first || 'response' in first || 'Attribute' in first)
  );
}

function* partsOf(values: readonly unknown[]): Generator<unknown[]> {
  let part: unknown[] = [];
  let chars = 0;
  for (const value of values) {
    const size = JSON.stringify(value)?.length ?? 0;
    if (part.length === objectsPerRequestMax || (part.length > 0 && chars + size > charsPerRequestMax)) {
      yield part;
      part = [];
      chars = 0;
    }
    part.push(value);
    chars += size;
  }
  if (part.length > 0) yield part;
}

async function exported(door: Door, options: Readonly<Record<string, unknown>>): Promise<string[]> {
  const query = new URLSearchParams();
  for (const id of (options.id as readonly string[] | undefined) ?? []) query.append('id', id);
  for (const key of ['incident', 'origin', 'type']) if (typeof options[key] === 'string') query.set(key, options[key]);
  const bodies: string[] = [];
  let after: number | null = 0;
  while (after !== null) {
    query.set('after', String(after));
    const page: { bodies: string[]; next: number | null } = await door.call('GET', `/api/stix/export?${query}`);
    bodies.push(...page.bodies);
    after = page.next;
  }
  return bodies;
}

function written(file: string, bodies: readonly string[]): readonly Finding[] {
  writeNew(file, bodies.length === 0 ? '{}\n' : `{"objects":[\n${bodies.join(',\n')}\n]}\n`);
  return [];
}

function mispOf(bodies: readonly string[], file: string): readonly Finding[] {
  const { event, left } = toMisp(bodies.map((body) => JSON.parse(body) as StixObject));
  writeNew(file, `${JSON.stringify(event, null, 2)}\n`);
  return left;
}

function importText(terminal: Terminal, { file, origin, added, known, refused, findings }: Imported): string {
  const head = terminal.say('stixImported', { file, added, known, refused: refused.length, origin });
  const more = refused.length - refusedShown;
  return [
    plain(head),
    ...refused
      .slice(0, refusedShown)
      .map((it) => plain(`  ${it.path ?? `/objects/${it.index}`}  ${it.id ?? ''}  ${it.detail}`)),
    ...(more > 0 ? [`  ${terminal.say('stixMore', { count: more })}`] : []),
    ...findings.slice(0, refusedShown).map((it) => plain(`  ${it.path}: ${it.detail}`)),
  ].join('\n');
}
