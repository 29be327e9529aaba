import { type Problem, type ProblemCode, type ProblemValues, problem } from '@gongjo/contract';

/** An error of the catalogue (`contract/problems.ts`): it can be shown to a person as it is. */
export class GongjoError extends Error {
  readonly problem: Problem;
  readonly code: ProblemCode;

  constructor(code: ProblemCode, values: ProblemValues = {}, cause?: unknown) {
    const made = problem(code, values);
    super(made.text.en, cause === undefined ? undefined : { cause });
    this.name = 'GongjoError';
    this.code = code;
    this.problem = made;
  }

  /** The error behind a problem that another process told. */
  static of(told: Problem): GongjoError {
    const error = new GongjoError(told.code);
    error.message = told.text.en;
    Object.assign(error, { problem: told });
    return error;
  }
}

/** The innermost message of an unknown thrown value, on one line and bounded, for the `{detail}` of a problem. */
export function detailOf(thrown: unknown): string {
  let at: unknown = thrown;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  const said =
    at instanceof AggregateError && at.errors.length > 0
      ? detailOf(at.errors[0])
      : at instanceof Error
        ? at.message
        : typeof at === 'object'
          ? JSON.stringify(at)
          : String(at);
  return said.replace(/\s+/g, ' ').slice(0, 300);
}

/** For what cannot happen if the code is right; never shown to a person as it is. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
