import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Address,
  type ChangeHeuristic,
  changeHeuristics,
  type Entity,
  type EntityQuestion,
  terms,
  zEntity,
} from '@gongjo/contract';
import fc from 'fast-check';
import { changeTable } from '../change/suggest.ts';
import { address, txid } from '../drawn.fixture.ts';
import { answerOf, anyLedger, chain, DrawnLedger } from '../drawn-ledger.fixture.ts';
import { coinJoinVerdict } from '../verdict/coinjoin.ts';
import { entityOf } from './entity.ts';
import { askMax, defaultEntityBounds } from './model.ts';

type Asked = Partial<Omit<EntityQuestion, 'address' | 'bounds'>> & { bounds?: Partial<EntityQuestion['bounds']> };

function entity(ledger: DrawnLedger, of: string, asked: Asked = {}, draw?: (count: number) => number): Entity {
  const { bounds, ...rest } = asked;
  const question = {
    chain,
    address: address(of),
    cuts: [],
    change: [],
    ...rest,
    bounds: { ...defaultEntityBounds, ...bounds },
  };
  const asking = entityOf(question);
  let step = asking.next();
  while (!step.done) {
    const { addresses, transactions, firstPaid } = step.value;
    assert.ok(addresses.length + transactions.length + firstPaid.length > 0, 'it asks for something');
    assert.ok(addresses.length <= askMax && transactions.length <= askMax && firstPaid.length <= askMax);
    step = asking.next(answerOf(ledger, step.value, draw));
  }
  return step.value;
}

/** Independent of the engine: sets of the whole ledger, joined until nothing changes. */
function componentOf(
  ledger: DrawnLedger,
  of: Address,
  change: readonly ChangeHeuristic[] = [],
  cuts: readonly string[] = [],
): Address[] {
  const facts = { firstPaid: ledger.firstPaid() };
  const groups = ledger.transactions.flatMap((tx) => {
    const spenders = tx.inputs.flatMap((input) => input.address ?? []);
    if (spenders.length === 0 || coinJoinVerdict(tx) !== null || cuts.includes(tx.txid)) return [];
    const { suggestions, contradiction } = changeTable(tx, facts, change);
    return [[...spenders, ...(contradiction ? [] : suggestions.map((each) => each.address))]];
  });
  const component = new Set([of]);
  for (let before = 0; before < component.size; ) {
    before = component.size;
    for (const group of groups)
      if (group.some((each) => component.has(each))) for (const each of group) component.add(each);
  }
  return [...component].sort();
}

/** a and b spend together, b and c, then a and c again; d only pays. */
function triangle(): DrawnLedger {
  const ledger = new DrawnLedger();
  const coins = ledger.mine(['a', 10], ['b', 20], ['b', 30], ['c', 40], ['a', 50], ['c', 60], ['d', 70]);
  ledger.pay(
    [
      [coins, 0],
      [coins, 1],
    ],
    [['x', 30]],
  );
  ledger.pay(
    [
      [coins, 2],
      [coins, 3],
    ],
    [['x', 70]],
  );
  ledger.pay(
    [
      [coins, 4],
      [coins, 5],
    ],
    [['y', 110]],
  );
  ledger.pay([[coins, 6]], [['a', 70]]);
  return ledger;
}

/** Two people who each spend two addresses together, and meet only in a Whirlpool mix with three strangers. */
function mixers(): DrawnLedger {
  const ledger = new DrawnLedger();
  const coins = ledger.mine(['a', 10], ['a2', 20], ['b', 30], ['b2', 40]);
  ledger.pay(
    [
      [coins, 0],
      [coins, 1],
    ],
    [['x', 30]],
  );
  ledger.pay(
    [
      [coins, 2],
      [coins, 3],
    ],
    [['y', 70]],
  );
  const names = ['a', 'b', 'c', 'd', 'e'];
  const premix = ledger.mine(...names.map((name) => [name, 1_000_000] as const));
  ledger.pay(
    names.map((_, index) => [premix, index] as const),
    names.map((name) => [`${name}-mixed`, 1_000_000] as const),
  );
  return ledger;
}

