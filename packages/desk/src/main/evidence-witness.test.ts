import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listWitnesses, recordAudit } from '../audit/index.ts';
import { verifyPackage } from '../evidence/index.ts';
import { answerAudit } from '../partner/audit/index.ts';
import { authenticate } from '../partner/inbox.ts';
import { addPartner } from '../partner/pair.ts';
import type { Wire } from '../partner/wire.client.ts';
import { fingerprintOf } from '../platform/index.ts';
import { type EvidenceDesk, openEvidenceDesk } from './evidence.fixture.ts';
import { type Network, openSide, type Side } from './pairing.fixture.ts';

/** Two desks that are partners; one of them makes evidence, the other answers at its door as it does. */
const network: Network = new Map();
let seoul: EvidenceDesk;
let washington: Side;
let isReached = true;
before(async () => {
  seoul = await openEvidenceDesk();
  washington = await openSide('washington', network);
  const { context } = washington;
  const wire: Wire = async ({ headers, body }) => {
    if (!isReached) throw new Error('nobody answers');
    const { message } = JSON.parse(body) as { message: string };
    const answer = await answerAudit(context, await authenticate(context, headers.authorization), message);
    return { status: 200, retryAfterS: null, text: JSON.stringify({ message: answer }) };
  };
  const { partnerContext } = seoul.desk.http;
  Object.assign(partnerContext, { wire });
  for (const [self, other] of [
    [partnerContext, context],
    [context, partnerContext],
  ] as const) {
    const card = { ...other.desk };
    const fingerprint = await fingerprintOf(card.key);
    await self.records.transaction((tx) =>
      addPartner(tx, self.clock, self.desk, { card, fingerprint, agreement: 'MoU', by: 'operator' }),
    );
  }
});
after(async () => {
  await seoul.close();
  await washington.close();
});

test('what a desk hands out as evidence has been cosigned by its partner, with the making of it', async () => {
  const incident = await seoul.open('ethereum');
  const verdict = await verifyPackage(await seoul.make(incident), '1.2.3');
  assert.deepEqual([verdict.holds, verdict.findings], [true, []]);
  const counts = Object.fromEntries(verdict.checks.map(({ code, count }) => [code, count]));
  assert.equal(counts.cosignatures, 1);
  assert.ok(!verdict.notes.some(({ code }) => code === 'no-cosignature'));
  assert.deepEqual(
    verdict.keys.map(({ desk, uses }) => [desk, uses]),
    [
      ['seoul', ['package']],
      ['washington', ['cosignature']],
    ],
  );
  const { entries } = (await seoul.api.inject(`/api/audit/entries?subject=${incident}&action=evidence.asked`)).json();
  const [witness] = await listWitnesses(seoul.desk.http.records);
  assert.ok(witness && witness.size >= entries[0].seq);
});

test('work that goes on meanwhile does not take the cosignature away', async () => {
  const incident = await seoul.open('ethereum');
  const { witnessing, records, clock } = seoul.desk.http;
  const { show } = witnessing;
  const work = { actor: 'officer', action: 'incident.opened', subject: 'another', details: {} } as const;
  Object.assign(witnessing, {
    show: async (...asked: Parameters<typeof show>) => {
      const shown = await show(...asked);
      await records.transaction((tx) => recordAudit(tx, clock, work));
      return shown;
    },
  });
  const verdict = await verifyPackage(await seoul.make(incident), '1.2.3');
  Object.assign(witnessing, { show });
  assert.equal(verdict.holds, true);
  assert.equal(verdict.checks.find(({ code }) => code === 'cosignatures')?.count, 1);
});

test('a partner that does not answer keeps nobody from evidence, which says that nobody has cosigned it', async () => {
  isReached = false;
  const verdict = await verifyPackage(await seoul.make(await seoul.open('ethereum')), '1.2.3');
  isReached = true;
  assert.equal(verdict.holds, true);
  assert.ok(verdict.notes.some(({ code }) => code === 'no-cosignature'));
});
