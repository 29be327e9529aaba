import {
  type DeskCard,
  drillKinOf,
  type EvidenceAsk,
  type EvidenceVerdict,
  inputFault,
  type PublicKey,
  type Tlp,
  tlpLevels,
  type Trace as WireTrace,
} from '@gongjo/contract';
import {
  cosignedAt,
  entriesAbout,
  inclusionProof,
  listWitnesses,
  originOf,
  readNote,
  recordAudit,
  recordSize,
  signCheckpoint,
  standing,
} from '../audit/index.ts';
import { custodyOf, findIncident, type StoredIncident, takeIntoCustody } from '../cases/index.ts';
import { canonicalJson, GongjoError, instant } from '../kernel/index.ts';
import { type Block, coverageOf, type Ledger } from '../ledger/index.ts';
import type { Clock, Db, DeskKeys, Random, Records } from '../platform/index.ts';
import { deliveriesAbout, deliveriesSeen } from '../sharing/index.ts';
import { flowSvg } from '../trace/index.ts';
import { type ContentFile, contentFiles, type Manifest, manifestFile, signatureFile } from './archive/manifest.ts';
import { sealManifest } from './archive/seal.ts';
import { sha256, sumsOf } from './archive/sums.ts';
import { writeTar } from './archive/tar.ts';
import { blocksOf } from './blocks.ts';
import type { AuditFile, CustodyFile, DeliveriesFile, IncidentFile } from './content.ts';
import { gather } from './gather.ts';
import { reportHtml } from './report.ts';
import type { RowsFile } from './rows/model.ts';
import { questionText, traceText } from './rows/recompute.ts';
import { tagsOf } from './tags.ts';
import { verifyPackage } from './verify/verify.ts';

export interface EvidenceContext {
  readonly records: Records;
  /** What the person who asks may read of them: a package holds no more. */
  readonly seen: Db;
  readonly ledger: Ledger;
  readonly keys: DeskKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
  /** The version of the program. */
  readonly program: string;
  /** A delivery with its signatures and the keys that they were made with. */
  prove(delivery: string): Promise<DeliveriesFile['deliveries'][number]>;
  /** The keys that a partner's signatures are believed with. */
  keysOf(desk: string): Promise<readonly PublicKey[]>;
  /** Shows the audit record to partners, so that those who answer cosign it. A partner that does not keeps nobody from evidence. */
  witness(): Promise<unknown>;
}

export interface Made {
  readonly archive: Uint8Array;
  readonly sha256: string;
  readonly fileName: string;
}

/**
 * Makes the evidence package of an incident: the question, the rows, the trace and all that stands behind it, in one signed
 * archive. It is verified before it is handed out, recorded in the chain of custody, and the same facts give the same bytes.
 * Throws `not-found`, what a trace throws, and `evidence-faulty`.
 */
export async function makeEvidence(context: EvidenceContext, asked: EvidenceAsk, by: string): Promise<Made> {
  const { records, seen, clock, desk, keys, program, random } = context;
  const incident = await findIncident(seen, asked.incident);
  if (!incident) throw new GongjoError('not-found');
  const asOf = await blockOf(context.ledger, incident, asked.untilHeight);
  const { question, rows, trace } = await gather(context.ledger, incident, asOf, asked.method);
  const reason = asked.reason ?? null;
  const now = instant(clock.now());
  // The package's own making is in the record that the package proves. Its reason is text of the case, and stands in the package.
  const since = await records.transaction(async (tx) => {
    await recordAudit(tx, clock, {
      ...{ actor: by, action: 'evidence.asked', subject: incident.id },
      details: { asOf: asOf.height, hops: trace.hops.length },
    });
    return recordSize(tx);
  });
  await context.witness();
  const deliveries = await signedDeliveries(context, incident.id);
  const facts = factsOf(incident);
  const said: Omit<Manifest, 'files'> = {
    program,
    format: 'gongjo-evidence-1',
    incident: { id: incident.id, title: incident.title, chain: incident.chain },
    drill: facts.drill,
    tlp: deliveries.tlps.reduce(stricter, incident.tlp),
    made: { at: now, by, reason },
    desk: { ...desk, key: keys.publicKey },
  };
  const parts = {
    ...said,
    incidentFacts: facts,
    trace: JSON.parse(traceText(trace)) as WireTrace,
    tags: tagsOf(rows),
    blocks: await blocksOf(context.ledger, trace),
    deliveries: deliveries.file,
    audit: await auditExcerpt(context, incident.id, deliveries.file, since),
    custody: await custodyFile(seen, incident.id),
  };
  const texts: Record<ContentFile, string> = {
    'audit.json': canonicalJson(parts.audit),
    'blocks.json': canonicalJson(parts.blocks),
    'custody.json': canonicalJson(parts.custody),
    'deliveries.json': canonicalJson(parts.deliveries),
    'flow-en.svg': flowSvg(trace, 'en'),
    'flow-ko.svg': flowSvg(trace, 'ko'),
    'incident.json': canonicalJson(facts),
    'question.json': questionText(question),
    'report.html': reportHtml(parts),
    'rows.json': canonicalJson(rows satisfies RowsFile),
    'tags.json': canonicalJson(parts.tags),
    'trace.json': traceText(trace),
  };
  const archive = await seal(context, said, texts);
  const verdict = await verifyPackage(archive, program);
  if (!verdict.holds) {
    const faults = faultsOf(verdict);
    throw new GongjoError('evidence-faulty', {
      file: faults[0]?.file ?? '–',
      detail: faults.map(faultText).join('; '),
    });
  }
  const fileName = `${facts.drill ? 'drill-' : ''}evidence-${desk.desk}-${incident.id.slice(-12)}-${now.slice(0, 10)}.tar`;
  await records.transaction((tx) =>
    takeIntoCustody(
      tx,
      { clock, random },
      {
        incident: incident.id,
        direction: 'out',
        name: fileName,
        mediaType: 'application/x-tar',
        bytes: archive,
        who: by,
        why: reason ?? 'evidence package',
      },
    ),
  );
  return { archive, sha256: sha256(archive), fileName };
}

