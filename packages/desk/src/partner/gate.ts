import type { Quotas } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { ComeBackLater } from './come-back-later.ts';
import { authenticate, type PartnerContext } from './inbox.ts';
import type { Partner } from './partner.store.ts';
import { defaultQuotas, hourMs, hourOf, usedUp } from './quota.ts';
import { tokenId } from './seal.ts';
import { countUsage, firstTold } from './usage.store.ts';

/** What is known of a partner's request before its body is read. */
export interface Knock {
  readonly authorization: string | undefined;
  readonly isDelivery: boolean;
  /** Bytes; null where the request does not say. */
  readonly contentLength: number | null;
}

export interface Entered {
  readonly partner: Partner;
  /** The most that may be read of the body. */
  readonly bodyBytesMax: number;
  /** The request has been answered, or its sender is gone. */
  leave(): void;
}

/** One for all of a desk's doors: a token that was used at one is not taken at another. */
export interface Gate {
  /** Throws `partner-token-invalid`, `key-revoked`, `partner-suspended`, `body-too-large`, `quota-exceeded`. */
  enter(knock: Knock): Promise<Entered>;
}

/** Another request ends within a second or so. */
const concurrentRetryS = 1;

const exceeded = (desk: string, what: string, limit: number, retryAfterS: number) =>
  new ComeBackLater('quota-exceeded', { desk, what, limit }, retryAfterS);

/** A token lives two minutes at most, clocks' difference included; as many as the quota of requests of all partners. */
const tokensMs = 3 * 60_000;
const tokensMax = 200_000;

/** Lets partners in, one request at a time each as their quotas allow; nobody's quota is touched by another. */
export function createGate(context: PartnerContext): Gate {
  const { clock, records } = context;
  const inside = new Map<string, number>();
  const tokens = new Map<string, number>();
  return {
    enter: async ({ authorization, isDelivery, contentLength }) => {
      const partner = await authenticate(context, authorization);
      useOnce(tokens, tokenId(authorization?.split(' ')[1] ?? ''), clock.now());
      const id = partner.card.desk;
      const quotas: Quotas = { ...(context.quotas ?? defaultQuotas), ...said(partner.quotas) };
      const now = inside.get(id) ?? 0;
      if (now >= quotas.concurrent) throw exceeded(id, 'concurrent', quotas.concurrent, concurrentRetryS);
      if (contentLength !== null && contentLength > quotas.bodyBytes)
        throw new GongjoError('body-too-large', { limit: quotas.bodyBytes });
      inside.set(id, now + 1);
      let isInside = true;
      const leave = () => {
        if (!isInside) return;
        isInside = false;
        const left = (inside.get(id) ?? 1) - 1;
        if (left > 0) inside.set(id, left);
        else inside.delete(id);
      };
      try {
        const { requests, ...rest } = await countUsage(records, clock, id, { requests: 1 });
        const over = usedUp({ requests: requests - 1, ...rest }, quotas, isDelivery);
        if (over) {
          await tellOnce(context, id, over.what);
          const retryAfterS = Math.ceil((hourOf(clock.now()) + hourMs - clock.now()) / 1000);
          throw exceeded(id, over.what, over.limit, retryAfterS);
        }
        return { partner, bodyBytesMax: quotas.bodyBytes, leave };
      } catch (thrown) {
        leave();
        throw thrown;
      }
    },
  };
}

/** A token that was seen before is somebody else's copy. */
function useOnce(tokens: Map<string, number>, id: string | null, nowMs: number): void {
  if (id === null || tokens.has(id))
    throw new GongjoError('partner-token-invalid', { detail: id === null ? 'it names no jti' : 'it was used before' });
  tokens.set(id, nowMs);
  // Oldest first, as a map keeps them.
  for (const [old, atMs] of tokens) {
    if (tokens.size <= tokensMax && nowMs - atMs <= tokensMs) break;
    tokens.delete(old);
  }
}

async function tellOnce({ records, clock }: PartnerContext, desk: string, what: string): Promise<void> {
  await records.transaction(async (tx) => {
    if (!(await firstTold(tx, clock, desk))) return;
    await recordAudit(tx, clock, {
      actor: `desk:${desk}`,
      action: 'partner.quota-exceeded',
      subject: desk,
      details: { what },
    });
  });
}

function said(quotas: Partner['quotas']): Partial<Quotas> {
  return Object.fromEntries(Object.entries(quotas).filter(([, value]) => value !== undefined));
}
