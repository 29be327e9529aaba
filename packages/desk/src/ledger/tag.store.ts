import type { Address, ChainId, Tag } from '@gongjo/contract';
import type { Columns } from '../platform/index.ts';
import { addressBytes, addressHex, addressOfHex } from './bytes.ts';
import { RowBinaryWriter } from './row-binary.ts';

export interface TagStore {
  /** Adds tags; the same tag (chain, address, label, source) again replaces what it said. */
  putTags(tags: readonly Tag[]): Promise<void>;
  tags(chain: ChainId, addresses: readonly Address[]): Promise<Map<Address, Tag[]>>;
}

export function tagStore(columns: Columns): TagStore {
  return {
    putTags: async (tags) => {
      if (tags.length === 0) return;
      const writer = new RowBinaryWriter();
      for (const tag of tags) {
        writer
          .string(tag.chain)
          .string(addressBytes(tag.chain, tag.address))
          .string(tag.label)
          .string(tag.source)
          .string(tag.category)
          .string(tag.actor ?? '')
          .uint8(tag.confidence);
      }
      await columns.insert(
        'tags',
        'chain String, address String, label String, source String, category String, actor String, confidence UInt8',
        writer.done(),
      );
    },
    tags: async (chain, addresses) => {
      const found = new Map<Address, Tag[]>();
      if (addresses.length === 0) return found;
      const rows = await columns.rows<Omit<Tag, 'actor'> & { address: string; actor: string }>(
        `SELECT chain, hex(tags.address) AS address, label, source, category, actor, confidence FROM tags FINAL
         WHERE tags.chain = {chain:String} AND tags.address IN (SELECT unhex(arrayJoin({addresses:Array(String)})))
         ORDER BY tags.address, confidence DESC, label, source`,
        { chain, addresses: addresses.map((address) => addressHex(chain, address)) },
      );
      for (const row of rows) {
        const tag: Tag = {
          ...row,
          address: addressOfHex(chain, row.address),
          actor: row.actor === '' ? null : row.actor,
        };
        const list = found.get(tag.address);
        if (list) list.push(tag);
        else found.set(tag.address, [tag]);
      }
      return found;
    },
  };
}
