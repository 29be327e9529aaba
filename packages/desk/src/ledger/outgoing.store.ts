import type { Address, ChainId } from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import type { Columns } from '../platform/index.ts';
import { addressHex, addressOfHex } from './bytes.ts';
import { type Movement, movementKinds } from './model.ts';
import { type MovementRow, movementOf } from './movement-row.ts';

/** What an address sent, fees left out, in chain order; `truncated`: there was more than the bound, this is the first part. */
export interface OutgoingRows {
  readonly movements: readonly Movement[];
  readonly truncated: boolean;
}

const feeKinds = (['fee', 'burn'] as const).map((kind) => movementKinds.indexOf(kind));
/** Before every position. */
const start: Position = { height: -1, txIndex: 0, ord: 0 };

/** What addresses sent after these positions (null: ever), fees left out, the first `movementsMax` of each, in one query for all. */
export async function readOutgoing(
  columns: Columns,
  chain: ChainId,
  asked: readonly { readonly address: Address; readonly after: Position | null }[],
  movementsMax: number,
  atMost: number,
): Promise<Map<Address, OutgoingRows>> {
  if (asked.length === 0) return new Map();
  const after = asked.map((one) => one.after ?? start);
  const rows = await columns.rows<MovementRow>(
    `SELECT hex(accounts.address) AS from, hex(accounts.other) AS to, accounts.height AS height,
       accounts.tx_index AS tx_index, accounts.ord AS ord, hex(accounts.txid) AS txid, toUnixTimestamp(accounts.time) AS time,
       accounts.kind AS kind, accounts.asset AS asset, toString(accounts.units) AS units, accounts.call AS call
     FROM accounts INNER JOIN (SELECT unhex(q.1) AS address, (q.2, q.3, q.4) AS after
       FROM (SELECT arrayJoin(arrayZip({addresses:Array(String)}, {heights:Array(Int64)}, {indexes:Array(Int64)}, {ords:Array(Int64)})) AS q)) AS asking
       ON accounts.address = asking.address
     WHERE accounts.chain = {chain:String} AND accounts.address IN (SELECT unhex(arrayJoin({addresses:Array(String)})))
       AND accounts.side = 0 AND accounts.kind NOT IN {feeKinds:Array(UInt8)} AND accounts.height <= {atMost:Int64}
       AND (toInt64(accounts.height), toInt64(accounts.tx_index), toInt64(accounts.ord)) > asking.after
     ORDER BY accounts.address, accounts.height, accounts.tx_index, accounts.ord
     LIMIT {most:UInt32} BY accounts.address`,
    {
      chain,
      atMost,
      feeKinds,
      addresses: asked.map(({ address }) => addressHex(chain, address)),
      heights: after.map(({ height }) => height),
      indexes: after.map(({ txIndex }) => txIndex),
      ords: after.map(({ ord }) => ord),
      most: movementsMax + 1,
    },
  );
  const sent = new Map<Address, Movement[]>(asked.map(({ address }) => [address, []]));
  for (const row of rows) sent.get(addressOfHex(chain, row.from))?.push(movementOf(chain, row));
  return new Map(
    [...sent].map(([address, movements]) => [
      address,
      { movements: movements.slice(0, movementsMax), truncated: movements.length > movementsMax },
    ]),
  );
}
