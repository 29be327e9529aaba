import { randomInt } from 'node:crypto';
import type { Address, ChainId, ScreeningStatus } from '@gongjo/contract';
import type { Ledger, Touch } from '../../ledger/index.ts';
import type { Clock, Db, Random } from '../../platform/index.ts';
import { listsAfter, standingWatches } from '../order.store.ts';
import { confirmed } from './confirm.store.ts';
import { type Fingerprinter, fingerprinter, type Seed } from './fingerprint.ts';
import { type Hit, hitsOf } from './hit.ts';
import { FingerprintTable } from './table.ts';
import { readTable, writeTable } from './table-file.store.ts';

/** Rows of the records that are read at once: they answer on the desk's own thread. */
const rowsAtOnce = 20_000;

/** A table with so many more fingerprints than addresses are watched is made anew when it is written. */
const staleShareMax = 0.5;
const staleMin = 100_000;

/** After so many new fingerprints the file is worth writing again: a start then reads as many rows at most. */
const unwrittenMax = 200_000;

export interface ScreeningParts {
  readonly ledger: Pick<Ledger, 'listsOf' | 'listed' | 'tags' | 'tagged' | 'tagsVersion'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Where the table outlives the process; null: it is made from the stores at each start. */
  readonly file: string | null;
  /** Another way to fingerprint, to see collisions. */
  readonly fingerprint?: (seed: Seed) => Fingerprinter;
}

/**
 * Finds the movements with a watched address at one end, exactly: a table in memory says of almost every address that it is
 * not watched, and for the rest the stores are asked. The stores are the truth and number what is added to them; the table
 * holds all up to a number, reads on from it before each answer, and is thus never behind, whoever added it. What is no
 * longer watched stays in the table and is found to be nothing when the stores are asked.
 */
