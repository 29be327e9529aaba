import type { ProblemCode } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';

/** Somebody asked too often (RFC 6585 section 4): the answer says when to come back, in its text and as `Retry-After`. */
export class ComeBackLater extends GongjoError {
  readonly retryAfterS: number;

  constructor(code: ProblemCode, values: Readonly<Record<string, string | number>>, retryAfterS: number) {
    super(code, { ...values, seconds: retryAfterS });
    this.retryAfterS = retryAfterS;
  }
}
