import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ChainId, NewIncident, TxId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { joined, record } from '../chain/bitcoin/block-folder.fixture.ts';
import {
  blockOn,
  bytesOf,
  coinbase,
  type DrawnTransaction,
  regtestGenesis,
  txidOf,
} from '../chain/bitcoin/serial.fixture.ts';
import { runCli } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import type { BlockEntry } from '../ledger/index.ts';
import { readSettings, silentLog, systemRandom } from '../platform/index.ts';
import {
  type Drawn,
  draw,
  txidOf as drawnTxid,
  chain as ethereum,
  tagOf,
  timeAt,
} from '../trace/drawn-ledger.fixture.ts';
import { type Desk, openDesk } from './desk.ts';
import { openDoor } from './door.ts';

/** Where a made desk is that has read a Bitcoin chain from block files and an Ethereum chain that was drawn. */
export interface EvidenceDesk {
  readonly desk: Desk;
  readonly api: FastifyInstance;
  readonly folder: string;
  readonly regtest: ChainId;
  readonly clock: { at: number };
  /** An incident on either chain. */
  open(chain: 'bitcoin' | 'ethereum'): Promise<string>;
  /** Makes a package; as bytes. */
  make(incident: string, asked?: object): Promise<Buffer>;
  close(): Promise<void>;
}

const key = (n: number) => n.toString(16).padStart(2, '0').repeat(20);
const to = (owner: number, units: bigint) => ({ units, script: bytesOf(`76a914${key(owner)}88ac`) });
const from = (drawn: DrawnTransaction, index: number) => ({
  txid: txidOf(drawn),
  index,
  script: bytesOf('51'),
  sequence: 0xffffffff,
  witness: [],
});
const paid = (inputs: DrawnTransaction['inputs'], ...outputs: DrawnTransaction['outputs']): DrawnTransaction => ({
  version: 2,
  inputs,
  outputs,
  lockTime: 0,
});

/** A victim's coins are stolen in block 2, split in block 3 and gathered in block 5, among other people's payments. */
function bitcoinChain(): { readonly blocks: Uint8Array[]; readonly theft: string } {
  const coins = coinbase(1);
  const theft = paid([from(coins, 0)], to(2, 30_0000_0000n), to(3, 19_0000_0000n));
  const split = paid([from(theft, 0)], to(4, 10_0000_0000n), to(5, 19_9999_0000n));
  const strangers = Array.from({ length: 6 }, (_, n) =>
    paid(
      [{ txid: key(60 + n).padEnd(64, '0'), index: 0, script: bytesOf('51'), sequence: 0, witness: [bytesOf('aa')] }],
      to(70 + n, 5n),
    ),
  );
  const gather = paid([from(split, 0), from(theft, 1)], to(6, 28_0000_0000n));
  const blocks = [regtestGenesis];
  for (const [height, transactions] of [
    [],
    [theft],
    [strangers[0], split, ...strangers.slice(1)],
    [],
    [gather],
    [],
  ].entries())
    blocks.push(
      blockOn(blocks.at(-1) ?? regtestGenesis, height + 1, {
        salt: height === 0 ? 0 : height,
        transactions: transactions.filter((it) => it !== undefined),
      }),
    );
  return { blocks, theft: txidOf(theft) };
}

/** Tokens and ether that a thief takes, swaps for nothing, and brings to an exchange that a tag names. */
const drawn: Drawn = draw(
  `
  5 null -> victim 1000 KUSD
  6 miner -> victim 500 ETH
  10 victim -> thief 900 KUSD
  10 victim -> miner 1 ETH fee
  11 thief -> a 400 KUSD
  11 thief -> miner 1 ETH fee
  12 thief -> b 500 KUSD
  13 a -> c 300 KUSD
  14 b -> exchange 450 KUSD
  15 c -> exchange 100 KUSD
  `,
  [tagOf('exchange', 'exchange', { source: 'list <of> "exchanges"' })],
);

function blocksOf({ movements, from: first }: Drawn): BlockEntry[] {
  const hash = (height: number) => `0x${(height + 1).toString(16).padStart(64, '0')}`;
  return Array.from({ length: 16 - first }, (_, n): BlockEntry => {
    const height = first + n;
    const own = movements.filter((it) => it.height === height);
    return {
      block: {
        ...{
          chain: ethereum,
          height,
          time: timeAt(height),
          transactionCount: new Set(own.map(({ txid }) => txid)).size,
        },
        hash: hash(height) as BlockEntry['block']['hash'],
        parent: hash(height - 1) as BlockEntry['block']['hash'],
      },
      movements: own,
    };
  });
}

export async function openEvidenceDesk(id = 'seoul'): Promise<EvidenceDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-evidence-${id}-`));
  const data = path.join(folder, 'data');
  const { blocks, theft } = bitcoinChain();
  mkdirSync(path.join(folder, 'blocks'));
  writeFileSync(path.join(folder, 'blocks', 'blk00000.dat'), joined(...blocks.map((block) => record(block))));
  const settings = readSettings(
    {
      data,
      desk: { id, name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'Asia/Seoul' },
      listen: { port: 8080 },
    },
    {},
  );
  const read = await runCli(
    ['ingest', 'bitcoin', '--blocks', path.join(folder, 'blocks'), '--network', 'regtest', '--data', data],
    {
      ...{
        version: '1.2.3',
        env: {},
        signal: new AbortController().signal,
        out: () => undefined,
        err: () => undefined,
      },
      open: (asked) => openDoor(asked, '1.2.3'),
      up: () => Promise.reject(new Error('not asked')),
      demo: () => Promise.reject(new Error('not asked')),
    },
  );
  if (read !== 0) throw new Error('the block files were not read');
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at, sleep: async () => undefined };
  const desk = await openDesk(settings, { clock, random: systemRandom, log: silentLog, version: '1.2.3' });
  const { ledger } = desk.http;
  const [regtest] = await ledger.chains();
  if (!regtest) throw new Error('the ledger holds no chain');
  await ledger.putAssets(
    [...drawn.symbols].map(([asset, symbol]) => ({ id: asset, symbol, decimals: symbol === 'ETH' ? 18 : 6 })),
  );
  await ledger.append(blocksOf(drawn));
  await ledger.putTags([...drawn.tags.values()].flat(), 'all');
  const api = await buildApp(desk.http, 'folder');
  return {
    ...{ desk, api, folder, regtest, clock },
    open: async (chain) => {
      const title = { en: 'Theft <1>', ko: '탈취 “1”' };
      const asked: NewIncident =
        chain === 'bitcoin'
          ? { chain: regtest, txids: [theft as TxId], kind: 'theft', title, victim: 'A & B', tlp: 'amber' }
          : { chain: ethereum, txids: [drawnTxid('10') as TxId], kind: 'theft', title, tlp: 'green' };
      const answer = await api.inject({ method: 'POST', url: '/api/incidents', payload: asked });
      if (answer.statusCode !== 201) throw new Error(answer.body);
      return (answer.json() as { id: string }).id;
    },
    make: async (incident, asked = {}) => {
      const answer = await api.inject({
        method: 'POST',
        url: '/api/evidence',
        payload: { incident, ...asked },
        headers: { accept: 'application/x-tar' },
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.rawPayload;
    },
    close: async () => {
      await api.close();
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