async function blockOf(ledger: Ledger, { chain }: StoredIncident, untilHeight: number | undefined): Promise<Block> {
  const { tip } = await coverageOf(ledger, chain);
  if (untilHeight === undefined || untilHeight >= tip.height) return tip;
  const block = await ledger.blockAt(chain, untilHeight);
  if (!block)
    throw new GongjoError('input-invalid', { detail: inputFault('untilHeight', 'block', { height: untilHeight }) });
  return block;
}

function factsOf(incident: StoredIncident): IncidentFile {
  const { id, title, kind, chain, txids, victim, tlp, origin, occurredAt, openedAt, drill } = incident;
  return {
    id,
    title,
    kind,
    chain,
    txids: [...txids],
    victim,
    tlp,
    origin: origin?.desk ?? null,
    occurredAt: occurredAt ?? null,
    openedAt,
    drill: drill === true || drillKinOf(chain) !== null,
  };
}

/** What the problem names of a package that does not verify: the first of it. */
const faultsNamedMax = 5;

interface Fault {
  readonly file: string | null;
  readonly code: string;
  readonly detail: string;
}

/** Bytes that are damaged, or what is wrong in files that are whole. */
export function faultsOf({ damages, findings }: Pick<EvidenceVerdict, 'damages' | 'findings'>): readonly Fault[] {
  const damaged = damages.map(({ file, kind, at }) => ({ file, code: kind, detail: at === null ? '' : `at ${at}` }));
  return [...damaged, ...findings].slice(0, faultsNamedMax);
}

const faultText = ({ file, code, detail }: Fault): string => [file ?? '–', code, detail].filter(Boolean).join(' ');

async function custodyFile(seen: Db, incident: string): Promise<CustodyFile> {
  const { records: all, omitted } = await custodyOf(seen, { incident });
  return { records: all.map(({ incident: _, caseId: __, ...it }) => it), omitted };
}

const stricter = (a: Tlp, b: Tlp): Tlp => (tlpLevels.indexOf(a) >= tlpLevels.indexOf(b) ? a : b);

async function signedDeliveries({ records, seen, prove }: EvidenceContext, incident: string) {
  const { deliveries: all, omitted } = await deliveriesAbout(records, incident);
  const shown = await deliveriesSeen(
    seen,
    all.map(({ id }) => id),
  );
  const about = all.filter(({ id }) => shown.has(id));
  const deliveries: DeliveriesFile['deliveries'] = [];
  for (const { id } of about) deliveries.push(await prove(id));
  return {
    file: { deliveries, omitted },
    tlps: about.flatMap(({ objects }) => objects.flatMap(({ tlp }) => tlp ?? [])),
  };
}

/** The entries about the incident in the checkpoint, not older than entry `since`, that most partners have cosigned. */
async function auditExcerpt(
  context: EvidenceContext,
  incident: string,
  { deliveries }: DeliveriesFile,
  since: number,
): Promise<AuditFile> {
  const { records, keys, desk } = context;
  const subjects = [incident, ...deliveries.map(({ delivery }) => delivery)];
  const { tree, size: newest } = await standing(context);
  const seen = (await listWitnesses(records)).filter(
    ({ size, cosignature }) => cosignature !== null && size >= since && size <= newest,
  );
  const size = commonest(seen.map((it) => it.size)) ?? newest;
  // The same text, and so the same signature, as partners were shown, who may have been shown it by an older key.
  const note = await signCheckpoint(keys, { origin: originOf(desk.desk), size, root: await tree.root(size) });
  const { entries, omitted } = await entriesAbout(records, subjects, size);
  const proved: AuditFile['entries'] = [];
  for (const entry of entries) {
    const proof = await inclusionProof(entry.seq - 1, size, tree.read);
    proved.push({ entry, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) });
  }
  const witnesses: Record<string, PublicKey[]> = {};
  let cosigned = note;
  for (const { desk: name, cosignature } of seen.filter((it) => it.size === size)) {
    const signed = readNote(note + cosignature);
    const key = (await context.keysOf(name)).find((it) => signed !== null && cosignedAt(signed, name, it) !== null);
    if (!key) continue;
    cosigned += cosignature;
    witnesses[name] = [key];
  }
  return { checkpoint: cosigned, entries: proved, omitted, witnesses };
}

/** Of several that are as common the largest; null of none. */
function commonest(numbers: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const it of numbers) counts.set(it, (counts.get(it) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || b - a);
  return first?.[0] ?? null;
}

async function seal(
  { keys, desk }: EvidenceContext,
  said: Omit<Manifest, 'files'>,
  texts: Readonly<Record<ContentFile, string>>,
): Promise<Uint8Array> {
  const files = contentFiles.map((name) => ({ name, bytes: Buffer.from(texts[name]) }));
  const manifest: Manifest = { ...said, files: files.map(({ name, bytes }) => ({ name, ...sumsOf(bytes) })) };
  const bytes = Buffer.from(canonicalJson(manifest));
  const jws = await sealManifest(keys, { desk: desk.desk, key: keys.publicKey, manifest: sumsOf(bytes) });
  return writeTar([{ name: signatureFile, bytes: Buffer.from(jws) }, { name: manifestFile, bytes }, ...files]);
}