describe('entity (multi-input heuristic, Meiklejohn et al. 2013)', () => {
  test('is all addresses that transactions join, with those transactions and exact totals', () => {
    const found = entity(triangle(), 'b');
    zEntity.parse(found);
    assert.deepEqual(found.addresses, ['a', 'b', 'c']);
    assert.deepEqual(
      found.joins.map(({ txid: id, addresses, rule, spanning, bridge }) => ({ id, addresses, rule, spanning, bridge })),
      [
        { id: txid(1), addresses: ['a', 'b'], rule: 'multi-input', spanning: true, bridge: false },
        { id: txid(2), addresses: ['b', 'c'], rule: 'multi-input', spanning: true, bridge: false },
        { id: txid(3), addresses: ['a', 'c'], rule: 'multi-input', spanning: false, bridge: false },
      ],
    );
    assert.deepEqual(found.totals, {
      receivedUnits: '280',
      spentUnits: '210',
      balanceUnits: '70',
      outputs: 7,
      unspent: 1,
    });
    assert.deepEqual([found.first?.txid, found.last?.txid], [txid(0), txid(4)]);
    assert.deepEqual([found.refused, found.cuts, found.truncated], [[], [], []]);
  });

  test('of an address that nobody knows is that address', () => {
    const found = entity(triangle(), 'nobody');
    zEntity.parse(found);
    assert.deepEqual([found.addresses, found.joins, found.first, found.totals.outputs], [['nobody'], [], null, 0]);
  });

  test('never joins through a CoinJoin, and shows it as refused', () => {
    const found = entity(mixers(), 'a');
    assert.deepEqual(found.addresses, ['a', 'a2']);
    assert.deepEqual(
      found.refused.map(({ txid: id, kind }) => [id, kind]),
      [[txid(4), 'whirlpool']],
    );
  });

  test('is split by an analyst’s cuts, with the reason; what a cut does not hold together stays', () => {
    const cut = (number: number) => ({ txid: txid(number), reason: 'A payment service spent for its customers.' });
    const once = entity(triangle(), 'a', { cuts: [cut(1)] });
    assert.deepEqual(once.addresses, ['a', 'b', 'c']);
    assert.deepEqual(
      once.joins.map(({ spanning, bridge }) => [spanning, bridge]),
      [
        [true, true],
        [true, true],
      ],
    );
    const twice = entity(triangle(), 'a', { cuts: [cut(1), cut(3), cut(4), cut(99)] });
    assert.deepEqual(twice.addresses, ['a']);
    assert.deepEqual(
      twice.cuts.map(({ txid: id, reason }) => [id, reason]),
      [1, 3].map((at) => [txid(at), cut(at).reason]),
    );
  });

  test('joins change only by heuristics that were asked for, and says by which output', () => {
    const ledger = new DrawnLedger();
    const coin = ledger.mine(['1own', 5_000]);
    ledger.pay(
      [[coin, 0]],
      [
        ['3shop', 3_000],
        ['1change', 1_990],
      ],
    );
    assert.deepEqual(entity(ledger, '1own').addresses, ['1own']);
    const found = entity(ledger, '1change', { change: ['address-type'] });
    assert.deepEqual(found.addresses, ['1change', '1own']);
    assert.deepEqual(
      found.joins.map(({ rule, change, certainty }) => [rule, change?.output, certainty]),
      [['address-type', 1, 'heuristic']],
    );
    assert.deepEqual(entity(ledger, '3shop', { change: [...changeHeuristics] }).addresses, ['3shop']);
  });

  test('joins no change where the chosen heuristics contradict each other, and shows both', () => {
    const ledger = new DrawnLedger();
    const coin = ledger.mine(['1own', 50_000_000]);
    ledger.pay(
      [[coin, 0]],
      [
        ['3shop', 2_345_678],
        ['1friend', 40_000_000],
      ],
    );
    const found = entity(ledger, '1own', { change: ['address-type', 'round-amounts'] });
    assert.deepEqual(found.addresses, ['1own']);
    assert.deepEqual(
      found.contradictions[0]?.suggestions.map(({ output }) => output),
      [1, 0],
    );
    zEntity.parse(found);
  });

  test('says which bound it reached, and is the same each time', () => {
    const ledger = new DrawnLedger();
    const coins = ledger.mine(
      ...Array.from({ length: 60 }, (_, at) => [`own${Math.floor((at + 1) / 2)}`, 10] as const),
    );
    for (let at = 0; at < 30; at += 1)
      ledger.pay(
        [
          [coins, at * 2],
          [coins, at * 2 + 1],
        ],
        [['x', 20]],
      );
    assert.equal(entity(ledger, 'own15').addresses.length, 31);
    const few = entity(ledger, 'own15', { bounds: { addressesMax: 4 } });
    assert.deepEqual([few.addresses.length, few.truncated], [4, [{ bound: 'addressesMax', number: 4 }]]);
    for (const { addresses } of few.joins) assert.ok(addresses.every((each) => few.addresses.includes(each)));
    const seldom = entity(ledger, 'own15', { bounds: { transactionsMax: 3 } });
    assert.deepEqual([seldom.joins.length, seldom.truncated.map(({ bound }) => bound)], [3, ['transactionsMax']]);
    const busy = entity(ledger, 'own15', { bounds: { outputsPerAddressMax: 1 } });
    assert.deepEqual(
      busy.truncated.map(({ bound }) => bound),
      ['outputsPerAddressMax'],
    );
    const near = entity(ledger, 'own15', { bounds: { roundsMax: 2 } });
    assert.deepEqual([near.addresses.length, near.truncated], [5, [{ bound: 'roundsMax', number: 2 }]]);
    assert.equal(near.totals.outputs, 10);
    for (const bound of Object.keys(defaultEntityBounds)) assert.ok(bound in terms.entityBound);
  });

  test('an answer that tells nothing is refused instead of asked for without end', () => {
    const asking = entityOf({ chain, address: address('a'), cuts: [], change: [], bounds: defaultEntityBounds });
    asking.next();
    const nothing = {
      coverage: triangle().coverage,
      outputs: new Map(),
      transactions: new Map(),
      firstPaid: new Map(),
    };
    assert.throws(() => asking.next(nothing));
  });
});

