import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, assetOf, chain, draw, Host, tagOf, txidOf } from './drawn-ledger.fixture.ts';
import { type Ask, answer, trace } from './index.ts';

/** A thief who sends the rest on to a new address every time. */
function peelChain(length: number): string {
  const lines = ['10 victim -> p0 1000000 ETH'];
  for (let n = 0; n < length; n += 1) {
    lines.push(`${11 + 2 * n} p${n} -> shop${n} 3 ETH`, `${11 + 2 * n} p${n} -> miner 1 ETH fee`);
    lines.push(`${12 + 2 * n} p${n} -> p${n + 1} ${1_000_000 - 4 * (n + 1)} ETH`);
  }
  return lines.join('\n');
}

async function asksOf(text: string, tags = [tagOf('bank', 'exchange')]): Promise<Ask[]> {
  const host = new Host(draw(text, tags));
  await answer(trace({ chain, leads: [{ txid: txidOf('10'), ord: null }] }), host.provide);
  return host.asks;
}

describe('questions', () => {
  it('are about as many as the path is long, each address once', async () => {
    const asks = await asksOf(peelChain(1_000));
    const asked = asks.flatMap(({ accounts }) => accounts.map(({ address }) => address));
    assert.equal(asks.length, 1_002);
    assert.equal(asked.length, new Set(asked).size);
  });

  it('go side by side for paths that move at different speeds', async () => {
    const lines = Array.from({ length: 10 }, (_, n) => `10 victim -> c${n}p0 1000 KUSD`);
    const later = Array.from({ length: 10 }, (_, n) =>
      Array.from({ length: 30 }, (__, hop) => ({
        height: 11 + hop * (n + 1),
        line: `${11 + hop * (n + 1)}.${n} c${n}p${hop} -> c${n}p${hop + 1} 1000 KUSD`,
      })),
    );
    const ordered = later.flat().sort((a, b) => a.height - b.height);
    const asks = await asksOf([...lines, ...ordered.map(({ line }) => line)].join('\n'));
    assert.equal(asks.length, 32);
  });

  it('ask for rows after the movement that first brought traced value, tags and assets along with them', async () => {
    const [lead, first, second, ...more] = await asksOf(
      '1 null -> thief 5 KUSD\n10 null -> thief 1 KUSD\n10 victim -> thief 9 KUSD\n12.4 thief -> bank 7 KUSD\n13 thief -> bank 1 KUSD',
    );
    assert.deepEqual(lead, {
      transactions: [txidOf('10')],
      accounts: [],
      histories: [],
      movementsMax: 5_000,
      tags: [],
      assets: [],
    });
    assert.deepEqual(first, {
      transactions: [],
      accounts: [{ address: addressOf('thief'), after: { height: 10, txIndex: 0, ord: 1 } }],
      histories: [],
      movementsMax: 5_000,
      tags: [addressOf('thief')],
      assets: [assetOf('KUSD')],
    });
    assert.deepEqual(second, {
      transactions: [],
      accounts: [{ address: addressOf('bank'), after: { height: 12, txIndex: 4, ord: 0 } }],
      histories: [],
      movementsMax: 5_000,
      tags: [addressOf('bank')],
      assets: [],
    });
    assert.deepEqual(more, []);
  });

  it('ask again from an earlier place when value turns out to have come there before', async () => {
    const asks = await asksOf(`
      10 victim -> thief 100 KUSD
      11 thief -> slow 10 KUSD
      12 slow -> meeting 10 KUSD
      13 thief -> meeting 10 KUSD
      14 meeting -> end 20 KUSD`);
    const places = asks.flatMap(({ accounts }) =>
      accounts.filter(({ address }) => address === addressOf('meeting')).map(({ after }) => after.height),
    );
    assert.deepEqual(places, [13, 12]);
  });

  it('ask for whole transactions only where they may be swaps', async () => {
    const asks = await asksOf(`
      10 victim -> thief 100 KUSD
      11 thief -> dex 10 KUSD
      11 dex -> thief 5 GOLD
      12 thief -> a 10 KUSD
      13 null -> thief 7 SILVER`);
    assert.deepEqual(
      asks.flatMap(({ transactions }) => transactions),
      [txidOf('10'), txidOf('11')],
    );
  });
});

describe('answers', () => {
  const text = '10 victim -> thief 100 KUSD\n11 thief -> a 10 KUSD';

  it('that fail pass their failure on', async () => {
    const failure = new Error('the ledger is away');
    const run = answer(trace({ chain, leads: [{ txid: txidOf('10'), ord: null }] }), () => Promise.reject(failure));
    await assert.rejects(run, failure);
  });

  it('as of another block are refused', async () => {
    const host = new Host(draw(text));
    const other = new Host(draw(text));
    const run = answer(trace({ chain, leads: [{ txid: txidOf('10'), ord: null }] }), async (ask) => {
      const rows = other.rowsFor(ask);
      if (host.asks.length === 0) return host.rowsFor(ask);
      const hash = `0x${'c'.repeat(64)}` as typeof rows.coverage.tip.hash;
      return { ...rows, coverage: { ...rows.coverage, tip: { ...rows.coverage.tip, hash } } };
    });
    await assert.rejects(run, /same block/);
  });

  it('that tell nothing of what was asked do not make it ask for ever', async () => {
    const host = new Host(draw(text));
    const run = answer(trace({ chain, leads: [{ txid: txidOf('10'), ord: null }] }), async (ask) => ({
      ...host.rowsFor(ask),
      accounts: new Map(),
    }));
    await assert.rejects(run, /tells something/);
  });
});
