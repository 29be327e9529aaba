import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asset, AssetId, BlockHash, ChainId } from '@gongjo/contract';
import { GongjoError } from '../../../kernel/index.ts';
import type { BlockEntry, LedgerWriter } from '../../../ledger/index.ts';
import type { Clock } from '../../../platform/index.ts';
import { followAccounts } from '../../accounts.ts';
import type { Progress } from '../../meter.ts';
import type { AccountReader } from '../../reader.ts';
import { contractOf, ETHER, nativeAsset } from '../assets.ts';
import { cleanSymbol, SYMBOL_UNKNOWN } from '../describe.ts';
import { assemble, Incomplete } from './assemble.ts';
import { type Branch, branchOf, type Stretch } from './branch.ts';
import type { Piece } from './pieces.ts';
import type { Run } from './runs.ts';
import { type FileReport, recogniseText, type Survey, type SurveyProgress, surveyFiles } from './survey.client.ts';

/** The parts of the largest blocks with their traces stay well below; more is no block. */
const BLOCK_BYTES_MAX = 512 * 1024 * 1024;
/** A record of many blocks is read anew for each of them, unless it is one of the latest so many. */
const RECORDS_REMEMBERED = 2;

/** What whoever has files read says. */
export interface FilesReading {
  /** Absolute; folders stand for the files in them. */
  readonly paths: readonly string[];
  readonly chain: ChainId;
  /** Where an empty ledger starts; without it at the lowest block of the files. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly signal: AbortSignal;
  readonly onFile: (report: FileReport) => void;
  readonly onSurvey: (progress: SurveyProgress) => void;
  readonly onProgress: (progress: Progress) => void;
}

export interface FilesIngestion extends FilesReading {
  readonly ledger: LedgerWriter;
  readonly clock: Clock;
}

export interface FilesIngested {
  /** Null: the ledger had it all. */
  readonly progress: Progress | null;
  /** Records that could not be read; the files' reports say where. */
  readonly damaged: number;
  /** Blocks of branches that died. */
  readonly stale: number;
  /** Token transfers that the files list and that were found in the logs, in the blocks read. */
  readonly listedTransfers: number;
}

/**
 * Reads blocks from JSON-RPC dumps and exports of ethereum-etl into the ledger, which goes on after its tip: read again,
 * the same files add nothing. Files never take anything away from the ledger.
 *
 * Blocks are read up to the first that cannot be put together; those before it stay.
 *
 * @throws GongjoError `file-unreadable`, `files-without-blocks`, `files-do-not-continue`, `files-differ`,
 * `block-incomplete`
 */
