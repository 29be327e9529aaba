import { listWitnesses, recordSize } from '../audit/index.ts';
import { activePartners, type Partner, type PartnerContext, type Shown, showRecord } from '../partner/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';

/** A record that has grown is shown to partners within this. */
const lookEveryMs = 60_000;
/** One that has not grown is shown this often all the same: whoever changed it without growing it is found by that. */
const showEveryMs = 3_600_000;
/** After a failure, and to partners that cannot witness. */
const againAfterMs = 300_000;

/** Shows the audit record to every partner, so that each keeps what the other cannot take back. */
export interface Witnessing {
  /** Shows it now, to this partner or to all, until it is told to end; answers what each said. */
  show(desk: string | null, end?: AbortSignal): Promise<{ readonly desk: string; readonly shown: Shown }[]>;
  start(): void;
  stop(): Promise<void>;
}

export function createWitnessing(options: {
  readonly context: PartnerContext;
  readonly log: Log;
  readonly onChange: () => void;
}): Witnessing {
  const { context, log, onChange } = options;
  const { records, clock } = context;
  let worker: Worker | null = null;
  const ended = new AbortController();
  /** One at a time: what is shown later is of a later record. */
  let last: Promise<unknown> = Promise.resolve();

  const showOne = (partner: Partner, signal: AbortSignal): Promise<Shown> => {
    const result = last.then(() => showRecord(context, partner, signal));
    last = result.catch(() => undefined);
    return result;
  };

  const isDue = async (): Promise<Partner[]> => {
    const partners = await activePartners(records);
    if (partners.length === 0) return [];
    const known = new Map((await listWitnesses(records)).map((it) => [it.desk, it]));
    const size = await recordSize(records);
    return partners.filter(({ card }) => {
      const witness = known.get(card.desk);
      if (!witness?.askedAt) return true;
      const sinceMs = clock.now() - Date.parse(witness.askedAt);
      if (witness.problem) return sinceMs >= againAfterMs;
      return witness.size < size || sinceMs >= showEveryMs;
    });
  };

  return {
    show: async (desk, end) => {
      const signal = end ? AbortSignal.any([ended.signal, end]) : ended.signal;
      const failed = new Set((await listWitnesses(records)).filter((it) => it.problem).map((it) => it.desk));
      // Whoever could not be asked the last time is asked last, so that it keeps no other from being asked in time.
      const partners = (await activePartners(records))
        .filter(({ card }) => desk === null || card.desk === desk)
        .sort((a, b) => Number(failed.has(a.card.desk)) - Number(failed.has(b.card.desk)));
      const shown: { desk: string; shown: Shown }[] = [];
      for (const partner of partners) {
        try {
          shown.push({ desk: partner.card.desk, shown: await showOne(partner, signal) });
        } catch (thrown) {
          if (!end?.aborted) throw thrown;
          break;
        }
      }
      onChange();
      return shown;
    },
    start: () => {
      worker ??= startWorker({
        ...{ name: 'witnesses', everyMs: lookEveryMs, clock, log },
        work: async (signal) => {
          const due = await isDue();
          for (const partner of due) {
            if (signal.aborted) return 'idle';
            const shown = await showOne(partner, signal);
            if (shown === 'contradicted')
              log.warn(
                { desk: partner.card.desk },
                'a partner holds a checkpoint that this audit record does not continue',
              );
          }
          if (due.length > 0) onChange();
          return 'idle';
        },
      });
    },
    stop: async () => {
      ended.abort();
      await worker?.stop();
    },
  };
}
