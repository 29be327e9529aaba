import { type DeskCard, zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import type { PartnerContext } from './inbox.ts';
import type { PairingStep } from './pairing-message.ts';
import { plainWire } from './wire.client.ts';

export const pairingRoot = '/pairing/v1/';

/** The other side hashes and writes one row. */
const answerTimeoutMs = 15_000;
/** An answer is one signed card. */
const answerBytesMax = 64 * 1024;

const zAnswer = z.object({ message: z.string().max(answerBytesMax).nullable() });

/** What the other desk answers to a message that is signed in itself. Its refusals are thrown in its own words. */
export async function callPairing(
  { wire = plainWire }: PartnerContext,
  card: Pick<DeskCard, 'desk' | 'url'>,
  step: PairingStep | 'revoke',
  message: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<string | null> {
  let status: number;
  let json: unknown;
  try {
    const answer = await wire({
      url: new URL(`${pairingRoot}${step}`, card.url),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ message }),
      signal,
      timeoutMs: answerTimeoutMs,
      bytesMax: answerBytesMax,
    });
    status = answer.status;
    json = JSON.parse(answer.text);
  } catch (thrown) {
    throw unreachable(card, detailOf(thrown));
  }
  const said = zAnswer.safeParse(json);
  if (status === 200 && said.success) return said.data.message;
  const problem = zProblem.safeParse(json);
  const isFinal = status >= 400 && status < 500 && status !== 429;
  if (!problem.success || !isFinal) throw unreachable(card, `HTTP ${status}`);
  // Another desk's text, on a terminal: its code is ours, its words are not taken.
  throw new GongjoError('pairing-ended', { desk: card.desk, detail: `${card.desk}: ${problem.data.code}` });
}

function unreachable({ desk, url }: Pick<DeskCard, 'desk' | 'url'>, detail: string): GongjoError {
  return new GongjoError('partner-unreachable', { desk, url, detail });
}