export class Screening {
  readonly #parts: ScreeningParts;
  #seed: Seed;
  #fingerprint: Fingerprinter;
  #table = new FingerprintTable();
  #rows = 0;
  #lists = 0;
  /** What of the tags is in the table. */
  #tags = '';
  #opened: Promise<void> | null = null;
  #unwritten = 0;
  /** One reader of what is new at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #out = new Uint32Array(2);
  readonly #status = {
    from: null as ScreeningStatus['from'],
    openedInMs: null as number | null,
    screened: 0,
    candidates: 0,
    hits: 0,
  };

  constructor(parts: ScreeningParts) {
    this.#parts = parts;
    this.#seed = [randomInt(0x1_0000_0000), randomInt(0x1_0000_0000)];
    this.#fingerprint = this.#fingerprinterOf(this.#seed);
  }

  /** One hit per movement, end and account on which the address is watched. */
  async screen(db: Db, chain: ChainId, movements: readonly Touch[]): Promise<Hit[]> {
    await this.catchUp(db);
    const candidates = this.candidates(chain, movements);
    if (candidates.size === 0) return [];
    const hits = hitsOf(movements, await confirmed(db, this.#parts, chain, [...candidates]));
    this.#status.hits += hits.length;
    return hits;
  }

  /** Addresses that may be watched: all that are, and hardly any other. Complete as of the last `catchUp`. */
  candidates(chain: ChainId, movements: readonly Touch[]): Set<Address> {
    const found = new Set<Address>();
    const [table, out, fingerprint] = [this.#table, this.#out, this.#fingerprint];
    for (const { from, to } of movements) {
      if (from !== null) {
        fingerprint(chain, from, out);
        if (table.has(out)) found.add(from);
      }
      if (to !== null && to !== from) {
        fingerprint(chain, to, out);
        if (table.has(out)) found.add(to);
      }
    }
    this.#status.screened += movements.length * 2;
    this.#status.candidates += found.size;
    return found;
  }

  /** Takes in what the stores have and the table has not. */
  async catchUp(db: Db): Promise<void> {
    const turn = this.#turn.then(async () => {
      this.#opened ??= this.#open(db);
      await this.#opened.catch((thrown: unknown) => {
        this.#opened = null;
        throw thrown;
      });
      await this.#readRows(db);
      await this.#readLists(db);
      await this.#readTags(db);
    });
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  /** Writes the table to its file, made anew where much of it is no longer watched; `evenIfFresh` also with little to add. */
  async keep(db: Db, evenIfFresh = false): Promise<void> {
    const { file, random } = this.#parts;
    if (file === null || (this.#unwritten < unwrittenMax && !(evenIfFresh && this.#unwritten > 0))) return;
    await this.catchUp(db);
    if (await this.#isStale(db)) await this.#makeAnew(db);
    this.#unwritten = 0;
    const token = random.uuid();
    await writeTable(file, { token, seed: this.#seed, rows: this.#rows, lists: this.#lists, table: this.#table });
    // A file whose token the records do not know is of other records, or of another time.
    await db.query(
      'insert into watch_table (token) values ($1) on conflict (single) do update set token = excluded.token',
      [token],
    );
  }

  get status(): ScreeningStatus {
    return { fingerprints: this.#table.size, bytes: this.#table.bytes, ...this.#status };
  }

  #fingerprinterOf(seed: Seed): Fingerprinter {
    return (this.#parts.fingerprint ?? fingerprinter)(seed);
  }

  async #open(db: Db): Promise<void> {
    const { file } = this.#parts;
    const startedMs = performance.now();
    const [known] = await db.query<{ token: string }>('select token from watch_table');
    const kept = file === null || !known ? null : await readTable(file);
    if (kept && kept.token === known?.token) {
      this.#seed = kept.seed;
      this.#fingerprint = this.#fingerprinterOf(kept.seed);
      this.#table = kept.table;
      this.#rows = kept.rows;
      this.#lists = kept.lists;
    }
    this.#status.from = kept && kept.token === known?.token ? 'file' : 'stores';
    await this.#readRows(db);
    await this.#readLists(db);
    await this.#readTags(db);
    this.#status.openedInMs = Math.round(performance.now() - startedMs);
  }

  async #makeAnew(db: Db): Promise<void> {
    this.#table = new FingerprintTable();
    this.#rows = 0;
    this.#lists = 0;
    this.#tags = '';
    await this.catchUp(db);
  }

  #add(chain: ChainId, addresses: Iterable<Address>): void {
    const before = this.#table.size;
    for (const address of addresses) {
      this.#fingerprint(chain, address, this.#out);
      this.#table.add(this.#out);
    }
    this.#unwritten += this.#table.size - before;
  }

  async #readRows(db: Db): Promise<void> {
    for (;;) {
      const rows = await db.query<{ chain: ChainId; address: Address; seq: string | number }>(
        'select chain, address, seq from watched_addresses where seq > $1 order by seq limit $2',
        [this.#rows, rowsAtOnce],
      );
      for (const { chain, address } of rows) this.#add(chain, [address]);
      this.#rows = Number(rows.at(-1)?.seq ?? this.#rows);
      if (rows.length < rowsAtOnce) return;
    }
  }

  async #readLists(db: Db): Promise<void> {
    for (const { number, chain, place } of await listsAfter(db, this.#lists)) {
      for await (const addresses of this.#parts.ledger.listed(number, chain)) this.#add(chain, addresses);
      this.#lists = place;
    }
  }

  /** Tags are fewer than a list's addresses and know no number: all of a watched category are added again when any tag changed. */
  async #readTags(db: Db): Promise<void> {
    const { ledger, clock } = this.#parts;
    const watches = (await standingWatches(db, clock)).filter(({ kind }) => kind === 'category');
    const version = ledger.tagsVersion();
    const now = [version, ...watches.map(({ id }) => id)].join('|');
    if (now === this.#tags) return;
    for (const [chain, some] of Map.groupBy(watches, (watch) => watch.chain))
      this.#add(
        chain,
        await ledger.tagged(
          chain,
          some.flatMap(({ category }) => category ?? []),
        ),
      );
    this.#tags = now;
  }

  async #isStale(db: Db): Promise<boolean> {
    const [row] = await db.query<{ n: number }>(
      `select (select count(*) from watched_addresses)::float8
         + (select coalesce(sum(count), 0) from watches where list_seq is not null and ended_at is null)::float8 as n`,
    );
    const stale = this.#table.size - (row?.n ?? 0);
    return stale > staleMin && stale > this.#table.size * staleShareMax;
  }
}
