import type { ChainId } from '@gongjo/contract';
import { type Block, coinJoinVerdict, coinOf, familyOf, type Ledger } from '../ledger/index.ts';
import {
  type Ask,
  type Asked,
  answer,
  completeQuestion,
  type Rows,
  type Trace,
  trace,
  traceUtxo,
  type UtxoAsk,
  type UtxoRows,
  type UtxoRules,
} from '../trace/index.ts';
import { ledgerRows } from './rows.ts';
import { utxoRows } from './utxo-rows.ts';

type Provide<A, R> = (ask: A) => Promise<R>;

/** Who hears what the ledger tells a trace. */
export interface Listeners {
  account(provide: Provide<Ask, Rows>): Provide<Ask, Rows>;
  utxo(provide: Provide<UtxoAsk, UtxoRows>): Provide<UtxoAsk, UtxoRows>;
}

const nobody: Listeners = { account: (provide) => provide, utxo: (provide) => provide };

/**
 * Answers a question from the ledger as of a block, by the engine of the chain's family. Throws what `trace` and `traceUtxo`
 * throw.
 */
export async function traceQuestion(
  ledger: Ledger,
  asked: Asked,
  asOf: Block,
  heard: Listeners = nobody,
): Promise<Trace> {
  if (familyOf(asked.chain) === 'account') return answer(trace(asked), heard.account(ledgerRows(ledger, asOf)));
  return answer(traceUtxo(completeQuestion(asked), utxoRules(asked.chain)), heard.utxo(await utxoRows(ledger, asOf)));
}

/** Looks at the leads alone, which a trace does first. Throws what `trace` and `traceUtxo` throw about them. */
export async function checkQuestion(ledger: Ledger, asked: Asked, asOf: Block): Promise<void> {
  if (familyOf(asked.chain) === 'account') return begin(trace(asked), ledgerRows(ledger, asOf));
  return begin(traceUtxo(completeQuestion(asked), utxoRules(asked.chain)), await utxoRows(ledger, asOf));
}

async function begin<Ask, Rows>(run: Generator<Ask, Trace, Rows>, rows: (ask: Ask) => Promise<Rows>): Promise<void> {
  const asked = run.next();
  if (!asked.done) run.next(await rows(asked.value));
}

/** What the engines for outputs are told of a chain. */
export function utxoRules(chain: ChainId): UtxoRules {
  return { coin: coinOf(chain), coinJoin: (tx) => coinJoinVerdict(tx) !== null };
}
