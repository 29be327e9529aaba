import { existsSync } from 'node:fs';
import { format, parse } from 'node:path';
import type { Language, Trace } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { exactTrace, flowSvg, graphml, hopsCsv, stopsCsv } from '../trace/index.ts';
import { writeNew } from './new-file.ts';

/** Files that a trace is written to, by the option that names one. */
export const fileOptions = ['svg', 'csv', 'graphml'] as const;
export type TraceFiles = Partial<Record<(typeof fileOptions)[number], string>>;

/** Where the stops of a trace go whose hops go to `file`: `trace.csv` → `trace.stops.csv`. */
export function stopsFile(file: string): string {
  const { base: _, ...parts } = parse(file);
  return format({ ...parts, name: `${parts.name}.stops` });
}

export function filesOf(options: Readonly<Record<string, unknown>>): TraceFiles {
  const files: TraceFiles = {};
  for (const option of fileOptions) if (options[option] !== undefined) files[option] = String(options[option]);
  return files;
}

/** Throws `file-exists` where one of them is there, before a long trace is made in vain. */
export function refuseExisting(files: TraceFiles): void {
  for (const file of pathsOf(files)) if (existsSync(file)) throw new GongjoError('file-exists', { file });
}

/**
 * Writes a trace to files that are not there yet; answers their names. A file that is there is evidence of another question,
 * perhaps, so none is overwritten. Throws `file-exists`, `file-unwritable`.
 */
export function writeTrace(files: TraceFiles, wire: Trace, language: Language): string[] {
  const { svg, csv, graphml: graph } = files;
  const trace = exactTrace(wire);
  const contents: [file: string, content: () => string][] = [];
  if (svg !== undefined) contents.push([svg, () => flowSvg(trace, language)]);
  if (csv !== undefined) contents.push([csv, () => hopsCsv(trace)], [stopsFile(csv), () => stopsCsv(trace)]);
  if (graph !== undefined) contents.push([graph, () => graphml(trace)]);
  for (const [file, content] of contents) writeNew(file, content());
  return contents.map(([file]) => file);
}

function pathsOf({ svg, csv, graphml: graph }: TraceFiles): string[] {
  return [svg, csv, csv === undefined ? undefined : stopsFile(csv), graph].filter((file) => file !== undefined);
}
