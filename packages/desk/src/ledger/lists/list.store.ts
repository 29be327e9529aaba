import type { Address, ChainId } from '@gongjo/contract';
import type { Columns } from '../../platform/index.ts';
import { RowBinaryWriter } from '../row-binary.ts';
import { listStructure } from './schema.ts';

/** Long lists of addresses: ten million have their place here, where the records would groan. */
export interface ListStore {
  /** Adds addresses to a list; the same again changes nothing. */
  putListed(list: number, chain: ChainId, addresses: readonly Address[]): Promise<void>;
  /** Which lists have these addresses. */
  listsOf(chain: ChainId, addresses: readonly Address[]): Promise<Map<Address, number[]>>;
  /** All addresses of a list, in parts, sorted; one that was put twice may come twice. */
  listed(list: number, chain: ChainId): AsyncGenerator<Address[]>;
  countListed(list: number, chain: ChainId): Promise<number>;
  dropListed(list: number, chain: ChainId): Promise<void>;
}

/** Read at once: 20 MB of text. */
const addressesAtOnce = 300_000;

export function listStore(columns: Columns): ListStore {
  return {
    putListed: async (list, chain, addresses) => {
      if (addresses.length === 0) return;
      const writer = new RowBinaryWriter(addresses.length * 48);
      for (const address of addresses) writer.string(address).uint32(list);
      await columns.insert('listed_addresses', listStructure, writer.done(), { chain });
    },
    listsOf: async (chain, addresses) => {
      const found = new Map<Address, number[]>();
      if (addresses.length === 0) return found;
      const rows = await columns.rows<{ address: Address; lists: number[] }>(
        `SELECT address, arraySort(groupUniqArray(list)) AS lists FROM listed_addresses
         WHERE chain = {chain:String} AND address IN (SELECT arrayJoin({addresses:Array(String)})) GROUP BY address`,
        { chain, addresses },
      );
      for (const { address, lists } of rows) found.set(address, lists);
      return found;
    },
    listed: async function* (list, chain) {
      for (let after = ''; ; ) {
        const [addresses] = await columns.table<[Address[]]>(
          // In the order of the table, so that a part is read without the rest.
          `SELECT address FROM listed_addresses WHERE chain = {chain:String} AND list = {list:UInt32} AND address > {after:String}
           ORDER BY chain, address LIMIT {most:UInt32}`,
          { chain, list, after, most: addressesAtOnce },
        );
        if (addresses.length > 0) yield addresses;
        if (addresses.length < addressesAtOnce) return;
        after = addresses.at(-1) ?? '';
      }
    },
    countListed: async (list, chain) => {
      const [row] = await columns.rows<{ n: number }>(
        'SELECT toUInt32(uniqExact(address)) AS n FROM listed_addresses WHERE chain = {chain:String} AND list = {list:UInt32}',
        { chain, list },
      );
      return row?.n ?? 0;
    },
    dropListed: async (list, chain) => {
      await columns.remove('listed_addresses', 'chain = {chain:String} AND list = {list:UInt32}', { chain, list });
    },
  };
}
