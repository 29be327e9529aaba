import type { Address, ChainId } from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import type { Columns } from '../platform/index.ts';
import { addressHex, addressOfHex } from './bytes.ts';
import type { HistoryRows, Movement } from './model.ts';
import { type MovementRow, movementOf } from './movement-row.ts';

/** Movements up to and with each address's position, the newest `movementsMax` of each, in one query for all. */
export async function readHistories(
  columns: Columns,
  chain: ChainId,
  asked: readonly { readonly address: Address; readonly upTo: Position }[],
  movementsMax: number,
  atMost: number,
): Promise<Map<Address, HistoryRows>> {
  if (asked.length === 0) return new Map();
  const rows = await columns.rows<Omit<MovementRow, 'from' | 'to'> & { address: string; other: string; side: number }>(
    `SELECT hex(accounts.address) AS address, accounts.side AS side, hex(accounts.other) AS other, accounts.height AS height,
       accounts.tx_index AS tx_index, accounts.ord AS ord, hex(accounts.txid) AS txid, toUnixTimestamp(accounts.time) AS time,
       accounts.kind AS kind, accounts.asset AS asset, toString(accounts.units) AS units, accounts.call AS call
     FROM accounts INNER JOIN (SELECT unhex(q.1) AS address, (q.2, q.3, q.4) AS up_to
       FROM (SELECT arrayJoin(arrayZip({addresses:Array(String)}, {heights:Array(Int64)}, {indexes:Array(Int64)}, {ords:Array(Int64)})) AS q)) AS asking
       ON accounts.address = asking.address
     WHERE accounts.chain = {chain:String} AND accounts.address IN (SELECT unhex(arrayJoin({addresses:Array(String)})))
       AND accounts.height <= {atMost:Int64}
       AND (toInt64(accounts.height), toInt64(accounts.tx_index), toInt64(accounts.ord)) <= asking.up_to
       -- A transfer to oneself stands under the address twice, once a side; it is one movement.
       AND NOT (accounts.side = 1 AND accounts.other = accounts.address)
     ORDER BY accounts.address, accounts.height DESC, accounts.tx_index DESC, accounts.ord DESC
     LIMIT {most:UInt32} BY accounts.address`,
    {
      chain,
      atMost,
      addresses: asked.map(({ address }) => addressHex(chain, address)),
      heights: asked.map(({ upTo }) => upTo.height),
      indexes: asked.map(({ upTo }) => upTo.txIndex),
      ords: asked.map(({ upTo }) => upTo.ord),
      most: movementsMax + 1,
    },
  );
  const newestFirst = new Map<Address, Movement[]>(asked.map(({ address }) => [address, []]));
  for (const row of rows) {
    const [from, to] = row.side === 0 ? [row.address, row.other] : [row.other, row.address];
    newestFirst.get(addressOfHex(chain, row.address))?.push(movementOf(chain, { ...row, from, to }));
  }
  return new Map(
    asked.map(({ address }) => {
      const movements = newestFirst.get(address) ?? [];
      const truncated = movements.length > movementsMax;
      return [address, { address, movements: movements.slice(0, movementsMax).reverse(), truncated }];
    }),
  );
}
