import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { detailOf, GongjoError } from '../../../kernel/index.ts';
import type { Clock } from '../../../platform/index.ts';
import type { Header } from './branch.ts';
import { type Piece, type PieceKind, recognise, type Source, type Token } from './pieces.ts';
import {
  csvColumns,
  documentSplitter,
  exactJson,
  type Format,
  formatOf,
  lineSplitter,
  type RawRecord,
  RECORD_BYTES_MAX,
  type SplitterEvents,
} from './records.ts';
import { RUNS_MAX, Runs } from './runs.ts';

/** An export of Ethereum's whole history has a few thousand partitions of a handful of kinds. */
export const FILES_MAX = 100_000;
/** Damage beyond this is counted and no longer listed: nobody reads more of one file. */
const DAMAGE_LISTED_MAX = 20;
/** Small enough that what is made of one piece does not keep the desk from answering. */
const PIECE_BYTES = 256 * 1024;
/** Chain data packs at most about 1 : 30; what unpacks to more than this many times its size is made to fill the disk. */
const UNPACKED_RATIO_MAX = 200;
/** Enough of most files to see their header or their first line. */
const BEGINNING_BYTES = 64 * 1024;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

export interface Damage {
  readonly line: number;
  readonly detail: string;
}

/** What a file turned out to be. */
export interface FileReport {
  readonly path: string;
  readonly format: Format | null;
  readonly sources: readonly Source[];
  readonly packed: boolean;
  /** Unpacked. */
  readonly bytes: number;
  readonly holds: Readonly<Partial<Record<PieceKind, number>>>;
  readonly damaged: number;
  /** The first of it. */
  readonly damage: readonly Damage[];
}

/** How far the first reading of the files has come. */
export interface SurveyProgress {
  readonly files: number;
  readonly filesAll: number;
  readonly bytes: number;
  readonly bytesAll: number;
  readonly bytesPerS: number;
  readonly secondsLeft: number;
}

/** A person reads no faster. */
const TOLD_EVERY_MS = 1_000;

/** A file that can be read at any place. */
export interface Surveyed {
  readonly path: string;
  readonly format: Format;
  /** Of CSV. */
  readonly columns: readonly string[];
}

export interface Survey {
  readonly files: readonly Surveyed[];
  readonly runs: Runs;
  /** Runs of records that name a transaction but no block, by that transaction. */
  readonly byTxid: ReadonlyMap<string, number>;
  readonly headers: readonly Header[];
  readonly tokens: ReadonlyMap<string, Token>;
  readonly reports: readonly FileReport[];
}

