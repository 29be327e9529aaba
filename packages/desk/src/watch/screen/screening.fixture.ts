import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import type { Movement } from '../../ledger/index.ts';
import { openLedger } from '../../ledger/index.ts';
import { migrate, openColumns, openRecords, systemRandom } from '../../platform/index.ts';
import { watchSchema } from '../schema.ts';
import { Screening, type ScreeningParts } from './screening.store.ts';

/** Real records and a real ledger in a temporary folder. */
export async function openWatchDesk() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-screening-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [watchSchema], folder);
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  const ledger = await openLedger(columns);
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at, sleep: async () => undefined };
  const file = path.join(folder, 'screen.table');
  return {
    records,
    ledger,
    clock,
    file,
    random: systemRandom,
    screening: (change: Partial<ScreeningParts> = {}) =>
      new Screening({ ledger, clock, random: systemRandom, file, ...change }),
    close: async () => {
      await columns.close();
      await records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;

export function movement(chain: ChainId, n: number, from: number | null, to: number | null): Movement {
  return {
    chain,
    height: n,
    txIndex: 0,
    ord: 0,
    txid: `0x${n.toString(16).padStart(64, '0')}` as TxId,
    time: '2026-01-01T00:00:00.000Z',
    kind: 'native',
    from: from === null ? null : address(from),
    to: to === null ? null : address(to),
    asset: `${chain}/slip44:60` as AssetId,
    units: 1n,
    call: false,
  };
}
