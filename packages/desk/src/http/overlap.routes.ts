import { randomUUID } from 'node:crypto';
import { type OverlapAnswer, type OverlapItem, zOverlapAsk, zOverlapEntries, zOverlapTerms } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { chainForms } from '../ledger/index.ts';
import { type Entry, type Identifier, identifierOf, nameOf } from '../overlap/index.ts';
import {
  allTerms,
  answerOverlap,
  askBytesMax,
  askPartner,
  dropOverlapTerms,
  entriesNamed,
  itemOf,
  keepEntries,
  keepOverlapTerms,
  matchViews,
  overlapSteps,
  overlapView,
  type Partner,
  partnerNamed,
  removeEntries,
  rotateEpoch,
} from '../partner/index.ts';
import { sha256Hex } from '../platform/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { sealedDoor } from './sealed-door.ts';
import { viewerOf } from './viewer.ts';

/** Throws `input-invalid`, naming each item that is nothing of its kind: a typing error must not pass for "no overlap". */
function identifiersOf(items: readonly OverlapItem[]) {
  const read = items.map(({ kind, text, within }) =>
    identifierOf({ kind, text, ...(within === undefined ? {} : { within }) }, chainForms),
  );
  const wrong = items.flatMap((it, at) => (read[at] === null ? [`items.${at}: no ${it.kind}: ${it.text}`] : []));
  if (wrong.length > 0) throw new GongjoError('input-invalid', { detail: wrong.join('; ').slice(0, 500) });
  return read.flatMap((it) => it ?? []);
}

/** An entry's own name, by its source and what it names. */
const entryId = (source: string, identifier: Identifier): string =>
  `${source}-${sha256Hex(nameOf(identifier)).slice(0, 24)}`;

export const zAbout = z.strictObject({ reference: z.string().min(1).max(500) });

/** What people do with comparisons. */
export function overlapRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, overlap } = context;

  api.get('/api/overlap', async (request) => {
    return overlapView(overlap.context, seen(request));
  });

  api.get('/api/overlap/matches', async (request) => {
    const { reference } = parseInput(zAbout, request.query);
    return { matches: await matchViews(seen(request), reference) };
  });

  api.post('/api/overlap/asks', async (request) => {
    const viewer = viewerOf(request);
    const by = viewer.name;
    const { desk, items, purpose, legalBasis, disclosure } = parseInput(zOverlapAsk, request.body);
    const source = `ask-${randomUUID()}`;
    const contact = `${overlap.context.desk.name.en}: ${by}`;
    const entries: Entry[] = identifiersOf(items).map((identifier) => ({
      id: entryId(source, identifier),
      ...{ identifier, disclosure, contact, reference: null },
    }));
    await records.transaction((tx) => keepEntries(tx, clock, source, false, entries));
    const stored = await entriesNamed(
      records,
      entries.map(({ id }) => id),
    );
    const desks = desk === undefined ? [...(await allTerms(records)).keys()] : [desk];
    const answers: OverlapAnswer[] = [];
    for (const name of desks) {
      try {
        const partner = await partnerNamed(records, name);
        if (partner.state !== 'active') throw new GongjoError('partner-suspended', { desk: name });
        const reason = { purpose, legalBasis: legalBasis ?? partner.legalBasis, by };
        const result = await askPartner(overlap.context, partner, stored, reason, request.signal);
        const found = result.found.map(({ entry, note }) => ({ item: itemOf(entry.identifier), note }));
        answers.push({ desk: name, session: result.session, asked: result.asked, found, problem: null });
      } catch (thrown) {
        // Of several partners one that does not answer keeps nobody from hearing the others.
        if (desk !== undefined || !(thrown instanceof GongjoError)) throw thrown;
        answers.push({ desk: name, session: null, asked: 0, found: [], problem: thrown.problem });
      }
    }
    return { answers };
  });

  api.post('/api/overlap/entries', async (request, reply) => {
    const by = viewerOf(request).name;
    const { items, disclosure, contact, reference } = parseInput(zOverlapEntries, request.body);
    const entries = identifiersOf(items).map((identifier) => ({
      id: entryId('hand', identifier),
      ...{ identifier, disclosure, contact, reference },
    }));
    // What is listed for a matter that is hidden from this person stays as it is.
    const ids = entries.map(({ id }) => id);
    const shown = new Set((await entriesNamed(seen(request), ids)).map(({ id }) => id));
    const hidden = new Set((await entriesNamed(records, ids)).flatMap(({ id }) => (shown.has(id) ? [] : [id])));
    const kept = entries.filter(({ id }) => !hidden.has(id));
    await records.transaction(async (tx) => {
      await keepEntries(tx, clock, 'hand', true, kept);
      const details = { entries: kept.length, disclosure };
      await recordAudit(tx, clock, { actor: by, action: 'overlap.listed', subject: 'hand', details });
    });
    overlap.wake();
    return reply.status(201).send({ ids });
  });

  api.delete<{ Params: { id: string } }>('/api/overlap/entries/:id', async (request, reply) => {
    const by = viewerOf(request).name;
    const { id } = request.params;
    if ((await entriesNamed(seen(request), [id])).length === 0) throw new GongjoError('not-found');
    const removed = await records.transaction(async (tx) => {
      const count = await removeEntries(tx, clock, [id]);
      if (count > 0) await recordAudit(tx, clock, { actor: by, action: 'overlap.unlisted', subject: id, details: {} });
      return count;
    });
    if (removed === 0) throw new GongjoError('not-found');
    overlap.wake();
    return reply.status(204).send();
  });

  api.post('/api/overlap/epoch', async (request) => {
    await rotateEpoch(overlap.context, viewerOf(request).name);
    overlap.wake();
    return overlapView(overlap.context, seen(request));
  });

  api.post<{ Params: { desk: string } }>('/api/overlap/terms/:desk', async (request) => {
    const by = viewerOf(request).name;
    const terms = parseInput(zOverlapTerms, request.body);
    const { desk } = (await partnerNamed(records, request.params.desk)).card;
    await records.transaction(async (tx) => {
      await keepOverlapTerms(tx, clock, desk, terms, by);
      await recordAudit(tx, clock, { actor: by, action: 'overlap.agreed', subject: desk, details: { ...terms } });
    });
    feed.publish('partners');
    overlap.wake();
    return terms;
  });

  api.delete<{ Params: { desk: string } }>('/api/overlap/terms/:desk', async (request, reply) => {
    const by = viewerOf(request).name;
    const { desk } = request.params;
    await records.transaction(async (tx) => {
      await dropOverlapTerms(tx, desk);
      await recordAudit(tx, clock, { actor: by, action: 'overlap.ended', subject: desk, details: {} });
    });
    feed.publish('partners');
    return reply.status(204).send();
  });
}

/** The doors at which partners compare. */
export function overlapDoor(door: FastifyInstance, context: HttpContext): void {
  const steps = Object.keys(overlapSteps) as (keyof typeof overlapSteps)[];
  sealedDoor(door, context, {
    bytesMax: askBytesMax,
    steps: Object.fromEntries(
      steps.map((step) => [
        step,
        (partner: Partner, message: string) => answerOverlap(context.overlap.context, partner, step, message),
      ]),
    ),
  });
}
