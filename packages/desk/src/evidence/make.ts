import {
  type DeskCard,
  type EvidenceAsk,
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
  readNote,
  recordAudit,
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
import type { AuditFile, DeliveriesFile, IncidentFile } from './content.ts';
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
  // The package's own making is in the record that the package proves.
  await records.transaction((tx) =>
    recordAudit(tx, clock, {
      ...{ actor: by, action: 'evidence.made', subject: incident.id },
      details: { reason, asOf: asOf.height, hops: trace.hops.length },
    }),
  );
  const deliveries = await signedDeliveries(context, incident.id);
  const facts = factsOf(incident);
  const said: Omit<Manifest, 'files'> = {
    program,
    format: 'gongjo-evidence-1',
    incident: { id: incident.id, title: incident.title, chain: incident.chain },
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
    audit: await auditExcerpt(context, incident.id, deliveries.file),
    custody: { records: (await custodyOf(seen, { incident: incident.id })).map(({ incident: _, ...it }) => it) },
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
    const [fault] = verdict.findings;
    throw new GongjoError('evidence-faulty', { file: fault?.file ?? '–', detail: `${fault?.code} ${fault?.detail}` });
  }
  const fileName = `evidence-${desk.desk}-${incident.id.slice(-12)}-${now.slice(0, 10)}.tar`;
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
    throw new GongjoError('input-invalid', { detail: `untilHeight: the ledger does not hold block ${untilHeight}` });
  return block;
}

function factsOf(incident: StoredIncident): IncidentFile {
  const { id, title, kind, chain, txids, victim, tlp, origin, occurredAt, openedAt } = incident;
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
  };
}

const stricter = (a: Tlp, b: Tlp): Tlp => (tlpLevels.indexOf(a) >= tlpLevels.indexOf(b) ? a : b);

async function signedDeliveries({ records, seen, prove }: EvidenceContext, incident: string) {
  const all = await deliveriesAbout(records, incident);
  const shown = await deliveriesSeen(
    seen,
    all.map(({ id }) => id),
  );
  const about = all.filter(({ id }) => shown.has(id));
  const deliveries: DeliveriesFile['deliveries'] = [];
  for (const { id } of about) deliveries.push(await prove(id));
  return {
    file: { deliveries },
    tlps: about.flatMap(({ objects }) => objects.flatMap(({ tlp }) => tlp ?? [])),
  };
}

async function auditExcerpt(
  context: EvidenceContext,
  incident: string,
  { deliveries }: DeliveriesFile,
): Promise<AuditFile> {
  const { records } = context;
  const subjects = [incident, ...deliveries.map(({ delivery }) => delivery)];
  const { tree, size, note } = await standing(context);
  const entries = (await entriesAbout(records, subjects)).filter(({ seq }) => seq <= size);
  const proved: AuditFile['entries'] = [];
  for (const entry of entries) {
    const proof = await inclusionProof(entry.seq - 1, size, tree.read);
    proved.push({ entry, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) });
  }
  const witnesses: Record<string, PublicKey[]> = {};
  let cosigned = note;
  for (const { desk, size: seen, cosignature } of await listWitnesses(records)) {
    if (seen !== size || cosignature === null) continue;
    const signed = readNote(note + cosignature);
    const key = (await context.keysOf(desk)).find((it) => signed !== null && cosignedAt(signed, desk, it) !== null);
    if (!key) continue;
    cosigned += cosignature;
    witnesses[desk] = [key];
  }
  return { checkpoint: cosigned, entries: proved, witnesses };
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
