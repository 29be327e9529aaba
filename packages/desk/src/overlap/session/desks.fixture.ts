import { createHash, randomUUID } from 'node:crypto';
import type { Disclosure } from '@gongjo/contract';
import type { RandomBytes } from '../bytes.ts';
import { identifierOf, inputOf } from '../identifier/identifier.ts';
import { type Published, publish } from '../list/publish.ts';
import { valueFrom } from '../list/value.ts';
import type { Voprf } from '../voprf/voprf.ts';
import { amongValues, claimsOf, takeAsk, takeReturn, toldOf } from './answerer.ts';
import { startAsk, takeAnswer, takeTold, tell } from './asker.ts';
import { type EpochKeys, epochKeys } from './commitment.ts';
import { type Entry, isListed } from './entry.ts';
import { type Message, zAnswer, zAsk, zReturn, zTell, zTold } from './messages.ts';
import type { Context } from './question.ts';

/** An endless row of bytes from a seed. */
export function seeded(seed: string): RandomBytes {
  let block = 0;
  return (count) => {
    const blocks: Buffer[] = [];
    for (let bytes = 0; bytes < count; bytes += 64) {
      blocks.push(createHash('sha512').update(`${seed} ${block}`).digest());
      block += 1;
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
  };
}

export function entry(number: number, disclosure: Disclosure, owner = 'A'): Entry {
  const identifier = identifierOf({ kind: 'domain', text: `n${number}.example` }, { address: no, transaction: no });
  if (identifier === null) throw new Error('not a domain');
  const id = `${owner}-${number}`;
  return { id, identifier, disclosure, contact: `officer of ${id}`, reference: `case of ${id}` };
}
const no = () => null;

/** A desk of a test: its entries, its key and its list. */
export interface TestDesk {
  readonly context: Context;
  readonly entries: readonly Entry[];
  readonly own: EpochKeys;
  readonly published: Published;
  find(among: (entry: Entry) => boolean): (value: bigint) => Entry | null;
}

export function desk(voprf: Voprf, name: string, entries: readonly Entry[]): TestDesk {
  const random = seeded(name);
  const own = epochKeys(voprf, random(32), 1);
  const valued = entries.map((it) => ({ it, value: valueFrom(voprf.evaluate(own.secretKey, inputOf(it.identifier))) }));
  const listed = valued.filter(({ it }) => isListed(it)).map(({ value }) => value);
  return {
    context: { voprf, random },
    entries,
    own,
    published: publish(own, listed, null),
    find: (among) => {
      const byValue = new Map(valued.filter(({ it }) => among(it)).map(({ it, value }) => [value, it]));
      return (value) => byValue.get(value) ?? null;
    },
  };
}

/** A whole session, every message through its JSON and its schema, as between two desks. */
export function hold(
  asker: TestDesk,
  answerer: TestDesk,
  options: {
    readonly reverseCount?: number;
    readonly session?: string;
    /** Claims all that it asked, found or not. */
    readonly greedy?: boolean;
    /** Between what the answerer does, by name. */
    readonly step?: (name: string) => void;
  } = {},
) {
  const { session = randomUUID(), greedy = false, step = () => {} } = options;
  const reverseCount = options.reverseCount ?? Math.max(1, answerer.entries.length);
  const sent: Message[] = [];
  const carry = <T extends Message>(message: T, schema: { parse(value: unknown): T }): T => {
    const arrived = schema.parse(JSON.parse(JSON.stringify(message)));
    sent.push(arrived);
    return arrived;
  };
  const must = <T extends { readonly fault: string | null }>(made: T): Extract<T, { readonly fault: null }> => {
    if (made.fault !== null) throw new Error(`refused: ${made.fault}`);
    return made as Extract<T, { readonly fault: null }>;
  };
  const asking = startAsk(asker.context, {
    session,
    theirs: answerer.own,
    own: asker.own,
    entries: asker.entries,
    purpose: 'test',
    legalBasis: null,
  });
  const ask = carry(asking.ask, zAsk);
  step('answer');
  const answering = must(
    takeAsk(answerer.context, ask, {
      own: answerer.own,
      list: answerer.published.list.header,
      theirs: asker.own,
      reverseCount,
      waiting: answerer.entries,
    }),
  );
  step('answered');
  const answer = carry(answering.answer, zAnswer);
  const compared = must(
    takeAnswer(asker.context, asking, answer, { list: answerer.published.list, own: asker.own, reverseCount }),
  );
  const returned = carry(compared.reply, zReturn);
  const { known } = must(takeReturn(answerer.context, answering, returned, asker.own));
  const learned = amongValues(known, answering.offered);
  const { message, told } = tell(session, greedy ? compared.known : compared.found);
  const claim = carry(message, zTell);
  step('tell');
  const claims = claimsOf(answerer.context, answerer.own, claim, answerer.find(isListed));
  const reply = toldOf(session, claims);
  step('told');
  const silentClaims = claimsOf(
    answerer.context,
    answerer.own,
    claim,
    answerer.find((it) => !isListed(it)),
  );
  const { notes } = must(takeTold(session, told, carry(reply, zTold)));
  return { sent, found: compared.found, known: compared.known, learned, claims, silentClaims, notes };
}
