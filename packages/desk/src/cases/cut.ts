import type { ChainId, EntityCut, EntityCutRecord, TxId } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { coverageOf, familyOf, type Ledger } from '../ledger/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { countCuts, endCut, findCut, putCut } from './cut.store.ts';

/** Every entity of the chain carries all of them in its question; with the longest reasons that is 4 MB. */
const cutsMax = 2000;

/** Which transaction, why, and the member of the desk who decides. */
export type Cutting = Pick<EntityCut, 'chain' | 'txid' | 'reason' | 'by'>;

/**
 * Only what the ledger holds can be cut: a mistyped hash would cut nothing and nobody would know. Throws `chain-unknown`,
 * `entities-not-here` on chains whose addresses no heuristic joins, `transaction-unknown`.
 */
export async function checkCut(
  ledger: Pick<Ledger, 'coverage' | 'chains' | 'utxo'>,
  chain: ChainId,
  txid: TxId,
): Promise<void> {
  const { tip } = await coverageOf(ledger, chain);
  if (familyOf(chain) !== 'utxo') throw new GongjoError('entities-not-here', { chain });
  const below = await ledger.utxo.numberAfter(chain, tip.height);
  if (!(await ledger.utxo.numbers(chain, [txid], below)).has(txid))
    throw new GongjoError('transaction-unknown', { txid });
}

/** From now on the transaction joins nobody. In the caller's transaction. Throws `cut-exists`, `cuts-too-many`. */
export async function addCut(tx: Db, clock: Clock, { chain, txid, reason, by }: Cutting): Promise<EntityCutRecord> {
  const known = await findCut(tx, chain, txid);
  if (known) throw new GongjoError('cut-exists', { txid, by: known.by, reason: known.reason });
  if ((await countCuts(tx, chain)) >= cutsMax) throw new GongjoError('cuts-too-many', { chain, max: cutsMax });
  const cut: EntityCut = { chain, txid, reason, by, at: instant(clock.now()) };
  await putCut(tx, cut);
  await recordAudit(tx, clock, { actor: by, action: 'entity.cut', subject: txid, details: { chain } });
  return { ...cut, takenBack: null };
}

/** The transaction joins again; the cut stays in the history. In the caller's transaction. Throws `cut-unknown`. */
export async function takeCutBack(
  tx: Db,
  clock: Clock,
  { chain, txid, reason, by }: Cutting,
): Promise<EntityCutRecord> {
  const ended = await endCut(tx, { chain, txid }, { reason, by, at: instant(clock.now()) });
  if (!ended) throw new GongjoError('cut-unknown', { txid });
  await recordAudit(tx, clock, { actor: by, action: 'entity.cut-taken-back', subject: txid, details: { chain } });
  return ended;
}