export interface SurveyOptions {
  /** Absolute; folders stand for the files in them. */
  readonly paths: readonly string[];
  /** The number of the chain (EIP-155) that the files must be of, where they say so. */
  readonly chain: bigint;
  /** Packed files are unpacked here. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'now'>;
  readonly onFile: (report: FileReport) => void;
  readonly onProgress: (progress: SurveyProgress) => void;
}

/**
 * Reads all files once: what each is, what in it is damaged, and where the parts of each block stand. Nothing but these
 * places is kept, so the files may be larger than the memory.
 *
 * @throws GongjoError `file-unreadable`
 */
export async function surveyFiles(options: SurveyOptions): Promise<Survey> {
  const { signal, clock, onFile, onProgress } = options;
  const found = await filesAt(options.paths);
  const bytesAll = found.reduce((sum, { bytes }) => sum + bytes, 0);
  const files: Surveyed[] = [];
  const reports: FileReport[] = [];
  const survey = {
    files,
    runs: new Runs(),
    byTxid: new Map<string, number>(),
    headers: [],
    tokens: new Map(),
    reports,
  };
  const startedMs = clock.now();
  let toldMs = startedMs;
  let bytes = 0;
  for (const [index, file] of found.entries()) {
    signal.throwIfAborted();
    const report = await surveyFile(file, survey, options, (some) => {
      const nowMs = clock.now();
      if (nowMs - toldMs < TOLD_EVERY_MS) return;
      toldMs = nowMs;
      const read = bytes + some;
      const bytesPerS = (read * 1000) / Math.max(1, nowMs - startedMs);
      const secondsLeft = (bytesAll - read) / bytesPerS;
      onProgress({ files: index, filesAll: found.length, bytes: read, bytesAll, bytesPerS, secondsLeft });
    });
    bytes += file.bytes;
    reports.push(report);
    onFile(report);
  }
  return survey;
}

interface Found {
  readonly path: string;
  readonly bytes: number;
}

async function filesAt(paths: readonly string[]): Promise<Found[]> {
  const found = new Map<string, Found>();
  const add = async (path: string, named: boolean): Promise<void> => {
    if (!isAbsolute(path)) throw new GongjoError('file-unreadable', { path, detail: 'the path is not absolute' });
    const what = await stat(path).catch((error: unknown) => {
      throw new GongjoError('file-unreadable', { path, detail: codeOf(error) });
    });
    if (what.isDirectory()) {
      const inside = await readdir(path, { withFileTypes: true });
      // Links inside of a folder are not followed: they can lead out of it or in circles.
      for (const entry of inside.filter((each) => each.isFile() || each.isDirectory()).sort(byName))
        await add(join(path, entry.name), false);
    } else if (what.isFile()) {
      if (found.size >= FILES_MAX)
        throw new GongjoError('file-unreadable', { path, detail: `over ${FILES_MAX} files` });
      found.set(path, { path, bytes: what.size });
    } else if (named) throw new GongjoError('file-unreadable', { path, detail: 'this is no regular file' });
  };
  for (const path of paths) await add(path, true);
  return [...found.values()];
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Only the reason, never a part of what a file holds. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : detailOf(error);
}

interface Building extends Omit<Survey, 'files' | 'byTxid' | 'headers' | 'tokens' | 'reports'> {
  readonly files: Surveyed[];
  readonly byTxid: Map<string, number>;
  readonly headers: Header[];
  readonly tokens: Map<string, Token>;
}

async function surveyFile(
  { path, bytes: size }: Found,
  survey: Building,
  options: SurveyOptions,
  onBytes: (bytes: number) => void,
): Promise<FileReport> {
  const holds: Partial<Record<PieceKind, number>> = {};
  const damage: Damage[] = [];
  let damaged = 0;
  const sources = new Set<Source>();
  const harm = (line: number, detail: string) => {
    damaged += 1;
    if (damage.length < DAMAGE_LISTED_MAX) damage.push({ line, detail });
  };
  const report = (format: Format | null, packed: boolean, bytes: number): FileReport => ({
    path,
    format,
    sources: [...sources].sort(),
    packed,
    bytes,
    holds,
    damaged,
    damage,
  });

  let readable = path;
  const packed = (await beginningOf(path, GZIP_MAGIC.length)).equals(GZIP_MAGIC);
  if (packed) {
    readable = join(options.scratch, `${survey.files.length}`);
    const trouble = await unpack(path, readable, size, options.signal);
    if (trouble !== null) harm(0, trouble);
  }
  const format = formatOf(await firstLineOf(readable));
  if (format === null) {
    harm(1, 'this is neither JSON nor a known export');
    return report(null, packed, size);
  }

  const file = survey.files.length;
  let columns: readonly string[] = [];
  const keep = (piece: Piece, record: RawRecord) => {
    holds[piece.kind] = (holds[piece.kind] ?? 0) + 1;
    if (piece.kind === 'token') {
      survey.tokens.set(piece.token.address, piece.token);
      return;
    }
    if (piece.kind === 'block') {
      const { number: height, hash, parentHash: parent } = piece.block;
      survey.headers.push({ height, hash, parent });
    }
    const run = { file, ...record };
    if (piece.height !== null) survey.runs.add(piece.height, run, format !== 'json');
    else if (piece.txid !== null && !survey.byTxid.has(piece.txid))
      survey.byTxid.set(piece.txid, survey.runs.add(-1, run, false));
    if (survey.runs.count > RUNS_MAX)
      throw new GongjoError('file-unreadable', { path, detail: 'the files hold too many blocks for one command' });
  };
  const events: SplitterEvents = {
    damage: harm,
    record: (record) => {
      if (format === 'csv' && columns.length === 0) {
        columns = csvColumns(record.text) ?? [];
        return;
      }
      const told = recogniseText(record.text, format, columns);
      if (!told.ok) {
        harm(record.line, told.detail);
        return;
      }
      if (told.chain !== null && told.chain !== options.chain) {
        harm(record.line, `this is of chain ${told.chain}, not ${options.chain}`);
        return;
      }
      sources.add(told.source);
      let last: number | null = null;
      for (const piece of told.pieces) {
        // A record with many parts of one block stands once among that block's runs.
        if (piece.kind !== 'block' && piece.height !== null && piece.height === last) {
          holds[piece.kind] = (holds[piece.kind] ?? 0) + 1;
          continue;
        }
        keep(piece, record);
        last = piece.height;
      }
    },
  };
  const splitter = format === 'json' ? documentSplitter(events) : lineSplitter(events);
  let bytes = 0;
  for await (const piece of createReadStream(readable, { highWaterMark: PIECE_BYTES, signal: options.signal })) {
    splitter.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    onBytes(packed ? Math.min(bytes, size) : bytes);
  }
  splitter.end();
  survey.files.push({ path: readable, format, columns });
  if (Object.keys(holds).length === 0 && damaged === 0) harm(1, 'there is nothing in it');
  return report(format, packed, bytes);
}

/** One record's text in its format. */
export function recogniseText(text: string, format: Format, columns: readonly string[]): ReturnType<typeof recognise> {
  if (format === 'csv') {
    const values = csvColumns(text);
    if (values === null) return { ok: false, detail: 'a quotation mark stays open' };
    if (values.length !== columns.length)
      return { ok: false, detail: `${values.length} columns instead of ${columns.length}` };
    return recognise(Object.fromEntries(columns.map((name, index) => [name, values[index]])));
  }
  try {
    return recognise(exactJson(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return { ok: false, detail: 'this is not JSON' };
    throw error;
  }
}

async function beginningOf(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new GongjoError('file-unreadable', { path, detail: codeOf(error) });
  });
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The file up to the end of its first line, which can be a whole block, or up to the bound of a record. */
async function firstLineOf(path: string): Promise<Buffer> {
  for (let bytes = BEGINNING_BYTES; ; bytes *= 4) {
    const beginning = await beginningOf(path, Math.min(bytes, RECORD_BYTES_MAX));
    if (beginning.length < bytes || beginning.includes('\n')) return beginning;
  }
}

/** Unpacks a file as far as it is whole; answers what is wrong with it. */
async function unpack(path: string, to: string, size: number, signal: AbortSignal): Promise<string | null> {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > UNPACKED_RATIO_MAX * (size + PIECE_BYTES)) done(new Error('it unpacks to far more than chain data'));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip(), bounded, createWriteStream(to, { mode: 0o600 }), { signal });
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return `it cannot be unpacked: ${detailOf(error)}`;
  }
}
