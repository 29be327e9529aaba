import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssetId, ChainId } from '@gongjo/contract';
import { accountsBefore } from './accounts.ts';
import { drillAssets } from './cast.ts';
import { generateHeist } from './generate.ts';
import type { Heist } from './model.ts';
import { outputsBefore } from './outputs.ts';

const chains = { accounts: 'gongjo:drill-accounts-t' as ChainId, outputs: 'gongjo:drill-outputs-t' as ChainId };
const planOf = (seed: number, addresses = 1200) => ({ seed, addresses, countries: ['KR', 'US'], chains });
const seeds = [1, 7, Number(process.env.GONGJO_SEED ?? Math.floor(Math.random() * 1e6))];

for (const seed of seeds)
  describe(`a generated heist, seed ${seed}`, () => {
    const heist = generateHeist(planOf(seed));
    const { book } = heist;

    test('is the same for the same plan', () => {
      assert.deepEqual(generateHeist(planOf(seed)), heist);
    });

    test('launders through a thousand addresses and more, on both chains', () => {
      const counts = [...book.laundering.values()].map(({ size }) => size);
      assert.ok(counts.reduce((a, b) => a + b) >= 1000, counts.join(' + '));
      assert.ok(Math.min(...counts) >= 300, counts.join(' + '));
    });

    test('every stolen unit ends somewhere, and as the book says', () => {
      const { coin, dollar, bit } = drillAssets(chains);
      const total = (rows: Iterable<{ asset: AssetId; units: bigint }>, asset: AssetId) =>
        [...rows].filter((it) => it.asset === asset).reduce((all, { units }) => all + units, 0n);
      assert.equal(total(book.ends, bit.id), total(book.stolen, bit.id));
      // What was swapped left as coin and came back as dollars.
      const swapped = heist.accounts
        .flatMap(({ txs }) => txs)
        .filter(({ txid, moves }) => moves.length === 2 && book.thiefs.get(chains.accounts)?.has(txid))
        .map(({ moves: [given, taken] }) => ({ given: given?.units ?? 0n, taken: taken?.units ?? 0n }));
      assert.ok(swapped.length >= 8);
      const all = (of: 'given' | 'taken') => swapped.reduce((sum, it) => sum + it[of], 0n);
      assert.equal(total(book.ends, coin.id) + all('given'), total(book.stolen, coin.id));
      assert.equal(total(book.ends, dollar.id), all('taken'));
    });

    test('its deposits are on the chain where the book has them, at services of every country', () => {
      assert.deepEqual([...new Set(book.deposits.map(({ country }) => country))].sort(), ['KR', 'US']);
      assert.ok(book.deposits.length >= 100, String(book.deposits.length));
      const tags = new Map(heist.tags.map(({ address, actor }) => [address, actor]));
      for (const { chain, txid, height, from, address, units, service } of book.deposits) {
        assert.equal(tags.get(address), service);
        if (chain === chains.accounts) {
          const tx = heist.accounts[height]?.txs.find((it) => it.txid === txid);
          assert.deepEqual(
            tx?.moves.map((it) => [it.from, it.to, it.units]),
            [[from[0], address, units]],
          );
        } else {
          const tx = heist.outputs[height]?.txs.find((it) => it.txid === txid);
          assert.ok(tx?.outputs.some((it) => it.address === address && it.units === units));
        }
      }
    });

    test('on the chain of outputs, nothing is spent twice, before it is made, or beyond what it holds', () => {
      const held = new Map<string, bigint>();
      for (const { txs } of heist.outputs) {
        const made: [string, bigint][] = [];
        for (const { txid, inputs, outputs } of txs) {
          let given = 0n;
          for (const { txid: of, index } of inputs) {
            const units = held.get(`${of} ${index}`);
            assert.ok(units !== undefined, 'an input spends an output of an earlier block');
            held.delete(`${of} ${index}`);
            given += units;
          }
          const paid = outputs.reduce((all, { units }) => all + units, 0n);
          if (inputs.length > 0) assert.ok(paid <= given);
          for (const [index, { units }] of outputs.entries()) made.push([`${txid} ${index}`, units]);
        }
        for (const [key, units] of made) held.set(key, units);
      }
    });

    test('nobody else ever holds stolen value, and the thief’s addresses are nobody else’s', () => {
      const others = new Set<string>();
      const thiefs = book.thiefs.get(chains.accounts) ?? new Set();
      for (const { txs } of heist.accounts)
        for (const { txid, moves } of txs)
          if (!thiefs.has(txid)) for (const { from, to } of moves) others.add(from ?? '').add(to ?? '');
      for (const address of book.laundering.get(chains.accounts) ?? []) assert.ok(!others.has(address));
    });

    test('every rule that it is to practise has something to say', () => {
      const rules = new Set(book.acts.map(({ rule }) => rule));
      for (const rule of [
        ...(['deposit-to-service', 'mixer-entry', 'bridge-entry', 'coinjoin-entry', 'freezable-now'] as const),
        ...(['peel-chain', 'structuring', 'collection', 'sleeper-wakes', 'address-poisoning'] as const),
      ])
        assert.ok(rules.has(rule), rule);
    });

    test('times grow, and reports come after what they name', () => {
      for (const blocks of [heist.accounts, heist.outputs])
        for (const [at, block] of blocks.entries()) assert.ok(at === 0 || block.atS > (blocks[at - 1]?.atS ?? 0));
      for (const { atS, moved } of heist.reports)
        for (const { chain, txids } of moved) for (const txid of txids) assert.ok(timeOf(heist, chain, txid) <= atS);
      assert.ok(heist.accounts[accountsBefore]?.atS === 0 && heist.outputs[outputsBefore]?.atS === 0);
    });
  });

function timeOf({ accounts, outputs }: Heist, chain: ChainId, txid: string): number {
  const blocks = chain === chains.accounts ? accounts : outputs;
  return blocks.find(({ txs }) => txs.some((it) => it.txid === txid))?.atS ?? Number.POSITIVE_INFINITY;
}

test('is larger or smaller as asked', () => {
  for (const addresses of [200, 3000]) {
    const { book } = generateHeist(planOf(5, addresses));
    const used = [...book.laundering.values()].reduce((all, { size }) => all + size, 0);
    assert.ok(used >= addresses * 0.9 && used <= addresses * 1.3 + 200, `${used} for ${addresses}`);
  }
});
