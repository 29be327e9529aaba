import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zChainId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { parseAddress, parseLeads, parseTxId, parseTxIds } from './parse.ts';

const chain = zChainId.parse('eip155:1');
const [txid, address] = [`0x${'AB'.repeat(32)}`, `0x${'ab'.repeat(20)}`];
const named = (field: string) => (thrown: unknown) =>
  thrown instanceof GongjoError &&
  thrown.code === 'input-invalid' &&
  [thrown.problem.text.en, thrown.problem.text.ko].every((it) => it.includes(`${field}: `));

describe('what names something on a chain', () => {
  test('is taken in the form of the ledger', () => {
    assert.equal(parseTxId(chain, 'txid', txid), txid.toLowerCase());
    assert.deepEqual(parseTxIds(chain, [txid, txid]), [txid.toLowerCase(), txid.toLowerCase()]);
    const leads = parseLeads(chain, [{ txid, ord: null }, { address }] as never);
    assert.deepEqual(leads, [
      { txid: txid.toLowerCase(), ord: null },
      { address: parseAddress(chain, 'address', address) },
    ]);
  });

  test('is refused by the name of its field', () => {
    assert.throws(() => parseTxId(chain, 'txid', 'nothing'), named('txid'));
    assert.throws(() => parseTxIds(chain, [txid, 'nothing']), named('txids.1'));
    assert.throws(() => parseAddress(chain, 'from', 'nothing'), named('from'));
    assert.throws(() => parseLeads(chain, [{ txid }, { address: 'nothing' }] as never), named('leads.1'));
    assert.throws(() => parseLeads(chain, [{ txid: 'nothing' }] as never), named('leads.0'));
  });
});
