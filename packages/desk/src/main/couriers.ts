import { findPartner, listPartners, type PartnerContext, sendNext } from '../partner/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';

/** A courier looks by itself this often, in case nobody woke it; a partner that is down is tried again as often. */
const lookEveryMs = 2_000;

/** One courier for each partner: a partner that answers slowly, or not at all, holds up nobody else's bundles. */
export interface Couriers {
  /** There may be something to carry, or partners came or went. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

export function createCouriers(options: {
  readonly context: PartnerContext;
  readonly log: Log;
  /** A page shows something else now. */
  readonly onChange: () => void;
}): Couriers {
  const { context, log, onChange } = options;
  const couriers = new Map<string, Worker>();
  let stopped = false;

  const courierTo = (desk: string): Worker =>
    startWorker({
      name: `courier to ${desk}`,
      everyMs: lookEveryMs,
      clock: context.clock,
      log,
      work: async (signal) => {
        const partner = await findPartner(context.records, desk);
        if (!partner) return 'idle';
        const { state, changed } = await sendNext(context, partner, signal);
        if (changed) onChange();
        return state === 'more' ? 'more' : 'idle';
      },
    });

  return {
    wake: async () => {
      const desks = new Set((await listPartners(context.records)).map(({ card }) => card.desk as string));
      if (stopped) return;
      for (const desk of desks) {
        const courier = couriers.get(desk);
        if (courier) courier.wake();
        else couriers.set(desk, courierTo(desk));
      }
      const gone = [...couriers].filter(([desk]) => !desks.has(desk));
      for (const [desk] of gone) couriers.delete(desk);
      await Promise.all(gone.map(([, courier]) => courier.stop()));
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...couriers.values()].map((courier) => courier.stop()));
    },
  };
}
