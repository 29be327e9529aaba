import path from 'node:path';
import { drillKinOf, type Incident, overlapTerms } from '@gongjo/contract';
import { listIncidents } from '../cases/index.ts';
import type { Directory } from '../directory/index.ts';
import { chainForms } from '../ledger/index.ts';
import { type Entry, identifierOf, type Named, nameOf } from '../overlap/index.ts';
import {
  allTerms,
  askEveryone,
  createCalculator,
  entriesChanged,
  keepEntries,
  noMemory,
  type OverlapContext,
  type PartnerContext,
  readReturns,
  refreshOwnList,
  removeOthers,
  tidyOverlaps,
} from '../partner/index.ts';
import { type Log, openSecret, sha256Hex, startWorker, type Worker } from '../platform/index.ts';
import { standingWatches, watchedFor } from '../watch/index.ts';

/** A partner's new entries are seen within this, and what was lost on the way is sent again. */
const lookEveryMs = 60_000;

/** Of all incidents together, because they are looked through each minute; a trace of the largest theft holds a tenth of this. */
const watchedMax = 100_000;

const source = 'desk';

/** Comparisons that nobody has to ask for: every new incident and watched address, with every partner that agreed. */
export interface Overlaps {
  readonly context: OverlapContext;
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

export function createOverlaps(options: {
  readonly context: PartnerContext;
  readonly folder: string;
  readonly directory: Directory;
  readonly log: Log;
  readonly onChange: () => void;
}): Overlaps {
  const { folder, directory, log, onChange } = options;
  const calculator = createCalculator();
  let secret: Uint8Array | null = null;
  const context: OverlapContext = {
    ...options.context,
    // The operator may set other policies and keys meanwhile: they are read anew.
    get policies() {
      return options.context.policies;
    },
    log,
    changed: onChange,
    overlap: {
      calculator,
      folder: path.join(folder, 'overlap'),
      get secret() {
        secret ??= openSecret(folder, 'overlap.key');
        return secret;
      },
      memory: noMemory(),
    },
  };
  let worker: Worker | null = null;
  const before = { entries: '' };
  return {
    context,
    wake: () => {
      entriesChanged(context);
      worker?.wake();
    },
    start: () => {
      worker ??= startWorker({
        name: 'overlap',
        everyMs: lookEveryMs,
        clock: context.clock,
        log,
        work: (signal) => look(context, directory, before, signal),
      });
    },
    stop: async () => {
      await worker?.stop();
      await calculator.close();
    },
  };
}

async function look(
  context: OverlapContext,
  directory: Directory,
  before: { entries: string },
  signal: AbortSignal,
): Promise<'more' | 'idle'> {
  const { records, clock } = context;
  await tidyOverlaps(context);
  // Who compares with nobody keeps no list.
  if ((await allTerms(records)).size === 0) return 'idle';
  const entries = await entriesOfDesk(context, directory);
  const now = sha256Hex(JSON.stringify(entries));
  if (now !== before.entries) {
    const ids = entries.map(({ id }) => id);
    await records.transaction(async (tx) => {
      await removeOthers(tx, clock, source, ids);
      await keepEntries(tx, clock, source, true, entries);
    });
    entriesChanged(context);
    before.entries = now;
  }
  await refreshOwnList(context);
  await readReturns(context);
  return (await askEveryone(context, overlapTerms.automatic.en, signal)) ? 'more' : 'idle';
}

/** What the desk itself works on: its own incidents, who received their value and where it lies, and what somebody has watched. */
async function entriesOfDesk({ records, clock, desk }: OverlapContext, directory: Directory): Promise<Entry[]> {
  const own = (await listIncidents(records, directory)).filter(isOwn);
  const named = new Map<string, { readonly it: Named; readonly reference: string | null }>();
  const add = (it: Named, reference: string | null) => {
    const key = `${it.kind} ${it.within} ${it.text}`;
    if (!named.has(key)) named.set(key, { it, reference });
  };
  for (const { id, chain, txids, addresses = [] } of own) {
    for (const txid of txids) add({ kind: 'transaction', text: txid, within: chain }, id);
    for (const { address, role } of addresses)
      if (role === 'destination') add({ kind: 'address', text: address, within: chain }, id);
  }
  for (const { chain, address, incident } of await watchedFor(
    records,
    own.map(({ id }) => id),
    watchedMax,
  ))
    add({ kind: 'address', text: address, within: chain }, incident);
  for (const watch of await standingWatches(records, clock))
    if (watch.kind === 'address' && watch.address !== null && drillKinOf(watch.chain) === null)
      add({ kind: 'address', text: watch.address, within: watch.chain }, null);
  return [...named.values()].flatMap(({ it, reference }) => {
    const identifier = identifierOf(it, chainForms);
    if (identifier === null) return [];
    const id = `desk ${nameOf(identifier)}`;
    return [{ id, identifier, disclosure: 'contact' as const, contact: desk.name.en, reference }];
  });
}

/** Not a partner's, and no exercise. */
const isOwn = ({ origin, chain, drill }: Incident): boolean =>
  origin === null && drill !== true && drillKinOf(chain) === null;
