import type { ChainId, TxId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import {
  type Block,
  familyOf,
  type Happened,
  type Ledger,
  type Movement,
  type UtxoTransaction,
} from '../ledger/index.ts';
import {
  type AccountLive,
  answer,
  completeQuestion,
  follow,
  followUtxo,
  type Trace,
  type UtxoLive,
} from '../trace/index.ts';
import type { IncidentFacts } from './incident.store.ts';
import { utxoRules } from './question.ts';
import { ledgerRows } from './rows.ts';
import { utxoRows } from './utxo-rows.ts';

/** Hops of all traces in memory together; each takes some kilobyte with all that stands behind it. */
const hopsMax = 300_000;

/** What concerns a trace and has not been followed yet: more is sooner made anew. */
const newsMax = 50_000;

/** A trace in memory, with what it has heard of but not followed yet. */
type Held = {
  readonly chain: ChainId;
  readonly txids: IncidentFacts['txids'];
  readonly tags: number;
  /** The last block whose happenings it has heard. */
  heard: Block;
} & (
  | { readonly family: 'account'; readonly live: AccountLive; news: Movement[] }
  | { readonly family: 'utxo'; readonly live: UtxoLive; news: UtxoTransaction[] }
);

/**
 * The traces of a desk's incidents, carried on in memory from block to block. Nothing rests on them: what is forgotten – by a
 * start, a reorganisation, a change of tags, or for want of room – is made anew from the ledger, and comes out the same.
 */
export class LiveTraces {
  readonly #held = new Map<string, Held>();

  /** Takes in what happened in the blocks `first`…`last`, for all traces that know of everything before them. */
  hear(chain: ChainId, first: number, last: Block, happened: Happened): void {
    for (const [incident, held] of this.#held) {
      if (held.chain !== chain || held.heard.height >= last.height) continue;
      if (held.heard.height !== first - 1) {
        this.#held.delete(incident);
        continue;
      }
      held.heard = last;
      if (held.family === 'account') {
        for (const it of happened.movements) if (held.live.concerns(it)) held.news.push(it);
      } else {
        for (const it of happened.transactions) if (held.live.concerns(it)) held.news.push(it);
      }
      if (held.news.length > newsMax) this.#held.delete(incident);
    }
  }

  /** The chain left what was known of it. */
  forget(chain: ChainId): void {
    for (const [incident, held] of this.#held) if (held.chain === chain) this.#held.delete(incident);
  }

  /**
   * An incident's stolen value as of a block; null while its transactions are not in the ledger. Throws `lead-moves-nothing`.
   */
  async follow(
    ledger: Ledger,
    incident: string,
    facts: Pick<IncidentFacts, 'chain' | 'txids'>,
    asOf: Block,
  ): Promise<Trace | null> {
    const held = this.#held.get(incident);
    // Taken away meanwhile: a trace whose questions the ledger did not answer is neither here nor there.
    this.#held.delete(incident);
    const isKnown =
      held?.heard.hash === asOf.hash && held.tags === ledger.tagsVersion() && sameLeads(held.txids, facts.txids);
    if (held && isKnown && (held.news.length === 0 || (await extend(ledger, held, asOf)))) {
      held.news = [];
      this.#keep(incident, held);
      return held.live.trace();
    }
    try {
      const made = await begin(ledger, facts, asOf);
      this.#keep(incident, made);
      return made.live.trace();
    } catch (thrown) {
      if (thrown instanceof GongjoError && thrown.code === 'transaction-unknown') return null;
      throw thrown;
    }
  }

  /** Keeps what was followed last, as far as there is room. */
  #keep(incident: string, held: Held): void {
    this.#held.set(incident, held);
    let hops = 0;
    for (const [other, { live }] of [...this.#held].reverse()) {
      hops += live.size;
      if (hops > hopsMax && other !== incident) this.#held.delete(other);
    }
  }
}

/** Whoever opened the incident may name other transactions since. */
function sameLeads(one: IncidentFacts['txids'], other: IncidentFacts['txids']): boolean {
  return one.length === other.length && one.every((txid, n) => txid === other[n]);
}

/** An incident's lead is all that its transactions moved. */
export function leadsOf(txids: IncidentFacts['txids']): { readonly txid: TxId; readonly ord: null }[] {
  return txids.map((txid) => ({ txid, ord: null }));
}

async function begin(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
  asOf: Block,
): Promise<Held> {
  const question = completeQuestion({ chain, leads: leadsOf(txids) });
  const about = { chain, txids, tags: ledger.tagsVersion(), heard: asOf };
  if (familyOf(chain) === 'account') {
    const live = await answer(follow(question), ledgerRows(ledger, asOf));
    return { ...about, family: 'account', live, news: [] };
  }
  const live = await answer(followUtxo(question, utxoRules(chain)), await utxoRows(ledger, asOf));
  return { ...about, family: 'utxo', live, news: [] };
}

async function extend(ledger: Ledger, held: Held, asOf: Block): Promise<boolean> {
  const known = await ledger.coverage(held.chain);
  const coverage = { chain: held.chain, from: known?.from ?? asOf.height, tip: asOf };
  if (held.family === 'utxo')
    return answer(held.live.extend({ coverage, happened: held.news }), await utxoRows(ledger, asOf));
  return answer(
    held.live.extend({ coverage: { ...coverage, internals: known?.internals ?? [] }, happened: held.news }),
    ledgerRows(ledger, asOf),
  );
}
