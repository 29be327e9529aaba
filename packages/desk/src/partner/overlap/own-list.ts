import { createHmac } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import {
  type EpochKeys,
  isListed,
  type Lost,
  listBytes,
  listId,
  nameOf,
  type Published,
  pack,
  sortedValues,
  strictestEach,
} from '../../overlap/index.ts';
import type { OverlapContext } from './context.ts';
import { entriesOf, keepValues, valuesOf } from './entry.store.ts';
import { keepEpoch, keepPublished, lastPublished, listEpochs } from './epoch.store.ts';
import { keepFile, readFile, removeFiles } from './list-file.store.ts';
import { inTurn } from './turns.ts';

/** So many versions are kept to make differences from; a partner that slept longer takes the whole list. */
const versionsKept = 8;

export const ownFile = (epoch: number, serial: number): string => `own-${epoch}-${serial}.list`;

/** The key of an epoch: derived, so that a backup of the records alone cannot be searched. */
async function keysOf({ overlap }: OverlapContext, epoch: number): Promise<EpochKeys> {
  const { memory, calculator, secret } = overlap;
  const known = memory.keys.get(epoch);
  if (known !== undefined) return known;
  const seed = new Uint8Array(createHmac('sha256', secret).update(`gongjo overlap epoch ${epoch}`).digest());
  const keys = await calculator.run('keys', seed, epoch);
  memory.keys.set(epoch, keys);
  return keys;
}

/** The key in force; the first one is made at the first asking. */
export async function currentKeys(context: OverlapContext): Promise<EpochKeys> {
  const { records, clock } = context;
  const [current] = await listEpochs(records);
  const keys = await keysOf(context, current?.epoch ?? 1);
  if (current === undefined) await records.transaction((tx) => keepEpoch(tx, clock, 1, pack(keys.publicKey)));
  return keys;
}

/** A new key from now on: all that partners hold of the old one is worthless for what comes. */
export async function rotateEpoch(context: OverlapContext, by: string): Promise<EpochKeys> {
  const { records, clock } = context;
  return inOwnTurn(context, async () => {
    const before = await currentKeys(context);
    const keys = await keysOf(context, before.epoch + 1);
    await records.transaction(async (tx) => {
      await keepEpoch(tx, clock, keys.epoch, pack(keys.publicKey));
      await recordAudit(tx, clock, {
        actor: by,
        action: 'overlap.epoch-rotated',
        subject: String(keys.epoch),
        details: { publicKey: pack(keys.publicKey) },
      });
    });
    return keys;
  });
}

/** Brings the list up to what is to be compared. Answers the list in force; another serial only where something changed. */
export async function refreshOwnList(context: OverlapContext): Promise<Published> {
  return inOwnTurn(context, async () => {
    const keys = await currentKeys(context);
    const { memory } = context.overlap;
    if (!memory.isStale && memory.published?.list.header.epoch === keys.epoch) return memory.published;
    memory.isStale = false;
    try {
      return await madeAnew(context, keys);
    } catch (thrown) {
      memory.isStale = true;
      throw thrown;
    }
  });
}

async function madeAnew(context: OverlapContext, keys: EpochKeys): Promise<Published> {
  const { records, clock, overlap } = context;
  const all = strictestEach(await entriesOf(records, { listed: true }));
  const known = await valuesOf(records, keys.epoch);
  const missing = all.map(({ identifier }) => identifier).filter((it) => !known.has(nameOf(it)));
  if (missing.length > 0) {
    const values = await overlap.calculator.values(keys.secretKey, missing);
    await records.transaction((tx) => keepValues(tx, keys.epoch, missing, values));
    for (const [at, it] of missing.entries()) known.set(nameOf(it), values[at] ?? 0n);
  }
  const entries = sortedValues(all.filter(isListed).flatMap(({ identifier }) => known.get(nameOf(identifier)) ?? []));
  const before = await inForce(context, keys);
  if (before !== null && isSameRow(before.entries, entries)) return before;
  const next = await overlap.calculator.run('publish', keys, entries, before ?? (await lostOf(context, keys)));
  const { epoch, serial } = next.list.header;
  keepFile(overlap.folder, ownFile(epoch, serial), listBytes(next.list));
  await records.transaction((tx) =>
    keepPublished(tx, clock, {
      epoch,
      serial,
      listId: pack(listId(next.list.header)),
      entries: next.entries.length,
      padding: next.padding,
    }),
  );
  overlap.memory.published = next;
  const kept = new Set(Array.from({ length: versionsKept }, (_, back) => ownFile(epoch, serial - back)));
  removeFiles(overlap.folder, (file) => file.startsWith('own-') && !kept.has(file));
  return next;
}

/** The list that partners compare with at the moment. */
export async function currentList(context: OverlapContext): Promise<{ keys: EpochKeys; published: Published }> {
  const keys = await currentKeys(context);
  const published = (await inForce(context, keys)) ?? (await refreshOwnList(context));
  return published.list.header.epoch === keys.epoch ? { keys, published } : currentList(context);
}

async function inForce({ records, overlap }: OverlapContext, keys: EpochKeys): Promise<Published | null> {
  if (overlap.memory.published?.list.header.epoch === keys.epoch) return overlap.memory.published;
  const facts = await lastPublished(records, keys.epoch);
  const bytes = facts && readFile(overlap.folder, ownFile(facts.epoch, facts.serial));
  // A list that was lost is made again under the next serial; partners then take it whole.
  const read = bytes && (await overlap.calculator.run('read', bytes));
  if (!facts || !read?.list || pack(listId(read.list.header)) !== facts.listId) return null;
  const restored = await overlap.calculator.run('restore', keys, read.list, facts.padding);
  // Meanwhile the next one may have been made.
  if (overlap.memory.published?.list.header.epoch !== keys.epoch) overlap.memory.published = restored;
  return overlap.memory.published;
}

/** What the record says of a list whose file is gone or another's. */
async function lostOf({ records }: OverlapContext, { epoch }: EpochKeys): Promise<Lost | null> {
  const facts = await lastPublished(records, epoch);
  if (facts === null) return null;
  const { serial, entries, padding } = facts;
  return { serial, total: entries + padding.count, padding };
}

const isSameRow = (a: BigUint64Array, b: BigUint64Array): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at]);

/** What is done with the own list, one thing after another. No desk has this name. */
const inOwnTurn = <T>({ overlap }: OverlapContext, task: () => Promise<T>): Promise<T> =>
  inTurn(overlap.memory.turns, 'own list', task);
