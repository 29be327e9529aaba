import { type ProblemCode, zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import type { PartnerContext } from './inbox.ts';
import { signerFor } from './keys-of.ts';
import type { Partner } from './partner.store.ts';
import { signToken } from './seal.ts';
import { plainWire } from './wire.client.ts';

export interface SealedCall {
  /** Below the partner's address. */
  readonly path: string;
  readonly message: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Of the answer. */
  readonly bytesMax: number;
}

/** The partner's sealed message, not yet opened; or what it said instead: a code of the catalogue, its own words are not taken. */
export type SealedAnswer =
  | { readonly message: string }
  | {
      readonly message: null;
      readonly code: ProblemCode | null;
      readonly status: number;
      readonly retryAfterS: number | null;
    };

/** Says something at a door of a partner, with a token of this desk. Throws `partner-unreachable`. */
export async function callSealed(
  { wire = plainWire, keys, clock, desk }: PartnerContext,
  partner: Partner,
  { path, message, signal, timeoutMs, bytesMax }: SealedCall,
): Promise<SealedAnswer> {
  const { card } = partner;
  let status: number;
  let retryAfterS: number | null;
  let json: unknown;
  try {
    const token = await signToken(signerFor(keys, partner), clock, desk.desk, card.desk);
    const answer = await wire({
      url: new URL(path, card.url),
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ message }),
      ...{ signal, timeoutMs, bytesMax },
    });
    ({ status, retryAfterS } = answer);
    json = JSON.parse(answer.text);
  } catch (thrown) {
    throw new GongjoError('partner-unreachable', { desk: card.desk, url: card.url, detail: detailOf(thrown) });
  }
  const answered = z.strictObject({ message: z.string().max(bytesMax) }).safeParse(json);
  if (status === 200 && answered.success) return { message: answered.data.message };
  const problem = zProblem.safeParse(json);
  return { message: null, code: problem.success ? problem.data.code : null, status, retryAfterS };
}
