import type { ChainId, TxId } from '@gongjo/contract';
import { findIncident } from '../cases/index.ts';
import type { PendingMove } from '../chain/index.ts';
import { instant } from '../kernel/index.ts';
import { familyOf, type Ledger, type Touch } from '../ledger/index.ts';
import type { Clock, Records } from '../platform/index.ts';
import {
  confirmedAlready,
  type Hit,
  type NewAlert,
  raiseAlerts,
  type Screening,
  settlePool,
  toldFromPool,
} from '../watch/index.ts';

export interface PendingContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly screening: Screening;
  readonly clock: Clock;
}

/**
 * What a node's pool says is about to move at watched addresses: alerts that are marked as unconfirmed, and what became of
 * those before. Answers whether an alert changed.
 */
export async function lookAtPool(
  context: PendingContext,
  chain: ChainId,
  moves: readonly PendingMove[],
): Promise<boolean> {
  const { records, ledger, screening, clock } = context;
  const height = (await ledger.coverage(chain))?.tip.height ?? 0;
  // No block has dated it.
  const time = instant(clock.now());
  const hits = (
    await screening.screen(
      records,
      chain,
      moves.map((move): Touch => ({ ...move, height, time })),
    )
  ).filter(({ movement, address }) => movement.from === address && movement.units > 0n);
  const heightsOf = (txids: readonly TxId[]) => heightsIn(ledger, chain, txids, height);
  const mined = await heightsOf([...new Set(hits.map(({ movement }) => movement.txid))]);
  const found = await alertsOf(
    context,
    chain,
    hits.filter(({ movement }) => !mined.has(movement.txid)),
  );
  const pool = new Set(moves.map(({ txid }) => txid));
  return records.transaction(async (tx) => {
    const confirmed = await confirmedAlready(tx, chain, [...pool]);
    const told = await toldFromPool(tx, chain);
    // Seen before: it stays as it was first seen.
    const fresh = found.filter(({ txid }) => !confirmed.has(txid) && !told.has(txid));
    const raised = await raiseAlerts(tx, clock, fresh);
    const changed = await settlePool(tx, clock, chain, pool, heightsOf);
    return raised.length + changed > 0;
  });
}

/** The blocks that have these transactions, as far as the ledger reaches. */
async function heightsIn(
  ledger: Ledger,
  chain: ChainId,
  txids: readonly TxId[],
  tip: number,
): Promise<Map<TxId, number>> {
  if (familyOf(chain) === 'account') {
    const found = await ledger.transactions(chain, txids, tip);
    return new Map([...found].flatMap(([txid, [first]]) => (first ? [[txid, first.height] as const] : [])));
  }
  const below = await ledger.utxo.numberAfter(chain, tip);
  const numbers = await ledger.utxo.numbers(chain, txids, below);
  const found = await ledger.utxo.transactions(chain, [...numbers.values()], below);
  return new Map([...found.values()].map(({ txid, height }) => [txid, height]));
}

async function alertsOf(
  { records, ledger }: PendingContext,
  chain: ChainId,
  hits: readonly Hit[],
): Promise<NewAlert[]> {
  const assets = await ledger.assets([...new Set(hits.map(({ movement }) => movement.asset))]);
  const alerts: NewAlert[] = [];
  for (const { movement, address, incident: id, watch } of hits) {
    const { txid, ord, height, time, from, to, units } = movement;
    const incident = id === null ? null : await findIncident(records, id);
    alerts.push({
      ...{ rule: 'about-to-move', urgency: 'act', chain, txid, ord, height, blockTime: time, from, to },
      units: units.toString(),
      incident: incident && { id: incident.id, title: incident.title },
      asset: assets.get(movement.asset) ?? { id: movement.asset, symbol: '?', decimals: 0 },
      service: null,
      subject: address,
      unconfirmed: true,
      ...(watch === null ? {} : { watch: { id: watch.id, name: watch.name, reason: watch.reason } }),
    });
  }
  return alerts;
}
