import type { Problem } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Coverage } from '../ledger/index.ts';
import { commonAncestor } from './ancestor.ts';
import type { Connection } from './connection.ts';
import { ahead, fallen, intervalOf, intervalStart, Pulse } from './pulse.ts';
import { readUpTo } from './read.ts';
import type { ChainEntry, ChainReader } from './reader.ts';

/** Further behind than this counts as catching up: more than any chain adds between two polls. */
const CATCH_UP_BLOCKS = 16;

/**
 * A tip below the ledger's, on the same branch, is usually a node that lags behind another one at the same URL, or has
 * just restarted. Only when it stays so for this long are the blocks above it taken away.
 */
const LOWER_TIP_MS = 3_000;

/** A node that announces blocks this many times without serving them is not merely in the middle of a reorganisation. */
const FRUITLESS_ROUNDS_MAX = 10;

/**
 * Two epochs of Ethereum, after which its blocks are final. A ledger no longer than this can have begun on a branch that
 * died; a longer one that shares no block with the node is of another chain.
 */
const UNSETTLED_BLOCKS_MAX = 64;

type Tip = Awaited<ReturnType<ChainReader<ChainEntry>['tip']>>;

/** Rounds of "ask for the tip, read up to it" over one connection, until the aim is reached or the signal aborts. */
export async function runRounds<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  connection: Connection<Entry, Reader>,
): Promise<void> {
  const { reader, ledger, from, mode, signal, clock, pollMs } = connection;
  let aim = mode === 'once' ? undefined : connection.to;
  let lagsSinceMs: number | null = null;
  let fruitlessRounds = 0;
  const pulse = new Pulse();
  const intervals = new Intervals(connection);

  while (!signal.aborted) {
    const tip = await reader.tip(signal);
    const held = await ledger.coverage(reader.chain);
    const standing = held === null ? 'agrees' : await compare(connection, held, tip);
    lagsSinceMs = standing === 'lags' ? (lagsSinceMs ?? clock.now()) : null;
    const fellBack = lagsSinceMs !== null && clock.now() - lagsSinceMs >= LOWER_TIP_MS;
    let otherBranch = standing === 'differs' || fellBack;

    if (mode === 'once') aim ??= Math.min(connection.to ?? tip.height, tip.height);
    const next = held === null ? from : held.tip.height + 1;
    const target = Math.min(aim ?? tip.height, tip.height);
    let read = 0;
    if (!otherBranch) {
      const stall = mode === 'follow' ? pulse.stall(reader.url, tip, await intervals.at(held), clock.now()) : null;
      const state = target - next >= CATCH_UP_BLOCKS ? 'catching-up' : stall ? 'stalled' : 'following';
      const problem =
        standing === 'lags' && held
          ? fallen(reader.url, tip.height, held.tip.height)
          : (stall ?? strange(connection, held));
      connection.onState({ state, nodeHeight: tip.height, problem });
      if (aim !== undefined && next > aim) return;
      // The source ends at or below the ledger's tip, as older or damaged files do: there is nothing to wait for.
      if (mode === 'once' && next > target) return;
      ({ read, otherBranch } = await readUpTo(connection, held?.tip.hash ?? null, next, target));
    }
    const reorganised = otherBranch && (await reorganise(connection, tip));

    const fruitless = read === 0 && !reorganised && (otherBranch || next <= target);
    fruitlessRounds = fruitless ? fruitlessRounds + 1 : 0;
    if (fruitlessRounds === FRUITLESS_ROUNDS_MAX) {
      const detail = `block ${next} is announced but not served`;
      throw new GongjoError('node-answer-invalid', { url: reader.url, method: 'blocks', detail });
    }
    connection.onRound();
    if (read === 0 && !reorganised) await clock.sleep(pollMs, signal);
  }
}

/**
 * How the node's tip stands to the ledger: `differs` – another block at the same height; `lags` – a block of the ledger
 * below its tip; `agrees` – the ledger's tip, or one above it, whose link shows itself when it is read.
 */
async function compare<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  { ledger, reader }: Connection<Entry, Reader>,
  held: Coverage,
  tip: Tip,
): Promise<'agrees' | 'lags' | 'differs'> {
  // A node that has not yet come to where the ledger begins says nothing about it.
  if (tip.height > held.tip.height || tip.height < held.from) return 'agrees';
  const ours = tip.height === held.tip.height ? held.tip : await ledger.blockAt(reader.chain, tip.height);
  if (ours?.hash !== tip.hash) return 'differs';
  return tip.height === held.tip.height ? 'agrees' : 'lags';
}

/** Rolls the ledger back to what the node has, too. False when the node's main chain holds all of it after all. */
async function reorganise<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  { ledger, reader, signal, onReorg }: Connection<Entry, Reader>,
  tip: Tip,
): Promise<boolean> {
  const { chain, url } = reader;
  const held = await ledger.coverage(chain);
  if (held === null) return false;
  const low = Math.max(held.from, reader.lowest ?? 0);
  const common = await commonAncestor(low, Math.min(held.tip.height, tip.height), async (height) => {
    const [ours, theirs] = await Promise.all([ledger.blockAt(chain, height), reader.hashAt(height, signal)]);
    return ours !== null && ours.hash === theirs;
  });
  if (common === held.tip.height) return false;
  const settled = low === 0 || low > held.from || held.tip.height - held.from >= UNSETTLED_BLOCKS_MAX;
  if (common === null && settled) {
    const [ours, theirs] = await Promise.all([ledger.blockAt(chain, low), reader.hashAt(low, signal)]);
    throw new GongjoError('chain-mismatch', {
      url,
      found: `${chain} with block ${low} ${theirs ?? 'absent'}`,
      wanted: `${chain} with block ${low} ${ours?.hash ?? 'absent'}`,
    });
  }
  const kept = common ?? held.from - 1;
  await ledger.rollbackTo(chain, kept);
  onReorg(kept, held.tip.height - kept);
  return true;
}

/** What of the newest block cannot be. */
function strange<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  { reader, clock }: Connection<Entry, Reader>,
  held: Coverage | null,
): Problem | null {
  return held && ahead(reader.url, held.tip.height, held.tip.time, clock.now());
}

/** The usual time between blocks, looked up once for each tip of the ledger. */
class Intervals<Entry extends ChainEntry, Reader extends ChainReader<Entry>> {
  readonly #connection: Connection<Entry, Reader>;
  #of = '';
  #intervalMs: number | null = null;

  constructor(connection: Connection<Entry, Reader>) {
    this.#connection = connection;
  }

  async at(held: Coverage | null): Promise<number | null> {
    if (held === null || held.tip.hash === this.#of) return this.#intervalMs;
    const { ledger, reader } = this.#connection;
    this.#intervalMs = intervalOf(await ledger.blockAt(reader.chain, intervalStart(held)), held.tip);
    this.#of = held.tip.hash;
    return this.#intervalMs;
  }
}
