import { GongjoError } from '../../kernel/index.ts';
import {
  authenticate,
  collectionsFor,
  type Gate,
  type PartnerContext,
  respond,
  taxiiError,
  type WireAnswer,
  type WireRequest,
} from '../../partner/index.ts';

/** A request on the wire: what a receiver sees of it, now or much later. */
export interface Packet {
  readonly from: string;
  readonly to: string;
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}

/** How bad the network is, per request. */
export interface Weather {
  readonly requestLost: number;
  readonly answerLost: number;
  /** The same request comes again, at any time later. */
  readonly duplicated: number;
  /** The sender gives up on it, and it arrives at any time later, so also after what was sent later. */
  readonly delayed: number;
}

export const calm: Weather = { requestLost: 0, answerLost: 0, duplicated: 0, delayed: 0 };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the HTTP adapter does with a request, without HTTP; `gate` stands at the door, if anything does. */
export async function answerTo(context: PartnerContext, packet: Packet, gate: Gate | null): Promise<Answer> {
  const { url, method, headers, body } = packet;
  let leave = (): void => undefined;
  const given = async () => {
    const authorization = headers.get('authorization') ?? undefined;
    const entered = await gate?.enter({ authorization, isDelivery: true, contentLength: Buffer.byteLength(body) });
    if (entered) leave = entered.leave;
    const partner = entered?.partner ?? (await authenticate(context, authorization));
    return respond(
      {
        method,
        path: url.pathname,
        query: url.searchParams,
        accept: headers.get('accept') ?? '*/*',
        contentType: headers.get('content-type') ?? '',
        body,
        signature: headers.get('gongjo-signature'),
      },
      collectionsFor(context, partner, () => undefined),
    );
  };
  try {
    return await given();
  } catch (thrown) {
    if (thrown instanceof GongjoError) return taxiiError(thrown);
    throw thrown;
  } finally {
    leave();
  }
}

/** The answer as the sender's side of the wire reads it. */
export function wireAnswerOf({ status, headers, body }: Answer): WireAnswer {
  const later = headers['retry-after'];
  return { status, retryAfterS: later === undefined ? null : Number(later), text: body };
}

export function packetOf(from: string, { url, headers, body }: WireRequest): Packet {
  const [to = ''] = url.hostname.split('.');
  return {
    from,
    to,
    url,
    method: 'POST',
    headers: new Headers(headers),
    body,
  };
}
