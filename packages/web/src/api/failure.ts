import type { Problem } from '@gongjo/contract';

/** Why an answer is missing: the desk's own problem, or `network` (no answer came), or `answer` (it was not understood). */
export type FailureReason = Problem | 'network' | 'answer';

export class ApiFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, cause?: unknown) {
    super(typeof reason === 'string' ? reason : reason.code, { cause });
    this.name = 'ApiFailure';
    this.reason = reason;
  }
}

export function isProblem(error: unknown, code: Problem['code']): boolean {
  return error instanceof ApiFailure && typeof error.reason !== 'string' && error.reason.code === code;
}

/** Asking again helps against a lost connection, not against an answer. */
export function mayPass(error: unknown): boolean {
  return error instanceof ApiFailure && (error.reason === 'network' || isServerFailure(error.reason));
}

function isServerFailure(reason: FailureReason): boolean {
  return typeof reason !== 'string' && reason.status >= 500;
}
