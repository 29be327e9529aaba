import { sameBytes } from '../bytes.ts';
import { inputOf } from '../identifier/identifier.ts';
import { listId } from '../list/header.ts';
import type { List } from '../list/list.ts';
import { paddedQuestionCount } from '../list/padding.ts';
import { holds, sortedValues, VALUE_BYTES, valueBytes, valueFrom, valuesIn } from '../list/value.ts';
import { ELEMENT_BYTES, UNIFORM_BYTES } from '../voprf/group.ts';
import type { Asked } from '../voprf/voprf.ts';
import type { Commitment, EpochKeys } from './commitment.ts';
import { type Entry, isListed, type Note, noteOf } from './entry.ts';
import type { Answer, Ask, Return, Tell, Told } from './messages.ts';
import { pack, unpack, unpackAll } from './packed.ts';
import { type Context, fault, type Known, knownOf, questionsFor, type SessionFault } from './question.ts';

/** What the asker keeps between `ask` and `answer`; with it a session that broke off goes on with the same questions. */
export interface Asking {
  readonly ask: Ask;
  readonly entries: readonly Entry[];
  readonly questions: readonly Asked[];
}

export interface AskFacts {
  readonly session: string;
  readonly theirs: Pick<Commitment, 'epoch' | 'publicKey'>;
  readonly own: EpochKeys;
  /** At most `QUESTIONS_MAX`. */
  readonly entries: readonly Entry[];
  readonly purpose: string;
  readonly legalBasis: string | null;
}

/** ask: questions, and under the own key the values of those that are not silent, filled up with random ones. */
export function startAsk(context: Context, facts: AskFacts): Asking {
  const { session, theirs, own, entries, purpose, legalBasis } = facts;
  const count = paddedQuestionCount(entries.length);
  const questions = questionsFor(context, entries, count);
  const offered = sortedValues(
    entries
      .filter(isListed)
      .map(({ identifier }) => valueFrom(context.voprf.evaluate(own.secretKey, inputOf(identifier)))),
  );
  const filling = valuesIn(context.random((count - offered.length) * VALUE_BYTES));
  const ask: Ask = {
    kind: 'ask',
    session,
    epoch: theirs.epoch,
    key: pack(theirs.publicKey),
    elements: pack(...questions.map(({ element }) => element)),
    offer: {
      epoch: own.epoch,
      key: pack(own.publicKey),
      values: pack(valueBytes(sortedValues([...offered, ...filling]))),
    },
    purpose,
    legalBasis,
  };
  return { ask, entries, questions };
}

export interface Compared {
  readonly fault: null;
  /** What is on the partner's list. */
  readonly found: readonly Known[];
  /** All entries with their outputs, which later versions of the partner's list are compared with, without a question. */
  readonly known: readonly Known[];
  readonly reply: Return;
}

/** answer → compare, and evaluate what the answerer asks. Nothing is used before the proof has been checked. */
export function takeAnswer(
  { voprf, random }: Context,
  { ask, entries, questions }: Asking,
  answer: Answer,
  at: { readonly list: List; readonly own: EpochKeys; readonly reverseCount: number },
): Compared | { readonly fault: SessionFault } {
  if (answer.session !== ask.session) return fault('session');
  const elements = unpackAll(answer.elements, ELEMENT_BYTES);
  const reverse = unpackAll(answer.reverse, ELEMENT_BYTES);
  if (elements.length !== questions.length || reverse.length !== at.reverseCount) return fault('count');
  const outputs = voprf.finalize(questions, { elements, proof: unpack(answer.proof) }, unpack(ask.key));
  if (outputs === null) return fault('proof');
  const { header, values } = at.list;
  const underKey = header.epoch === ask.epoch && sameBytes(header.publicKey, unpack(ask.key));
  const isLater = header.serial > answer.serial;
  if (!underKey || !(isLater || sameBytes(listId(header), unpack(answer.list)))) return fault('list');
  const evaluated = voprf.evaluateBlinded(at.own, reverse, random(UNIFORM_BYTES));
  if (evaluated === null) return fault('element');
  const known = knownOf(entries, outputs);
  return {
    fault: null,
    found: known.filter(({ output }) => holds(values, valueFrom(output))),
    known,
    reply: {
      kind: 'return',
      session: ask.session,
      elements: pack(...evaluated.elements),
      proof: pack(evaluated.proof),
    },
  };
}

/** tell: what was found and is not silent here. */
export function tell(
  session: string,
  found: readonly Known[],
): { readonly message: Tell; readonly told: readonly Known[] } {
  const told = found.filter(({ entry }) => isListed(entry));
  const claims = told.flatMap(({ entry, output }) => {
    const note = noteOf(entry);
    return note === null ? [] : [{ output: pack(output), note }];
  });
  return { message: { kind: 'tell', session, claims }, told };
}

/** told: beside each claim what the owner lets be told; null where it has no such entry, or says so. */
export function takeTold(
  session: string,
  told: readonly Known[],
  message: Told,
):
  | { readonly fault: SessionFault }
  | { readonly fault: null; readonly notes: readonly { entry: Entry; note: Note | null }[] } {
  if (message.session !== session) return fault('session');
  if (message.notes.length !== told.length) return fault('count');
  return { fault: null, notes: told.map(({ entry }, at) => ({ entry, note: message.notes[at] ?? null })) };
}
