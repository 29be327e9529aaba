import type { Text } from '@gongjo/contract';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { isLoopback } from '../platform/index.ts';

/** Whoever needs longer to say "I have it" is tried again. */
const timeoutMs = 10_000;

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the agency, for the message when the address is wrong. */
  readonly agency: Text;
}

/**
 * Calls a webhook: 2xx is "delivered". Redirects are not followed: the address is the agency's word, not the receiver's.
 * Throws `webhook-address-wrong`, `webhook-unreachable` or `webhook-refused`.
 */
export async function callWebhook({ url, headers, body, agency }: WebhookCall, signal: AbortSignal): Promise<void> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !isSafe(target)) throw new GongjoError('webhook-address-wrong', { agency });
  const { host } = target;
  let response: Response;
  try {
    response = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'gongjo', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
  } catch (thrown) {
    throw new GongjoError('webhook-unreachable', { host, detail: detailOf(thrown) }, thrown);
  }
  if (!response.ok) throw new GongjoError('webhook-refused', { host, status: response.status });
}

/** https, or http that does not leave this machine. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
