import { GongjoError } from '../../kernel/index.ts';
import {
  authenticate,
  collectionsFor,
  type PartnerContext,
  respond,
  taxiiError,
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

/** What the HTTP adapter does with a request, without HTTP. */
export async function answerTo(context: PartnerContext, packet: Packet): Promise<Answer> {
  const { url, method, headers, body } = packet;
  const given = async () => {
    const partner = await authenticate(context, headers.get('authorization') ?? undefined);
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
  return given().catch((thrown: unknown) => {
    if (thrown instanceof GongjoError) return taxiiError(thrown);
    throw thrown;
  });
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
