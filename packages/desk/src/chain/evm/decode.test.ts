import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import {
  account,
  BLOCK_HASH,
  blockAnswer,
  DEPOSIT,
  data,
  decoded,
  hex,
  lines,
  receiptAnswer,
  topic,
  transactionAnswer,
  transferLog,
  WITHDRAWAL,
  word,
} from './block.fixture.ts';

const ZERO = account('0');

function check(transaction: object, receipt: object, block: object, expected: readonly string[]): void {
  const entry = decoded(blockAnswer([transactionAnswer({ ...transaction })], { ...block }), [
    receiptAnswer({ ...receipt }),
  ]);
  assert.deepEqual(lines(entry), expected);
}

function checkLogs(logs: readonly object[], expected: readonly string[]): void {
  const numbered = logs.map((log, index) => ({ logIndex: hex(index), ...log }));
  check({ value: '0x0', gasPrice: '0x0' }, { effectiveGasPrice: '0x0', logs: numbered }, {}, expected);
}

function refused(act: () => unknown, detail: RegExp): void {
  assert.throws(act, (error) => {
    assert.ok(error instanceof GongjoError);
    assert.equal(error.code, 'node-answer-invalid');
    assert.match(error.message, detail);
    return true;
  });
}

test('a transfer: base fee burned, the rest of the fee to the producer, then the value', () => {
  check({}, {}, {}, ['0.0 burn 1→- 210000 ether', '0.1 fee 1→9 42000 ether', '0.2 native 1→2 1000 ether']);
});

test('before EIP-1559 the whole fee goes to the producer, at the price of the transaction', () => {
  check({ type: '0x0' }, { effectiveGasPrice: undefined }, { baseFeePerGas: undefined }, [
    '0.0 fee 1→9 252000 ether',
    '0.1 native 1→2 1000 ether',
  ]);
});

test('a block without withdrawals and transactions without type are read', () => {
  check({ type: undefined }, {}, { withdrawals: undefined, baseFeePerGas: null }, [
    '0.0 fee 1→9 252000 ether',
    '0.1 native 1→2 1000 ether',
  ]);
});

test('a transaction that pays the base fee only gives the producer nothing', () => {
  check({}, { effectiveGasPrice: hex(10) }, {}, ['0.0 burn 1→- 210000 ether', '0.1 native 1→2 1000 ether']);
});

test('a transaction that pays less than the base fee burns no more than it pays', () => {
  check({}, { effectiveGasPrice: '0x0' }, {}, ['0.0 native 1→2 1000 ether']);
});

test('EIP-4844: the blob fee is burned, too', () => {
  check({ type: '0x3' }, { blobGasUsed: hex(131_072), blobGasPrice: hex(3) }, {}, [
    '0.0 burn 1→- 603216 ether',
    '0.1 fee 1→9 42000 ether',
    '0.2 native 1→2 1000 ether',
  ]);
});

test('a blob price in the receipt of a transaction without blobs costs nothing', () => {
  check({ type: '0x2' }, { blobGasUsed: hex(131_072), blobGasPrice: hex(1) }, {}, [
    '0.0 burn 1→- 210000 ether',
    '0.1 fee 1→9 42000 ether',
    '0.2 native 1→2 1000 ether',
  ]);
});

test('a failed transaction moves its fee only', () => {
  check({ input: '0x1234' }, { status: '0x0', logs: [transferLog(account('1'), account('2'), 5n)] }, {}, [
    '0.0 burn 1→- 210000 ether',
    '0.1 fee 1→9 42000 ether',
  ]);
});

test('before EIP-658 a transaction that used up its gas without a trace has failed', () => {
  const old = { status: undefined, effectiveGasPrice: undefined };
  check({ gas: hex(50_000), input: '0x12' }, { ...old, gasUsed: hex(50_000) }, { baseFeePerGas: undefined }, [
    '0.0 fee 1→9 600000 ether',
  ]);
  check({ gas: hex(50_000), input: '0x12' }, { ...old, gasUsed: hex(49_999) }, { baseFeePerGas: undefined }, [
    '0.0 fee 1→9 599988 ether',
    '0.1 native 1→2 1000 ether call',
  ]);
  check({}, old, { baseFeePerGas: undefined }, ['0.0 fee 1→9 252000 ether', '0.1 native 1→2 1000 ether']);
});

