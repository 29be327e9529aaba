import {
  drillKinOf,
  type EvidenceFindingCode,
  type EvidenceKeyUse,
  type EvidenceVerdict,
  evidenceChecks,
  type Trace,
  zTrace,
  zTraceQuestion,
} from '@gongjo/contract';
import { z } from 'zod';
import { canonicalJson, detailOf } from '../../kernel/index.ts';
import { exactTrace, flowSvg } from '../../trace/index.ts';
import type { ContentFile, Manifest } from '../archive/manifest.ts';
import { sha256 } from '../archive/sums.ts';
import { fingerprint } from '../archive/thumbprint.ts';
import { zAuditFile, zBlocksFile, zCustodyFile, zDeliveriesFile, zIncidentFile, zTagsFile } from '../content.ts';
import { reportHtml } from '../report.ts';
import { type RowsFile, zRowsFile } from '../rows/model.ts';
import { recompute } from '../rows/recompute.ts';
import { tagsOf } from '../tags.ts';
import { checkAudit } from './audit.ts';
import { checkBlocks, type Found } from './blocks.ts';
import { checkDeliveries } from './deliveries.ts';
import { checkIntegrity } from './integrity.ts';

/** A package of thousands of faults is told by its first ones. */
const findingsMax = 100;

/**
 * Verifies an evidence package by itself: every byte against the desk's signature, the trace against the rows, transactions
 * against block headers, deliveries against their signatures, audit entries against the signed checkpoint. Nothing but the
 * archive is read. `program` is the version of the verifier: only the version that made a report makes the same again.
 */
export async function verifyPackage(archive: Uint8Array, program: string): Promise<EvidenceVerdict> {
  const { damages, omitted, opened } = checkIntegrity(archive);
  const digest = { sha256: sha256(archive), bytes: archive.length };
  if (!opened)
    return {
      ...{ ...digest, holds: false, package: null, damages: [...damages], omitted },
      ...{ findings: [], checks: [], keys: [], notes: [] },
    };
  const { manifest, files } = opened;
  const found = await checkContents(manifest, files, program);
  const counts: Record<string, number> = { bytes: archive.length, signature: 1, ...found.counts };
  return {
    ...digest,
    holds: found.findings.length === 0,
    package: {
      incident: manifest.incident.id,
      desk: manifest.desk.desk,
      fingerprint: fingerprint(manifest.desk.key),
      madeAt: manifest.made.at,
      madeBy: manifest.made.by,
      tlp: manifest.tlp,
      program: manifest.program,
      drill: manifest.drill,
    },
    damages: [],
    findings: found.findings.slice(0, findingsMax),
    omitted: Math.max(0, found.findings.length - findingsMax),
    checks: evidenceChecks.flatMap((code) => (counts[code] === undefined ? [] : [{ code, count: counts[code] }])),
    keys: keysIn([{ ...manifest.desk, use: 'package' }, ...(found.keys ?? [])]),
    notes: [
      ...(manifest.drill ? [{ code: 'drill' as const, count: 1 }] : []),
      { code: 'key-is-claimed', count: 1 },
      ...found.notes,
    ],
  };
}

/** Each key once, with all that it signed. */
function keysIn(signers: NonNullable<Found['keys']>): EvidenceVerdict['keys'] {
  const keys = new Map<string, { desk: string; fingerprint: string; uses: Set<EvidenceKeyUse> }>();
  for (const { desk, key, use } of signers) {
    const named = `${desk} ${key.x}`;
    const known = keys.get(named) ?? { desk, fingerprint: fingerprint(key), uses: new Set() };
    known.uses.add(use);
    keys.set(named, known);
  }
  return [...keys.values()].map(({ uses, ...key }) => ({ ...key, uses: [...uses] }));
}

interface FoundIn extends Omit<Found, 'findings'> {
  readonly findings: EvidenceVerdict['findings'];
}

