import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../bytes.ts';
import { openGroup } from './sodium-group.ts';
import { voprfOver } from './voprf.ts';

/** RFC 9497 appendix A.1.2: ristretto255-SHA512, VOPRF mode. */
const seed = Buffer.alloc(32, 0xa3);
const keyInfo = bytesOf('test key');
const skSm = 'e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909';
const pkSm = 'c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e';
const blind1 = '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706';
const blind2 = '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e';
const output1 =
  'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c';
const output2 =
  '8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6';

const vectors = [
  {
    name: 'A.1.2.1 Test Vector 1, Batch Size 1',
    inputs: ['00'],
    blinds: [blind1],
    blinded: ['863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945'],
    evaluated: ['aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e'],
    proof:
      'ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d',
    nonce: blind2,
    outputs: [output1],
  },
  {
    name: 'A.1.2.2 Test Vector 2, Batch Size 1',
    inputs: ['5a'.repeat(17)],
    blinds: [blind1],
    blinded: ['cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c'],
    evaluated: ['60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468'],
    proof:
      '401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02',
    nonce: blind2,
    outputs: [output2],
  },
  {
    name: 'A.1.2.3 Test Vector 3, Batch Size 2',
    inputs: ['00', '5a'.repeat(17)],
    blinds: [blind1, blind2],
    blinded: [
      '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
      '90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654',
    ],
    evaluated: [
      'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
      'cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a',
    ],
    proof:
      'cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08',
    nonce: '419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c',
    outputs: [output1, output2],
  },
];

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
/** The 64 uniform bytes that are reduced to this scalar. */
const uniform = (scalar: string) => unhex(scalar + '00'.repeat(32));

const voprf = voprfOver(await openGroup());
const keys = voprf.keysOf(seed, keyInfo);

test('A.1.2: DeriveKeyPair', () => {
  assert.equal(hex(keys.secretKey), skSm);
  assert.equal(hex(keys.publicKey), pkSm);
});

for (const vector of vectors) {
  test(vector.name, () => {
    const asked = vector.inputs.map((input, at) => ({
      input: unhex(input),
      ...voprf.blind(unhex(input), uniform(vector.blinds[at]!)),
    }));
    assert.deepEqual(
      asked.map(({ blind }) => hex(blind)),
      vector.blinds,
    );
    assert.deepEqual(
      asked.map(({ element }) => hex(element)),
      vector.blinded,
    );
    const answer = voprf.evaluateBlinded(
      keys,
      asked.map(({ element }) => element),
      uniform(vector.nonce),
    );
    assert.ok(answer !== null);
    assert.deepEqual(answer.elements.map(hex), vector.evaluated);
    assert.equal(hex(answer.proof), vector.proof);
    assert.deepEqual(voprf.finalize(asked, answer, keys.publicKey)?.map(hex), vector.outputs);
    assert.deepEqual(
      asked.map(({ input }) => hex(voprf.evaluate(keys.secretKey, input))),
      vector.outputs,
    );
  });
}
