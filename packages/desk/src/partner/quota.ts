import type { Quotas } from '@gongjo/contract';

/**
 * What one partner may ask of this desk. A partner is an ally whose server may be in other hands: without bounds one of them
 * could fill the disk or keep everybody else waiting. The defaults leave room for the largest thefts and for a day's backlog.
 */
export const defaultQuotas: Quotas = {
  /** Ten a second, all hour: a reader that asks each second does not notice it. */
  requestsPerHour: 36_000,
  /** A desk sends a bundle per block and incident: a backlog of a day of twelve-second blocks goes out within the hour. */
  deliveriesPerHour: 10_000,
  /** A bundle holds 500 objects; this is 2,000 full ones, ten times the largest trace that a desk follows. */
  objectsPerHour: 1_000_000,
  /** An object is about 2 kB: twice the objects. It bounds what a partner can add to the disk in a day to 96 GB. */
  bytesPerHour: 4 * 1024 ** 3,
  /** A courier sends one at a time; a reader and a second attempt beside it. */
  concurrent: 4,
  /** The most that is read of one request from anybody. */
  bodyBytes: 8 * 1024 * 1024,
};

export interface Usage {
  readonly requests: number;
  readonly deliveries: number;
  readonly objects: number;
  readonly bytes: number;
}
export const noUsage: Usage = { requests: 0, deliveries: 0, objects: 0, bytes: 0 };

export const hourMs = 3_600_000;

/** The hour that an instant is in: what is counted begins anew with each hour of the clock. */
export function hourOf(nowMs: number): number {
  return nowMs - (nowMs % hourMs);
}

/**
 * The quota that is used up, or null. A request that begins below its quotas is taken whole, so that no bundle is ever too
 * large to be taken; what goes beyond by it is at most one bundle.
 */
export function usedUp(
  usage: Usage,
  quotas: Quotas,
  isDelivery: boolean,
): { what: keyof Quotas; limit: number } | null {
  const limits: readonly (readonly [keyof Quotas, number])[] = [
    ['requestsPerHour', usage.requests],
    ...(isDelivery
      ? ([
          ['deliveriesPerHour', usage.deliveries],
          ['objectsPerHour', usage.objects],
          ['bytesPerHour', usage.bytes],
        ] as const)
      : []),
  ];
  for (const [what, used] of limits) if (used >= quotas[what]) return { what, limit: quotas[what] };
  return null;
}