describe('entity, laws on random ledgers', () => {
  const cases = anyLedger.chain((ledger) => {
    const addresses = [...ledger.firstPaid().keys()];
    return fc.record({
      ledger: fc.constant(ledger),
      of: fc.constantFrom(...addresses),
      change: fc.subarray(changeHeuristics.filter((name) => name !== 'locktime')),
      cuts: fc
        .subarray(ledger.transactions.map((tx) => ({ txid: tx.txid, reason: 'cut' })))
        .map((cuts) => cuts.slice(0, 3)),
    });
  });

  test('equals sets of the whole ledger, restricted to the component', () =>
    fc.assert(
      fc.property(cases, ({ ledger, of, change, cuts }) => {
        assert.deepEqual(entity(ledger, of).addresses, componentOf(ledger, of));
        const found = entity(ledger, of, { change, cuts });
        zEntity.parse(found);
        assert.deepEqual(
          found.addresses,
          componentOf(
            ledger,
            of,
            change,
            cuts.map((cut) => cut.txid),
          ),
        );
      }),
    ));

  test('every address of it has the same entity', () =>
    fc.assert(
      fc.property(cases, ({ ledger, of, change }) => {
        const { question, ...found } = entity(ledger, of, { change });
        for (const other of found.addresses) {
          const { question: asked, ...same } = entity(ledger, other, { change });
          assert.deepEqual(same, found);
          assert.notEqual(asked, question);
        }
      }),
      { numRuns: 40 },
    ));

  test('answers in part and in another order make no difference', () =>
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), ({ ledger, of, change, cuts }, dice) => {
        const draw = (count: number): number => (dice.next().value ?? 0) % (count + 1);
        assert.deepEqual(entity(ledger, of, { change, cuts }, draw), entity(ledger, of, { change, cuts }));
        const bounds = { addressesMax: 3, transactionsMax: 5, outputsPerAddressMax: 2, roundsMax: 4 };
        assert.deepEqual(entity(ledger, of, { bounds, change }, draw), entity(ledger, of, { bounds, change }));
      }),
    ));

  test('block by block it only grows, and is at each what it is from scratch', () =>
    fc.assert(
      fc.property(cases, ({ ledger, of }) => {
        const growing = new DrawnLedger();
        let before: readonly string[] = [];
        for (const [count, { coinbase, inputs, outputs }] of ledger.transactions.entries()) {
          const drawn = outputs.map((output) => [output.address, output.units, output.type] as const);
          if (coinbase) growing.mine(...drawn);
          else
            growing.pay(
              inputs.flatMap((input) => (input.of === null ? [] : [[input.of.tx, input.of.index] as const])),
              drawn,
            );
          const found = entity(growing, of);
          assert.deepEqual(found, entity(ledger.upTo(count + 1), of));
          assert.ok(before.every((each) => found.addresses.includes(each as Address)));
          before = found.addresses;
        }
      }),
      { numRuns: 20 },
    ));

  test('its spanning joins alone join the same addresses, and each that is a bridge is missed', () =>
    fc.assert(
      fc.property(cases, ({ ledger, of, change }) => {
        const found = entity(ledger, of, { change });
        const reach = (joins: Entity['joins']): number => {
          const seen = new Set<string>([of]);
          for (let before = 0; before < seen.size; ) {
            before = seen.size;
            for (const { addresses } of joins)
              if (addresses.some((each) => seen.has(each))) for (const each of addresses) seen.add(each);
          }
          return seen.size;
        };
        assert.equal(reach(found.joins.filter(({ spanning }) => spanning)), found.addresses.length);
        for (const join of found.joins) {
          const others = found.joins.filter((each) => each.txid !== join.txid);
          assert.equal(reach(others) < found.addresses.length, join.bridge, join.txid);
        }
      }),
    ));

  test('no CoinJoin is among what joined, and totals are those of its outputs', () =>
    fc.assert(
      fc.property(cases, ({ ledger, of, change }) => {
        const found = entity(ledger, of, { change });
        const verdicts = new Map(ledger.transactions.map((tx) => [tx.txid, coinJoinVerdict(tx)]));
        for (const join of found.joins) assert.equal(verdicts.get(join.txid), null);
        for (const refused of found.refused) assert.equal(verdicts.get(refused.txid)?.kind, refused.kind);
        const outputs = found.addresses.flatMap((each) => ledger.outputsOf(each));
        const sum = (part: typeof outputs) => String(part.reduce((total, { units }) => total + units, 0n));
        const unspent = outputs.filter(({ spentBy }) => spentBy === null);
        assert.deepEqual(found.totals, {
          receivedUnits: sum(outputs),
          spentUnits: sum(outputs.filter(({ spentBy }) => spentBy !== null)),
          balanceUnits: sum(unspent),
          outputs: outputs.length,
          unspent: unspent.length,
        });
      }),
    ));
});
