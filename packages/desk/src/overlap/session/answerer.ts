import { sameBytes } from '../bytes.ts';
import { inputOf } from '../identifier/identifier.ts';
import { type ListHeader, listId } from '../list/header.ts';
import { questionSteps } from '../list/padding.ts';
import { holds, isAscending, valueFrom, valuesIn } from '../list/value.ts';
import { ELEMENT_BYTES, UNIFORM_BYTES } from '../voprf/group.ts';
import type { Asked } from '../voprf/voprf.ts';
import type { Commitment, EpochKeys } from './commitment.ts';
import { type Entry, type Note, noteOf } from './entry.ts';
import type { Answer, Ask, Return, Tell, Told } from './messages.ts';
import { pack, unpack, unpackAll } from './packed.ts';
import { type Context, fault, type Known, knownOf, questionsFor, type SessionFault } from './question.ts';

/** What the answerer keeps between `answer` and `return`. */
export interface Answering {
  readonly fault: null;
  readonly answer: Answer;
  readonly entries: readonly Entry[];
  readonly questions: readonly Asked[];
  /** The values of what is being asked, under the asker's key. */
  readonly offered: BigUint64Array;
}

export interface AnswerFacts {
  readonly own: EpochKeys;
  /** The head of the own list that is in force. */
  readonly list: ListHeader;
  /** The asker's key, as it committed to it. */
  readonly theirs: Pick<Commitment, 'epoch' | 'publicKey'>;
  /**
   * How many questions go back. It is fixed between the two desks and never a function of what there is to ask: that is what makes
   * a silent entry look like none.
   */
  readonly reverseCount: number;
  /** Entries that have no output under the asker's key yet, silent and other; as many as there is room for are asked. */
  readonly waiting: readonly Entry[];
}

/**
 * ask → answer. The work depends on the counts that both sides see and on nothing that is only here: as many evaluations as were
 * asked, as many blinded questions as are agreed. What is found is looked for after the answer has gone.
 */
export function takeAsk(
  context: Context,
  ask: Ask,
  { own, list, theirs, reverseCount, waiting }: AnswerFacts,
): Answering | { readonly fault: SessionFault } {
  const elements = unpackAll(ask.elements, ELEMENT_BYTES);
  const offered = valuesIn(unpack(ask.offer.values));
  if (ask.epoch !== own.epoch || !sameBytes(unpack(ask.key), own.publicKey)) return fault('epoch');
  if (ask.offer.epoch !== theirs.epoch || !sameBytes(unpack(ask.offer.key), theirs.publicKey))
    return fault('commitment');
  if (!questionSteps.some((step) => step === elements.length) || offered.length !== elements.length)
    return fault('count');
  if (!isAscending(offered)) return fault('order');
  const evaluated = context.voprf.evaluateBlinded(own, elements, context.random(UNIFORM_BYTES));
  if (evaluated === null) return fault('element');
  const entries = waiting.slice(0, reverseCount);
  const questions = questionsFor(context, entries, reverseCount);
  const answer: Answer = {
    kind: 'answer',
    session: ask.session,
    elements: pack(...evaluated.elements),
    proof: pack(evaluated.proof),
    list: pack(listId(list)),
    serial: list.serial,
    reverse: pack(...questions.map(({ element }) => element)),
  };
  return { fault: null, answer, entries, questions, offered };
}

/** return: the outputs of the own entries under the asker's key. */
export function takeReturn(
  { voprf }: Context,
  { answer, entries, questions }: Answering,
  message: Return,
  theirs: Pick<Commitment, 'publicKey'>,
): { readonly fault: SessionFault } | { readonly fault: null; readonly known: readonly Known[] } {
  if (message.session !== answer.session) return fault('session');
  const elements = unpackAll(message.elements, ELEMENT_BYTES);
  if (elements.length !== questions.length) return fault('count');
  const outputs = voprf.finalize(questions, { elements, proof: unpack(message.proof) }, theirs.publicKey);
  return outputs === null ? fault('proof') : { fault: null, known: knownOf(entries, outputs) };
}

/** Own entries, of this session and of earlier ones, that are among values of the partner: those offered, or its list. */
export const amongValues = (known: Iterable<Known>, values: BigUint64Array): Known[] =>
  [...known].filter(({ output }) => holds(values, valueFrom(output)));

/** An own entry that the partner claims to work on as well, and what it lets be told. */
export interface Claim {
  readonly entry: Entry;
  readonly theirNote: Note;
}

/**
 * tell → what is claimed, each beside the entry that it fits or null. Only whole outputs that are equal count. `find` knows
 * entries by their value under the own key.
 *
 * It is called twice. First with what is listed: from that comes the message `told`. When that has gone, with what is silent: an
 * asker who claims what it did not find shows what it asked, and is answered neither otherwise nor later than if there were
 * nothing.
 */
export function claimsOf(
  { voprf }: Context,
  own: EpochKeys,
  message: Tell,
  find: (value: bigint) => Entry | null,
): (Claim | null)[] {
  return message.claims.map(({ output, note }) => {
    const whole = unpack(output);
    const entry = find(valueFrom(whole));
    if (entry === null || !sameBytes(voprf.evaluate(own.secretKey, inputOf(entry.identifier)), whole)) return null;
    return { entry, theirNote: note };
  });
}

/** told: beside each claim what its owner lets be told. */
export const toldOf = (session: string, claims: readonly (Claim | null)[]): Told => ({
  kind: 'told',
  session,
  notes: claims.map((claim) => (claim === null ? null : noteOf(claim.entry))),
});
