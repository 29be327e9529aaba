import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Movement } from '../ledger/index.ts';
import { Host } from './drawn-ledger.fixture.ts';
import { answer, trace } from './index.ts';

const root = process.env.GONGJO_SHARED ?? resolve(import.meta.dirname, '../../../../../shared');
const file = join(root, 'data/cases/bybit-2025-trace-subset.csv');
const needs = { skip: existsSync(file) ? false : 'the shared data folder is absent (GONGJO_SHARED)' };

const chain = 'eip155:1' as ChainId;
const ETHER = `${chain}/slip44:60` as AssetId;
const EXPLOITER = '0x47666fab8bd0ac7003bce3f5c3585383f09486e2';
const NEXT = '0xdd90071d52f20e85c89802e5dc1ec0a7b6475f92' as Address;
const TWIN = '0xdd901921594c5ba04c5971295db8931073365f92';

/** 18 decimals, which all these tokens have. */
function units(amount: string): bigint {
  const [whole = '', part = ''] = amount.split('.');
  return BigInt(whole + part.padEnd(18, '0'));
}

/** The published transfers in the order of their times, one a block. */
function published() {
  const symbols = new Map<AssetId, string>([[ETHER, 'ETH']]);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1));
  const movements = rows.map(
    ([hash = '', at = '', from = '', to = '', amount = '', symbol = '', , contract = ''], height): Movement => {
      const asset = contract === '' ? ETHER : (`${chain}/erc20:${contract}` as AssetId);
      symbols.set(asset, symbol);
      return {
        chain,
        height,
        txIndex: 0,
        ord: 0,
        txid: hash as TxId,
        time: instant(Date.parse(`${at.replace(' ', 'T')}Z`)),
        kind: contract === '' ? 'native' : 'token',
        from: from as Address,
        to: to as Address,
        asset,
        units: units(amount),
        call: false,
      };
    },
  );
  return { movements, symbols };
}

test('Bybit, 2025-02-21: the counterfeit payments to a twin address are decoys and never followed', needs, async () => {
  const { movements, symbols } = published();
  const host = new Host({ movements, symbols, tags: new Map(), from: 0, internals: [] });
  const leads = movements.filter(({ from }) => from === EXPLOITER).map(({ txid }) => ({ txid, ord: null }));
  assert.ok(leads.length > 0);
  const { hops, decoys, stops } = await answer(trace({ chain, leads }), host.provide);

  assert.ok(hops.some(({ to }) => to === NEXT));
  assert.ok(hops.every(({ to }) => to !== TWIN));
  assert.ok(stops.every(({ address }) => address !== TWIN));
  const poison = movements.filter(({ to }) => to === TWIN);
  assert.equal(poison.length, 2);
  assert.deepEqual(
    decoys.map(({ kind, txid, to, imitates }) => [kind, txid, to, imitates]),
    poison.map(({ txid }) => ['look-alike-address', txid, TWIN, NEXT]),
  );
});