test('value with input is a call; a call without value moves only what its logs say', () => {
  check({ input: '0xd0e30db0', gasPrice: '0x0' }, { effectiveGasPrice: '0x0' }, {}, ['0.0 native 1→2 1000 ether call']);
  check({ input: '0xd0e30db0', value: '0x0' }, { effectiveGasPrice: '0x0' }, {}, []);
});

test('the value of a creation goes to the contract created', () => {
  check({ to: null, input: '0x60' }, { effectiveGasPrice: '0x0', contractAddress: account('d') }, {}, [
    '0.0 native 1→d 1000 ether call',
  ]);
});

test('token transfers stand in log order, not in the order of the answer', () => {
  checkLogs(
    [
      transferLog(account('1'), account('3'), 7n, { logIndex: '0x9' }),
      transferLog(account('1'), account('4'), 8n, { logIndex: '0x8', address: account('d') }),
    ],
    ['0.0 token 1→4 8 token d', '0.1 token 1→3 7 token c'],
  );
});

test('transfers of zero are kept; the zero address is nobody', () => {
  checkLogs(
    [
      transferLog(account('1'), account('3'), 0n),
      transferLog(ZERO, account('3'), 7n),
      transferLog(account('3'), ZERO, 6n),
      transferLog(ZERO, ZERO, 5n),
    ],
    ['0.0 token 1→3 0 token c', '0.1 token -→3 7 token c', '0.2 token 3→- 6 token c'],
  );
});

test('the largest amount that a word can hold is exact', () => {
  const most = 2n ** 256n - 1n;
  checkLogs([transferLog(account('1'), account('3'), most)], [`0.0 token 1→3 ${most} token c`]);
});

test('what only looks like an ERC-20 transfer is left out', () => {
  const [event, from, to] = transferLog(account('1'), account('3'), 1n).topics as string[];
  checkLogs(
    [
      transferLog(account('1'), account('3'), 1n, { topics: [event, from, to, word('0')], data: '0x' }),
      transferLog(account('1'), account('3'), 1n, { topics: [event, from, to, word('0')] }),
      transferLog(account('1'), account('3'), 1n, { topics: [event, from] }),
      transferLog(account('1'), account('3'), 1n, { topics: [] }),
      transferLog(account('1'), account('3'), 1n, { data: '0x' }),
      transferLog(account('1'), account('3'), 1n, { data: `${data(1n)}00` }),
      transferLog(account('1'), account('3'), 1n, { topics: [event, word('1'), to] }),
    ],
    [],
  );
});

const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const deposit = (address: string, units: bigint) => ({
  address,
  topics: [DEPOSIT, topic(account('1'))],
  data: data(units),
});
const withdrawal = (address: string, units: bigint) => ({
  address,
  topics: [WITHDRAWAL, topic(account('1'))],
  data: data(units),
});

test('WETH9: Deposit mints and Withdrawal burns', () => {
  checkLogs(
    [
      deposit(WETH, 5n),
      withdrawal(WETH, 3n),
      { ...deposit(WETH, 5n), data: '0x' },
      { ...deposit(WETH, 3n), topics: [DEPOSIT, topic(account('1')), word('0')] },
    ],
    ['0.0 token -→1 5 token c', '0.1 token 1→- 3 token c'],
  );
});

test('events like those of wrapped coins count elsewhere only where as much coin moved in and out', () => {
  const E = account('e');
  const logs = (...all: object[]) => all.map((log, index) => ({ logIndex: hex(index), ...log }));
  const free = { gasPrice: '0x0', to: E };
  const receipt = (...all: object[]) => ({ effectiveGasPrice: '0x0', logs: logs(...all) });
  check({ ...free, value: hex(5) }, receipt(deposit(E, 5n)), {}, ['0.0 native 1→e 5 ether', '0.1 token -→1 5 token e']);
  check({ ...free, value: hex(4) }, receipt(deposit(E, 5n)), {}, ['0.0 native 1→e 4 ether']);
  // Twice the same coin cannot be wrapped.
  check({ ...free, value: hex(5) }, receipt(deposit(E, 5n), deposit(E, 5n)), {}, ['0.0 native 1→e 5 ether']);
  // Nor is coin given back that nobody saw.
  check({ ...free, value: hex(5) }, receipt(deposit(E, 5n), withdrawal(E, 1n)), {}, ['0.0 native 1→e 5 ether']);
  checkLogs([deposit(E, 5n)], []);
  checkLogs([withdrawal(E, 3n)], []);
});

