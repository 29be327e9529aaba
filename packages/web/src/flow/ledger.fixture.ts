import type { Hop, Stop, Trace } from '@gongjo/contract';
import { zTrace } from '@gongjo/contract';

/** One transfer of a drawn ledger: block, transaction, giver, taker, units. */
export interface Drawn {
  readonly block: number;
  readonly tx: string;
  readonly from: string;
  readonly to: string | null;
  readonly units: bigint;
  readonly rule?: Hop['rule'];
  readonly received?: bigint;
}

const native = 'eip155:1/slip44:60';
const token = 'eip155:1/erc20:0x11';
const time = (block: number) => new Date(Date.UTC(2025, 10, 27, 4, 42) + block * 12_000).toISOString();

/** A trace as a desk would send it, from transfers in order. What is left at an address counts as unspent, or as its tag says. */
export function drawTrace(transfers: readonly Drawn[], tags: Readonly<Record<string, Stop['kind']>> = {}): Trace {
  const held = new Map<string, { address: string | null; asset: string; units: bigint; since: string }>();
  const add = (address: string | null, asset: string, units: bigint, since: string) => {
    const key = `${address} ${asset}`;
    const before = held.get(key)?.units ?? 0n;
    held.set(key, { address, asset, units: before + units, since });
  };
  const hops = transfers.map((transfer, id) => {
    const rule = transfer.rule ?? 'fifo';
    const at = time(transfer.block);
    if (rule !== 'lead') add(transfer.from, native, -transfer.units, at);
    if (rule === 'swap') add(transfer.from, token, transfer.received ?? 0n, at);
    else if (rule !== 'fee') add(transfer.to, native, transfer.units, at);
    return {
      id,
      rule,
      certainty: 'exact',
      txid: transfer.tx,
      height: transfer.block,
      time: at,
      ord: id,
      from: transfer.from,
      to: transfer.to,
      asset: native,
      units: String(transfer.units),
      movementUnits: String(transfer.units),
      received:
        rule === 'swap'
          ? [{ asset: token, units: String(transfer.received), movementUnits: String(transfer.received) }]
          : [],
    };
  });
  const lead = transfers.filter(({ rule }) => rule === 'lead').reduce((total, { units }) => total + units, 0n);
  const leads = [...new Set(transfers.filter(({ rule }) => rule === 'lead').map(({ tx }) => tx))];
  return zTrace.parse({
    chain: 'eip155:1',
    lead: leads,
    method: 'fifo',
    question: {
      chain: 'eip155:1',
      leads: leads.map((txid) => ({ txid, ord: null })),
      method: 'fifo',
      direction: 'forward',
      fees: 'drop',
      bounds: { hopsMax: 50_000, addressesMax: 20_000, movementsPerAddressMax: 5_000, fanOutMax: 1_000, unitsMin: '0' },
    },
    asOf: { height: 0, hash: '0x0', time: time(0) },
    hops,
    stops: [...held.values()]
      .filter(({ units }) => units > 0n)
      .map(({ address, asset, units, since }) => ({
        kind: address === null ? 'burned' : (tags[address] ?? 'unspent'),
        address,
        asset,
        units: String(units),
        tag: null,
        hops: [],
        since,
      })),
    gaps: [],
    decoys: [],
    balances: [{ asset: native, lead: String(lead), swappedIn: '0', swappedOut: '0', stops: {} }],
    assets: [
      { id: native, symbol: 'ETH', decimals: 18 },
      { id: token, symbol: 'USDT', decimals: 6 },
    ],
  });
}
