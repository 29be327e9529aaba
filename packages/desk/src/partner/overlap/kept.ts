import { type Answer, type Answering, type Asking, pack, sortedValues, unpack } from '../../overlap/index.ts';

/** What of a session has to survive a restart, as text. Blinds are secret: it is forgotten with the end of the session. */
type Questions = readonly (readonly [input: string, blind: string, element: string])[];

const packed = (questions: Asking['questions']): Questions =>
  questions.map(({ input, blind, element }) => [pack(input), pack(blind), pack(element)]);

const unpacked = (questions: Questions): Asking['questions'] =>
  questions.map(([input, blind, element]) => ({
    input: unpack(input),
    blind: unpack(blind),
    element: unpack(element),
  }));

/** The asker's, from `ask` on. */
export const keptAsking = ({ ask, entries, questions }: Asking): string =>
  JSON.stringify({ ask, entries, questions: packed(questions) });

export function askingFrom(kept: string): Asking {
  const { questions, ...rest } = JSON.parse(kept) as Pick<Asking, 'ask' | 'entries'> & { questions: Questions };
  return { ...rest, questions: unpacked(questions) };
}

/** The answerer's, between `answer` and `return`. */
export const keptAnswering = ({ entries, questions, offered }: Answering): string =>
  JSON.stringify({ entries, questions: packed(questions), offered: [...offered].map(String) });

export function answeringFrom(kept: string, answer: Answer): Answering {
  const { entries, questions, offered } = JSON.parse(kept) as Pick<Answering, 'entries'> & {
    questions: Questions;
    offered: readonly string[];
  };
  return {
    fault: null,
    answer,
    entries,
    questions: unpacked(questions),
    offered: sortedValues(offered.map(BigInt)),
  };
}