test('a wrapping announced both as Deposit and as a minting Transfer counts once', () => {
  const mint = transferLog(ZERO, account('1'), 5n, { address: WETH });
  const wrap = deposit(WETH, 5n);
  checkLogs([mint, wrap], ['0.0 token -→1 5 token c']);
  checkLogs([wrap, mint], ['0.0 token -→1 5 token c']);
  checkLogs([mint, wrap, wrap], ['0.0 token -→1 5 token c', '0.1 token -→1 5 token c']);
});

test('withdrawals of validators follow the last transaction, from nobody, with the block as their transaction', () => {
  const withdrawals = [
    { address: account('7'), amount: hex(3) },
    { address: account('8'), amount: '0x0' },
    { address: account('8'), amount: hex(4) },
  ];
  const entry = decoded(blockAnswer([transactionAnswer({ value: '0x0' })], { withdrawals }), [
    receiptAnswer({ effectiveGasPrice: '0x0' }),
  ]);
  assert.deepEqual(lines(entry), ['1.0 issuance -→7 3000000000 ether', '1.1 issuance -→8 4000000000 ether']);
  assert.ok(entry.movements.every(({ txid }) => txid === BLOCK_HASH));
});

test('letter case of the node does not matter', () => {
  const upper = (text: string) => `0x${text.slice(2).toUpperCase()}`;
  const lower = decoded(blockAnswer([transactionAnswer()]), [
    receiptAnswer({ logs: [transferLog(account('1'), account('d'), 5n)] }),
  ]);
  const log = transferLog(account('1'), account('d'), 5n);
  const mixed = decoded(
    blockAnswer([transactionAnswer({ to: upper(account('2')) })], {
      hash: upper(BLOCK_HASH),
      parentHash: upper(word('a')),
    }),
    [
      receiptAnswer({
        blockHash: upper(BLOCK_HASH),
        logs: [{ ...log, address: upper(account('c')), topics: (log.topics as string[]).map(upper) }],
      }),
    ],
  );
  assert.deepEqual(mixed, lower);
});

test('the block is described exactly', () => {
  assert.deepEqual(decoded(blockAnswer([]), []).block, {
    chain: 'eip155:1',
    height: 100,
    hash: BLOCK_HASH,
    parent: word('a'),
    time: '2025-02-21T13:03:20.000Z',
    transactionCount: 0,
  });
});

test('receipts that do not belong to the block are refused', () => {
  const block = blockAnswer([transactionAnswer()]);
  refused(() => decoded(block, []), /0 receipts for 1 transactions/);
  refused(() => decoded(block, [receiptAnswer(), receiptAnswer()]), /2 receipts for 1/);
  refused(() => decoded(block, [receiptAnswer({ transactionHash: word('2') })]), /another transaction/);
  refused(() => decoded(block, [receiptAnswer({ blockHash: word('2') })]), /another block/);
});

test('a receipt that leaves out what was paid or created is refused', () => {
  const unpriced = blockAnswer([transactionAnswer({ gasPrice: undefined })]);
  refused(() => decoded(unpriced, [receiptAnswer({ effectiveGasPrice: undefined })]), /paid for gas/);
  refused(() => decoded(blockAnswer([transactionAnswer({ type: '0x3' })]), [receiptAnswer()]), /paid for blobs/);
  refused(() => decoded(blockAnswer([transactionAnswer({ to: null })]), [receiptAnswer()]), /contract created/);
});

test('values out of their bounds are refused, and the error says where', () => {
  const withTransaction = (fields: object) => () => decoded(blockAnswer([transactionAnswer({ ...fields })]), []);
  refused(withTransaction({ value: `0x1${'0'.repeat(64)}` }), /transactions\.0\.value: .*256 bits/);
  refused(withTransaction({ value: '0x' }), /transactions\.0\.value/);
  refused(withTransaction({ value: 5 }), /transactions\.0\.value/);
  refused(withTransaction({ from: '0x12' }), /transactions\.0\.from: not 20 bytes/);
  refused(withTransaction({ hash: word('1').slice(2) }), /transactions\.0\.hash: not 32 bytes/);
  refused(() => decoded(blockAnswer([], { timestamp: hex(253_402_300_800) }), []), /timestamp: after the year 9999/);
  refused(() => decoded(blockAnswer([], { number: hex(2n ** 53n) }), []), /number: too large/);
});
