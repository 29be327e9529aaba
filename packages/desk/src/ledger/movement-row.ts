import type { AssetId, ChainId, TxId } from '@gongjo/contract';
import { instant, invariant } from '../kernel/index.ts';
import { addressOfHex, hashOfHex } from './bytes.ts';
import { type Movement, movementKinds } from './model.ts';

/** A movement as a query answers it: identifiers as upper-case hexadecimal, units as text. */
export interface MovementRow {
  height: number;
  tx_index: number;
  ord: number;
  txid: string;
  time: number;
  kind: number;
  from: string;
  to: string;
  asset: AssetId;
  units: string;
  call: number;
}

export function movementOf(chain: ChainId, row: MovementRow): Movement {
  const kind = movementKinds[row.kind];
  invariant(kind, 'the stored kind of a movement is known');
  return {
    chain,
    height: row.height,
    txIndex: row.tx_index,
    ord: row.ord,
    txid: hashOfHex(chain, row.txid) as TxId,
    time: instant(row.time * 1000),
    kind,
    from: row.from === '' ? null : addressOfHex(chain, row.from),
    to: row.to === '' ? null : addressOfHex(chain, row.to),
    asset: row.asset,
    units: BigInt(row.units),
    call: row.call === 1,
  };
}
