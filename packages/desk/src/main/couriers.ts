import {
  findPartner,
  listPartners,
  type PartnerContext,
  sendNext,
  tellConfirmed,
  tellRevoked,
} from '../partner/index.ts';
import { type Clock, type Log, type Random, startWorker, type Worker } from '../platform/index.ts';

/** A courier looks by itself this often, in case nobody woke it. */
const lookEveryMs = 2_000;

/** Words of pairings and keys are few, and nobody waits for them but people; a desk that is down is asked this often. */
const heraldEveryMs = 5_000;

/** A partner that is down is tried again after this, and after twice as long each time, up to the most. */
const backOffFirstMs = 1_000;
/** A partner that comes back speaks first more often than not; who is only down this long is noticed within a minute. */
const backOffMaxMs = 60_000;

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
  const { clock, random } = context;
  const couriers = new Map<string, Worker>();
  let stopped = false;

  const courierTo = (desk: string): Worker => {
    const pause = createPause(clock, random);
    return startWorker({
      name: `courier to ${desk}`,
      everyMs: lookEveryMs,
      clock,
      log,
      work: async (signal) => {
        const partner = await findPartner(context.records, desk);
        // A partner that has spoken since is up: there is nothing to wait for but what it asked for itself.
        if (!partner || pause.holds(partner.link.state !== 'down')) return 'idle';
        const { state, changed, retryAfterMs } = await sendNext(context, partner, signal);
        if (state === 'down') pause.begin(retryAfterMs ?? null);
        else pause.end();
        if (changed) onChange();
        return state === 'more' ? 'more' : 'idle';
      },
    });
  };

  /** Carries what goes beside the bundles: words of pairings and of keys. */
  const startHerald = () =>
    startWorker({
      name: 'herald',
      everyMs: heraldEveryMs,
      clock,
      log,
      work: async (signal) => {
        const paired = await tellConfirmed(context, signal);
        const told = await tellRevoked(context, signal);
        if (paired || told) onChange();
        if (paired) await couriersFor();
        return 'idle';
      },
    });
  let herald: Worker | null = null;

  const couriersFor = async () => {
    const desks = new Set((await listPartners(context.records)).map(({ card }) => card.desk as string));
    if (stopped) return;
    herald ??= startHerald();
    for (const desk of desks) {
      const courier = couriers.get(desk);
      if (courier) courier.wake();
      else couriers.set(desk, courierTo(desk));
    }
    const gone = [...couriers].filter(([desk]) => !desks.has(desk));
    for (const [desk] of gone) couriers.delete(desk);
    await Promise.all(gone.map(([, courier]) => courier.stop()));
  };

  return {
    wake: couriersFor,
    stop: async () => {
      stopped = true;
      await Promise.all([...couriers.values(), ...(herald ? [herald] : [])].map((courier) => courier.stop()));
    },
  };
}

/** How long a courier leaves a partner alone. */
export interface Pause {
  /** `isUp`: the partner has been heard of since. */
  holds(isUp: boolean): boolean;
  /** Another attempt has failed; `askedMs` is what the partner asked for. */
  begin(askedMs: number | null): void;
  end(): void;
}

/** Waits double, and are spread by a quarter so that desks that lost the same partner do not come back as one. */
export function createPause(clock: Clock, random: Random): Pause {
  let failures = 0;
  let untilMs = 0;
  let wasAsked = false;
  return {
    holds: (isUp) => clock.now() < untilMs && (wasAsked || !isUp),
    begin: (askedMs) => {
      failures += 1;
      wasAsked = askedMs !== null;
      const waitMs = askedMs ?? Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(failures - 1, 10));
      const share = Number.parseInt(random.uuid().slice(0, 4), 16) / 0xffff;
      untilMs = clock.now() + waitMs * (wasAsked ? 1 + share / 4 : 0.75 + share / 2);
    },
    end: () => {
      failures = 0;
      untilMs = 0;
      wasAsked = false;
    },
  };
}
