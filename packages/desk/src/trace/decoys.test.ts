import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, assetOf, draw, Host, toldOf, traceOf, txidOf } from './drawn-ledger.fixture.ts';
import { answer, trace } from './index.ts';

const steal = '10 victim -> thief 100 KUSD\n11 thief -> a 40 KUSD\n';

/** An address with the ends of a named one and another middle. */
function likeOf(name: string): string {
  const address = addressOf(name);
  return `${address.slice(0, 6)}${'0'.repeat(32)}${address.slice(-4)}`;
}

async function decoysOf(text: string): Promise<string[]> {
  return (await toldOf(text)).filter((line) => line.startsWith('decoy'));
}

describe('decoys', () => {
  it('transfers of nothing, in and out', async () => {
    const found = await decoysOf(`${steal}
      12 thief -> stranger 0 KUSD
      13 stranger -> thief 0 ETH
      14 thief -> token 0 ETH call
      15 thief -> other 0 ETH
      16 thief -> thief 0 KUSD`);
    assert.deepEqual(found, ['decoy zero-value thief -> stranger 0 KUSD', 'decoy zero-value stranger -> thief 0 ETH']);
  });

  it('addresses that look like one of the trace', async () => {
    const fake = likeOf('a');
    const found = await decoysOf(`${steal}
      12 thief -> ${fake} 0 KUSD
      13 ${fake} -> thief 1 ETH
      14 thief -> ${fake} 40 FORGED
      15 thief -> ${fake} 4 ETH`);
    assert.deepEqual(found, [
      `decoy look-alike-address thief -> ${fake} 0 KUSD like a`,
      `decoy look-alike-address ${fake} -> thief 1 ETH like a`,
      `decoy look-alike-address thief -> ${fake} 40 FORGED like a`,
    ]);
  });

  it('are not hops: value sent to a look-alike is followed', async () => {
    const fake = likeOf('a');
    const told = await toldOf(`${steal}12 thief -> ${fake} 0 KUSD\n13 thief -> ${fake} 60 KUSD`);
    assert.equal(told[2], `fifo thief -> ${fake} 60 KUSD`);
    assert.deepEqual(told.slice(-1), [`decoy zero-value thief -> ${fake} 0 KUSD`]);
  });

  it('tokens that carry a traced symbol', async () => {
    const drawn = draw(
      `${steal}12 stranger -> thief 900 FAKE\n13 thief -> stranger 0 FAKE\n14 stranger -> thief 1 ELSE`,
    );
    const symbols = new Map([...drawn.symbols, [assetOf('FAKE'), ' kUЅ\u200bD ']]);
    const run = trace({ chain: drawn.movements[0]!.chain, leads: [{ txid: txidOf('10'), ord: null }] });
    const { decoys, assets } = await answer(run, new Host({ ...drawn, symbols }).provide);
    assert.deepEqual(
      decoys.map(({ kind, units, imitates }) => [kind, units, imitates]),
      [
        ['look-alike-symbol', 900n, assetOf('KUSD')],
        ['look-alike-symbol', 0n, assetOf('KUSD')],
        ['unsolicited', 1n, null],
      ],
    );
    assert.deepEqual(assets.map(({ id }) => id).sort(), [assetOf('KUSD'), assetOf('FAKE'), assetOf('ELSE')].sort());
  });

  it('tokens from strangers that the address did nothing to get', async () => {
    const found = await decoysOf(`${steal}
      12 stranger -> thief 1 DUST
      13 null -> a 5 DROP
      # It bought these, or paid for the transaction, or got them from within the trace; coin is not made up.
      14 shop -> thief 7 WARE
      14 thief -> shop 1 ETH
      15 shop -> thief 7 WARE
      15 thief -> miner 1 ETH fee
      16 a -> thief 2 OWN
      17 stranger -> thief 1 ETH
      18 stranger -> thief 9 KUSD`);
    assert.deepEqual(found, ['decoy unsolicited stranger -> thief 1 DUST', 'decoy unsolicited null -> a 5 DROP']);
  });

  it('unsolicited tokens never take the place of what tells more', async () => {
    const spam = Array.from({ length: 1_500 }, (_, n) => `${12 + n} s${n} -> thief 1 DUST`).join('\n');
    const { decoys } = await traceOf(`${steal}${spam}\n2000 thief -> stranger 0 KUSD`);
    assert.deepEqual([decoys.length, decoys[0]?.kind, decoys.at(-1)?.kind], [1_000, 'unsolicited', 'zero-value']);
  });

  it('are reported up to a bound, the first ones', async () => {
    const spam = Array.from({ length: 1_005 }, (_, n) => `${12 + n} thief -> s${n} 0 KUSD`).join('\n');
    const { decoys } = await traceOf(`${steal}${spam}`);
    assert.deepEqual([decoys.length, decoys[0]?.txid, decoys.at(-1)?.txid], [1_000, txidOf('12'), txidOf('1011')]);
  });

  it('are not looked for before value came, nor at places that are not followed', async () => {
    assert.deepEqual(await decoysOf(`9 stranger -> thief 0 KUSD\n${steal}12 victim -> stranger 0 KUSD`), []);
  });
});
