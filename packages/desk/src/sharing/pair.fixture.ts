import type { Db } from '../platform/index.ts';
import { keepSignature, nextWaiting } from './delivery.store.ts';
import { openTestDesk, type TestDesk, unsigned } from './desk.fixture.ts';
import type { SharingContext } from './party.ts';
import { keepReceipt } from './receipt.ts';
import { type ReceiptFacts, receive } from './receive.ts';

/** Two desks that have paired; the link between them is there when a test carries. */
export interface Pair {
  readonly seoul: TestDesk;
  readonly washington: TestDesk;
  readonly desks: readonly TestDesk[];
  context(desk: TestDesk): SharingContext;
  /** Carries everything that waits, until nothing does. Answers the receipts. */
  carry(): Promise<ReceiptFacts[]>;
  /** What waits in Washington for Seoul, changed on the way, under the name of a delivery of its own. Answers what was refused. */
  forge(change: (objects: Record<string, unknown>[]) => void): Promise<NonNullable<ReceiptFacts['refused']>>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openPair(): Promise<Pair> {
  const seoul = await openTestDesk('seoul');
  const washington = await openTestDesk('washington', 'US');
  const desks = [seoul, washington];
  const context = (desk: TestDesk): SharingContext => ({
    ...desk.context,
    party: async (_: Db, id: string) => desks.find(({ party }) => party.id === id)?.party ?? null,
  });
  const carryOne = async (from: TestDesk, to: TestDesk): Promise<ReceiptFacts | null> => {
    const next = await nextWaiting(from.records, to.party.id);
    if (!next) return null;
    const signature = 'header..signature';
    await from.records.transaction((tx) => keepSignature(tx, to.party.id, next.id, signature));
    const incoming = { partner: from.party, id: next.id, envelope: next.envelope, signature };
    const { receipt } = await receive(to.records, context(to), incoming, unsigned);
    const facts = JSON.parse(receipt) as ReceiptFacts;
    await from.records.transaction((tx) => keepReceipt(tx, context(from), to.party, facts, receipt));
    return facts;
  };
  let forgeries = 0;
  return {
    ...{ seoul, washington, desks, context },
    carry: async () => {
      const receipts: ReceiptFacts[] = [];
      for (let more = true; more; ) {
        const sent = [await carryOne(seoul, washington), await carryOne(washington, seoul)].filter((it) => it !== null);
        receipts.push(...sent);
        more = sent.length > 0;
      }
      return receipts;
    },
    forge: async (change) => {
      const next = await nextWaiting(washington.records, seoul.party.id);
      const envelope = JSON.parse(next?.envelope ?? '') as { objects: Record<string, unknown>[] };
      change(envelope.objects);
      forgeries += 1;
      const incoming = { id: `forged-${forgeries}`, envelope: JSON.stringify(envelope), signature: 'x..y' };
      const from = { partner: washington.party, ...incoming };
      const { receipt } = await receive(seoul.records, context(seoul), from, unsigned);
      return (JSON.parse(receipt) as ReceiptFacts).refused ?? [];
    },
    empty: async () => {
      for (const desk of desks) await desk.empty();
    },
    close: async () => {
      for (const desk of desks) await desk.close();
    },
  };
}