async function checkContents(
  manifest: Manifest,
  files: ReadonlyMap<ContentFile, Uint8Array>,
  program: string,
): Promise<FoundIn> {
  const findings: EvidenceVerdict['findings'] = [];
  const counts: Record<string, number> = {};
  const notes: { code: EvidenceVerdict['notes'][number]['code']; count: number }[] = [];
  const keys: NonNullable<Found['keys']>[number][] = [];
  const find = (file: ContentFile, code: EvidenceFindingCode, detail = '') =>
    void findings.push({ code, file, detail });
  const textOf = (file: ContentFile) => Buffer.from(files.get(file) ?? new Uint8Array()).toString('utf8');
  const read = <T>(file: ContentFile, shape: z.ZodType<T>): T | null => {
    try {
      const text = textOf(file);
      const json: unknown = JSON.parse(text);
      const parsed = shape.safeParse(json);
      if (!parsed.success) find(file, 'unreadable', z.prettifyError(parsed.error).slice(0, 300));
      // What the shape leaves out would be in the file without anybody having looked at it.
      else if (canonicalJson(parsed.data) !== text) find(file, 'not-canonical');
      else return parsed.data;
    } catch (thrown) {
      find(file, 'unreadable', detailOf(thrown));
    }
    return null;
  };
  const take = (file: ContentFile, found: Found) => {
    for (const { code, detail } of found.findings) find(file, code, detail);
    Object.assign(counts, found.counts);
    notes.push(...found.notes);
    keys.push(...(found.keys ?? []));
  };

  const incident = read('incident.json', zIncidentFile);
  const question = read('question.json', zTraceQuestion as unknown as z.ZodType<Trace['question']>);
  const rows = read('rows.json', zRowsFile);
  const trace = read('trace.json', zTrace as unknown as z.ZodType<Trace>);
  const tags = read('tags.json', zTagsFile);
  const blocks = read('blocks.json', zBlocksFile);
  const deliveries = read('deliveries.json', zDeliveriesFile);
  const audit = read('audit.json', zAuditFile);
  const custody = read('custody.json', zCustodyFile);
  if (!incident || !question || !rows || !trace || !tags || !blocks || !deliveries || !audit || !custody)
    return { findings, counts, notes, keys };

  const isDrill = incident.drill || drillKinOf(incident.chain) !== null;
  if (
    isDrill !== manifest.drill ||
    incident.drill !== manifest.drill ||
    incident.id !== manifest.incident.id ||
    incident.chain !== manifest.incident.chain ||
    question.chain !== incident.chain
  )
    find('incident.json', 'incident-other');
  if (canonicalJson(trace.question) !== canonicalJson(question)) find('trace.json', 'question-other');
  if (canonicalJson(tagsOf(rows)) !== textOf('tags.json')) find('tags.json', 'tags-other');
  await checkTrace(question, rows, textOf('trace.json'), find);
  counts.trace = trace.hops.length;
  take('blocks.json', checkBlocks(blocks, trace, rows));
  take('deliveries.json', checkDeliveries(deliveries));
  take('audit.json', checkAudit(audit, manifest.desk));
  counts.custody = custody.records.length;
  if (custody.omitted > 0) notes.push({ code: 'custody-omitted', count: custody.omitted });
  if (manifest.program !== program) notes.push({ code: 'other-program', count: 1 });
  else {
    const exact = exactTrace(trace);
    for (const language of ['en', 'ko'] as const)
      if (flowSvg(exact, language) !== textOf(`flow-${language}.svg`)) find(`flow-${language}.svg`, 'picture-other');
    const { files: _, ...said } = manifest;
    const report = reportHtml({ ...said, incidentFacts: incident, trace, tags, blocks, deliveries, audit, custody });
    if (report !== textOf('report.html')) find('report.html', 'report-other');
  }
  return { findings, counts, notes, keys };
}

async function checkTrace(
  question: Trace['question'],
  rows: RowsFile,
  text: string,
  find: (file: ContentFile, code: EvidenceFindingCode, detail?: string) => void,
): Promise<void> {
  try {
    const again = await recompute(question, rows);
    if (again === text) return;
    let at = 0;
    while (again[at] === text[at]) at += 1;
    find('trace.json', 'trace-other', String(Buffer.byteLength(text.slice(0, at))));
  } catch (thrown) {
    find('rows.json', 'trace-not-recomputed', detailOf(thrown));
  }
}
