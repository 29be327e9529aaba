import { type Problem, type ProblemCode, problem, type Text } from '@gongjo/contract';

/** An error that can be shown to the person at the terminal as it is, in both languages. */
export class DemoError extends Error {
  readonly text: Text;
  readonly hint: Text;

  constructor(said: Pick<Problem, 'text' | 'hint'>, cause?: unknown) {
    super(said.text.en, cause === undefined ? undefined : { cause });
    this.name = 'DemoError';
    this.text = said.text;
    this.hint = said.hint;
  }
}

/** An error of the catalogue. */
export function demoError(code: ProblemCode, values: Readonly<Record<string, string | number>>): DemoError {
  return new DemoError(problem(code, values));
}