export async function ingestFiles(options: FilesIngestion): Promise<FilesIngested> {
  const scratch = await mkdtemp(join(tmpdir(), 'gongjo-unpacked-'));
  try {
    const survey = await surveyFiles({
      paths: options.paths,
      chain: BigInt(options.chain.slice('eip155:'.length)),
      scratch,
      signal: options.signal,
      clock: options.clock,
      onFile: options.onFile,
      onProgress: options.onSurvey,
    });
    const branch = branchOf(survey.headers);
    const damaged = survey.reports.reduce((sum, report) => sum + report.damaged, 0);
    const counted = { listed: 0 };
    const progress = await readBranch(options, survey, branch, counted);
    return { progress, damaged, stale: branch.stale, listedTransfers: counted.listed };
  } catch (error) {
    if (!options.signal.aborted) throw error;
    return { progress: null, damaged: 0, stale: 0, listedTransfers: 0 };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readBranch(
  options: FilesIngestion,
  survey: Survey,
  branch: Branch,
  counted: { listed: number },
): Promise<Progress | null> {
  const { chain, ledger, signal, clock, onProgress } = options;
  const stretch = await nextStretch(options, branch);
  if (stretch === null) return null;
  const reader = filesReader(chain, survey, branch, stretch, counted);
  const progress = await followAccounts({
    open: async () => reader,
    ledger,
    from: stretch.from,
    to: options.to,
    mode: 'once',
    signal,
    clock,
    onProgress,
  });
  const missing = stretch.to + 1;
  const more = branch.stretches.some(({ from }) => from > stretch.to) || branch.unclear.includes(missing);
  if (more && (options.to ?? Number.POSITIVE_INFINITY) >= missing && !signal.aborted) {
    const detail = branch.unclear.includes(missing)
      ? 'the files hold several blocks of this height, and nothing tells which one stands'
      : 'it is in none of the files';
    throw new GongjoError('block-incomplete', { height: missing, detail });
  }
  return progress;
}

/** The blocks to read: what continues the ledger, or the lowest ones. Null when the ledger has them all. */
async function nextStretch(
  { chain, ledger, from }: FilesIngestion,
  { stretches, at }: Branch,
): Promise<Stretch | null> {
  const [first] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined) throw new GongjoError('files-without-blocks');
  const held = await ledger.coverage(chain);
  if (held === null) {
    if (from === undefined) return first;
    const within = stretches.find((each) => each.from <= from && from <= each.to);
    if (within === undefined)
      throw new GongjoError('files-do-not-continue', { from: first.from, to: last.to, next: from });
    return { from, to: within.to };
  }
  const next = held.tip.height + 1;
  const found = stretches.find((each) => each.from <= next && next <= each.to);
  // The latest block that both know of must be the same; the ones before it are linked to it.
  const common =
    found === undefined ? [...at.keys()].reduce((most, each) => (each < next ? Math.max(most, each) : most), -1) : -1;
  const [height, theirs] =
    found === undefined ? [common, at.get(common)?.hash] : [held.tip.height, at.get(next)?.parent];
  if (theirs !== undefined && height >= held.from) {
    const ours = (await ledger.blockAt(chain, height))?.hash;
    if (ours !== theirs) throw new GongjoError('files-differ', { height, found: theirs, wanted: ours ?? 'none' });
  }
  if (found === undefined && last.to >= next)
    throw new GongjoError('files-do-not-continue', { from: first.from, to: last.to, next });
  return found === undefined ? null : { from: next, to: found.to };
}

function filesReader(
  chain: ChainId,
  survey: Survey,
  { at }: Branch,
  stretch: Stretch,
  counted: { listed: number },
): AccountReader {
  const piecesAt = piecesReader(survey);
  const traced = survey.reports.some(({ holds }) => (holds.trace ?? 0) > 0);
  const hashAt = async (height: number) => (at.get(height)?.hash ?? null) as BlockHash | null;
  return {
    chain,
    url: 'files',
    hashAt,
    tip: async () => ({ height: stretch.to, hash: at.get(stretch.to)?.hash as BlockHash }),
    blocks: async (from, to, signal) => {
      const entries: BlockEntry[] = [];
      for (let height = from; height <= Math.min(to, stretch.to); height += 1) {
        signal?.throwIfAborted();
        try {
          const hash = at.get(height)?.hash ?? '';
          const { entry, listed } = assemble({ chain, hash, pieces: await piecesAt(height), traced });
          counted.listed += listed;
          entries.push(entry);
        } catch (error) {
          if (!(error instanceof Incomplete)) throw error;
          // The blocks before it go in first; it is asked for again, then alone.
          if (entries.length > 0) break;
          throw new GongjoError('block-incomplete', { height, detail: error.message });
        }
      }
      return entries;
    },
    describe: async (assets) => {
      const native = nativeAsset(chain);
      return assets.map((id: AssetId): Asset => {
        if (id === native) return { id, ...ETHER };
        const token = survey.tokens.get(contractOf(id) ?? '');
        if (token === undefined) return { id, symbol: SYMBOL_UNKNOWN, decimals: 0 };
        return { id, symbol: cleanSymbol(token.symbol) || SYMBOL_UNKNOWN, decimals: token.decimals };
      });
    },
  };
}

/** Reads the pieces of a height from the files. */
function piecesReader({ files, runs, byTxid }: Survey): (height: number) => Promise<Piece[]> {
  const remembered = new Map<string, readonly Piece[]>();

  async function piecesOf(run: Run): Promise<readonly Piece[]> {
    const key = `${run.file} ${run.offset}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const file = files[run.file];
    if (file === undefined) return [];
    const text = await textAt(file.path, run);
    const found: Piece[] = [];
    for (const record of file.format === 'json' ? [text] : text.split('\n')) {
      if (record.trim() === '') continue;
      const told = recogniseText(record.trim(), file.format, file.columns);
      if (told.ok) for (const piece of told.pieces) found.push(piece);
    }
    remembered.set(key, found);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= RECORDS_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return found;
  }

  return async (height) => {
    const own = new Map(runs.of(height).map((run) => [`${run.file} ${run.offset}`, run]));
    const bytes = [...own.values()].reduce((sum, { length }) => sum + length, 0);
    if (bytes > BLOCK_BYTES_MAX) throw new Incomplete(`its parts have more than ${BLOCK_BYTES_MAX} bytes`);
    const found: Piece[] = [];
    for (const run of own.values())
      for (const piece of await piecesOf(run)) if (piece.height === height) found.push(piece);
    // Call trees name transactions and no block.
    const executed = new Set<number>();
    for (const piece of [...found]) {
      const txids = piece.kind === 'block' ? (piece.block.transactions ?? []) : [piece.txid ?? ''];
      for (const one of txids) {
        const index = byTxid.get(typeof one === 'object' ? one.hash : one);
        if (index === undefined || executed.has(index)) continue;
        executed.add(index);
        for (const tree of await piecesOf(runs.at(index))) found.push(tree);
      }
    }
    return found;
  };
}

async function textAt(path: string, { offset, length }: Run): Promise<string> {
  const handle = await open(path, 'r').catch(() => {
    throw new GongjoError('file-unreadable', { path, detail: 'it has gone meanwhile' });
  });
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, offset);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
