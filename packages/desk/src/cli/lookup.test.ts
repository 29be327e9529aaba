import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AccountTransactionView,
  type AddressView,
  type EntityView,
  languages,
  type UtxoTransactionView,
  zAccountTransactionView,
  zAddressView,
  zEntityView,
  zUtxoTransactionView,
} from '@gongjo/contract';
import { addressText } from './address.command.ts';
import { entityText } from './entity.command.ts';
import { createTerminal } from './terminal.ts';
import { accountTransactionText, utxoTransactionText } from './tx.command.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const asset = { id: `${chain}/slip44:1`, symbol: 'BTC', decimals: 8 };
const at = { txid: 'aa'.repeat(32), height: 7, time: '2024-01-01T00:00:00.000Z' };
const asOf = { height: 9, hash: 'bb'.repeat(32), time: '2024-01-02T00:00:00.000Z' };
const tag = {
  chain,
  address: 'shop',
  label: 'Shop\u001b[2J',
  category: 'payment',
  actor: null,
  source: 'list',
  confidence: 80,
};
const reuse = { output: 1, certainty: 'heuristic', reasons: [{ rule: 'change-reuse', values: { inputs: 1 } }] };
const suggestion = { ...reuse, heuristic: 'reuse', address: 'own' };
const odd = {
  ...suggestion,
  heuristic: 'round-amounts',
  output: 0,
  address: 'shop',
  reasons: [{ rule: 'change-round', values: { units: '1000000', others: 1 } }],
};

const transaction = zUtxoTransactionView.parse({
  ...at,
  chain,
  index: 2,
  coinbase: false,
  inputs: [
    { of: { txid: 'cc'.repeat(32), index: 4 }, units: '150000000', address: 'own' },
    { of: null, units: null, address: null },
  ],
  outputs: [
    { units: '1500000', type: 'p2wpkh', address: 'shop', spentBy: null },
    { units: '148000000', type: 'p2tr', address: 'own', spentBy: { txid: 'dd'.repeat(32), input: 0 } },
    { units: '0', type: 'op-return', address: null, spentBy: null },
  ],
  feeUnits: '500000',
  verdicts: [
    {
      kind: 'peeling',
      certainty: 'heuristic',
      reasons: [{ rule: 'peel-small', values: { units: '1500000', restUnits: '148000000' } }],
    },
  ],
  change: { suggestions: [suggestion, odd], silent: [], outputs: [], contradiction: true },
  tags: [tag],
  asset,
}) as UtxoTransactionView;

const account = zAccountTransactionView.parse({
  ...at,
  chain: 'eip155:1',
  index: 0,
  movements: [{ ord: 0, kind: 'native', from: '0xa', to: null, asset: 'eip155:1/slip44:60', units: '5', call: false }],
  assets: [],
  tags: [],
}) as AccountTransactionView;

const entity = zEntityView.parse({
  entity: {
    chain,
    question: {
      chain,
      address: 'own',
      bounds: { addressesMax: 2, transactionsMax: 2, outputsPerAddressMax: 2, roundsMax: 2 },
      cuts: [],
      change: [],
    },
    asOf,
    from: 0,
    addresses: Array.from({ length: 120 }, (_, each) => `own${each}`),
    joins: [
      {
        ...at,
        rule: 'multi-input',
        certainty: 'heuristic',
        addresses: ['own0', 'own1'],
        change: null,
        spanning: true,
        bridge: true,
      },
    ],
    refused: [{ ...at, kind: 'whirlpool', reasons: [{ rule: 'no-change-outputs', values: {} }] }],
    cuts: [{ ...at, reason: 'A payment service.' }],
    contradictions: [{ ...at, suggestions: [suggestion, odd] }],
    totals: { receivedUnits: '300000000', spentUnits: '100000000', balanceUnits: '200000000', outputs: 3, unspent: 1 },
    first: at,
    last: at,
    truncated: [{ bound: 'addressesMax', number: 2 }],
  },
  asset,
  tags: [tag],
}) as EntityView;

const address = zAddressView.parse({
  chain,
  address: 'own',
  asOf,
  from: 0,
  assets: [asset],
  holdings: [{ asset: asset.id, receivedUnits: '100000000', spentUnits: '150000000', balanceUnits: '-50000000' }],
  transactions: 3,
  first: at,
  last: at,
  counterparties: [{ address: 'shop', asset: asset.id, gaveUnits: '0', tookUnits: '1500000', transactions: 1 }],
  counterpartiesMore: 4,
  tags: [tag],
  entity: { addresses: 2, joins: 1, refused: 0, truncated: [{ bound: 'roundsMax', number: 1000 }] },
  truncated: true,
}) as AddressView;

for (const language of languages) {
  const terminal = createTerminal({ out: () => undefined, err: () => undefined }, language, false);
  const whole = (text: string, facts: readonly string[]) => {
    assert.doesNotMatch(text, /\{\w+\}|undefined|null|\[object/);
    assert.ok(!text.includes('\u001b'), 'nothing of a tag drives the terminal');
    for (const fact of facts) assert.ok(text.includes(fact), `${fact} in\n${text}`);
  };

  describe(`texts of what the ledger knows, ${language}`, () => {
    test('a transaction of a chain of outputs', () =>
      whole(utxoTransactionText(terminal, transaction), [
        '0.005 BTC',
        `${'cc'.repeat(32)}:4`,
        'p2tr',
        '0.015 BTC',
        '1.48 BTC',
        'Shop',
      ]));

    test('a transaction of a chain of accounts', () =>
      whole(accountTransactionText(terminal, account), ['native', '0xa', '5 eip155:1/slip44:60']));

    test('an address that spent more than the ledger saw it receive', () =>
      whole(addressText(terminal, address), ['-0.5 BTC', '1.5 BTC', 'shop', '0.015 BTC', '4', '1000']));

    test('an address that nobody knows', () =>
      whole(
        addressText(terminal, { ...address, holdings: [], first: null, last: null, entity: null, counterparties: [] }),
        ['own'],
      ));

    test('an entity, its long lists cut', () => {
      const text = entityText(terminal, entity);
      whole(text, ['120', '2 BTC', 'own99', '20', 'A payment service.']);
      assert.ok(!text.includes('own100'));
    });
  });
}
