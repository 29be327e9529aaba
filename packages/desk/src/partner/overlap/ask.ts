import { randomUUID } from 'node:crypto';
import { fillText, overlapTerms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import {
  type Asking,
  amongValues,
  asMarked,
  type EpochKeys,
  isListed,
  type Known,
  type List,
  messageDigest,
  type Note,
  noteOf,
  pack,
  QUESTIONS_MAX,
  takeTold,
  tell,
  unpack,
} from '../../overlap/index.ts';
import { introduction } from '../../sharing/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import { type Partner, partyOf } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { entriesAbout, entriesNamed, type StoredEntry, waitingFor } from './entry.store.ts';
import { askingFrom, keptAsking } from './kept.ts';
import { keepKnown, keepMatch, knownUnder } from './known.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import { currentKeys } from './own-list.ts';
import { roomFor } from './pace.ts';
import { partnerList } from './partner-list.ts';
import { rememberCommitment } from './remember.ts';
import { addSession, endSession, noteMessages, noteTelling, openSessions, repliesKeptMs } from './session.store.ts';
import { termsWith } from './terms.store.ts';
import { inTurn } from './turns.ts';
import type { State } from './wire.ts';

/** Why something is asked: it is signed with the questions and kept on both sides. */
export interface Reason {
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly by: string;
}

export interface AskResult {
  readonly session: string | null;
  /** Questions, filler included: what the partner saw and counted. */
  readonly asked: number;
  readonly found: readonly { readonly entry: StoredEntry; readonly note: Note | null }[];
}

const { over } = overlapTerms;
const nothing: AskResult = { session: null, asked: 0, found: [] };

/** So many claims with the longest notes are under 512 kB as a signed message, which is what the door takes (`askBytesMax`). */
const claimsPerTell = 100;

/**
 * Compares these entries with a partner; at most `QUESTIONS_MAX` at once, and one session with a partner after another. A session
 * that broke off before is carried on first. After a crash at any moment it is repeated with the same questions, which the
 * partner answers with the same bytes and does not charge again.
 */
export async function askPartner(
  context: OverlapContext,
  partner: Partner,
  entries: readonly StoredEntry[],
  reason: Reason,
  signal: AbortSignal,
): Promise<AskResult> {
  return inTurnWith(context, partner, async () => {
    const own = await currentKeys(context);
    const state = await greet(context, partner, own, signal);
    await carryOn(context, partner, own, state, signal);
    return begin(context, partner, entries, reason, own, state, signal);
  });
}

/**
 * What has no answer of the partner yet, as much as one session takes and its quota leaves; and its list, brought up to date. Where
 * the partner said when to come back, nothing is asked before.
 */
export async function askWaiting(
  context: OverlapContext,
  partner: Partner,
  reason: Reason,
  signal: AbortSignal,
): Promise<AskResult> {
  const { records, clock, overlap } = context;
  const { desk } = partner.card;
  return inTurnWith(context, partner, async () => {
    const own = await currentKeys(context);
    const state = await greet(context, partner, own, signal);
    const isLater = clock.now() < (overlap.memory.later.get(desk) ?? 0);
    if (!isLater) await carryOn(context, partner, own, state, signal);
    await compareKnown(context, partner, state, await partnerList(context, partner, state, signal));
    const room = isLater ? 0 : await roomFor(context, desk, state);
    const waiting = room === 0 ? [] : await waitingFor(records, desk, state.epoch, room);
    return begin(context, partner, waiting, reason, own, state, signal);
  });
}

/** Two sessions at once would both carry on the one that broke off. Nothing is asked, and no key made, before there are terms. */
async function inTurnWith<T>(context: OverlapContext, { card }: Partner, task: () => Promise<T>): Promise<T> {
  if ((await termsWith(context.records, card.desk)) === null)
    throw new GongjoError('overlap-no-terms', { desk: card.desk });
  return inTurn(context.overlap.memory.turns, card.desk, task);
}

async function begin(
  context: OverlapContext,
  partner: Partner,
  entries: readonly StoredEntry[],
  { purpose, legalBasis, by }: Reason,
  own: EpochKeys,
  state: State,
  signal: AbortSignal,
): Promise<AskResult> {
  if (entries.length > QUESTIONS_MAX) throw new RangeError('more entries than one session asks about');
  if (entries.length === 0) return nothing;
  const { records, clock, overlap } = context;
  const { desk } = partner.card;
  const session = randomUUID();
  const about = await entriesAbout(
    records,
    entries.map(({ identifier }) => identifier),
  );
  const asking = await overlap.calculator.run('ask', {
    session,
    theirs: { epoch: state.epoch, publicKey: unpack(state.key) },
    own,
    entries: asMarked(entries, about),
    purpose,
    legalBasis,
  });
  const asked = asking.questions.length;
  if (asked > quotaOf(state))
    throw new GongjoError('overlap-refused', { desk, detail: fillText(over.quota, { count: asked }) });
  await records.transaction(async (tx) => {
    await addSession(tx, clock, {
      ...{ id: session, desk, side: 'asker', asked, purpose, legalBasis, by },
      ourEpoch: own.epoch,
      theirEpoch: state.epoch,
      digests: { ask: messageDigest(asking.ask) },
      kept: keptAsking(asking),
      reply: null,
    });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'overlap.ask',
      subject: session,
      details: { desk, questions: asked, epoch: state.epoch, purpose, legalBasis },
    });
  });
  return run(context, partner, { id: session, asking, by }, own, state, signal);
}

/** As many questions as the partner ever answers in one session. */
const quotaOf = ({ perHour, perDay }: State): number => Math.min(perHour, perDay);

async function greet(context: OverlapContext, partner: Partner, own: EpochKeys, signal: AbortSignal): Promise<State> {
  const hello = { kind: 'hello', epoch: own.epoch, key: pack(own.publicKey) } as const;
  const { said, signed } = await callOverlap(context, partner, 'hello', hello, signal);
  await rememberCommitment(context, partner.card.desk, said.epoch, said.key, signed);
  return said;
}

/** A later list of the partner against what is known already: no question, no charge. */
async function compareKnown(context: OverlapContext, partner: Partner, state: State, list: List): Promise<void> {
  const { records, clock, overlap } = context;
  const { desk } = partner.card;
  if (overlap.memory.compared.get(desk) === state.list) return;
  const found = amongValues(await knownUnder(records, desk, state.epoch), list.values);
  await records.transaction(async (tx) => {
    for (const { entry } of found) await keepMatch(tx, clock, { desk, entry: entry.id, found: true });
  });
  overlap.memory.compared.set(desk, state.list);
}

/**
 * Sessions that broke off. Over is what belongs to an epoch that ended, what the partner does not keep its answer to any more, and
 * what is more than it answers in an hour since its terms were changed.
 */
async function carryOn(
  context: OverlapContext,
  partner: Partner,
  own: EpochKeys,
  state: State,
  signal: AbortSignal,
): Promise<void> {
  const { records, clock } = context;
  for (const session of await openSessions(records, partner.card.desk)) {
    const { id, desk, kept, by, asked, theirEpoch, ourEpoch, startedAt } = session;
    const why =
      kept === null || theirEpoch !== state.epoch || ourEpoch !== own.epoch
        ? over.epoch
        : Date.parse(startedAt) < clock.now() - repliesKeptMs
          ? over.unanswered
          : asked > quotaOf(state)
            ? fillText(over.quota, { count: asked })
            : null;
    if (kept !== null && why === null) {
      const again = { id, asking: askingFrom(kept), by };
      await run(context, partner, again, own, state, signal).catch((thrown: unknown) => {
        // What was refused is over, with its problem, and keeps nothing else from being asked.
        const isOver = thrown instanceof GongjoError && thrown.code !== 'partner-unreachable';
        if (!isOver || thrown instanceof ComeBackLater) throw thrown;
      });
    } else {
      const past = new GongjoError('overlap-refused', { desk, detail: why ?? '' });
      await records.transaction((tx) => endSession(tx, clock, id, past.problem));
    }
  }
}

async function run(
  context: OverlapContext,
  partner: Partner,
  { id, asking, by }: { readonly id: string; readonly asking: Asking; readonly by: string },
  own: EpochKeys,
  state: State,
  signal: AbortSignal,
): Promise<AskResult> {
  const { records, clock, overlap, changed } = context;
  const { desk } = partner.card;
  try {
    const { said: answer } = await callOverlap(context, partner, 'ask', asking.ask, signal);
    const current = answer.list === state.list ? state : await greet(context, partner, own, signal);
    const list = await partnerList(context, partner, current, signal);
    const { reverseCount } = state;
    const compared = await overlap.calculator.run('compare', asking, answer, { list, own, reverseCount });
    if (compared.fault === 'proof') throw new GongjoError('overlap-proof-invalid', { desk });
    if (compared.fault !== null) throw new GongjoError('overlap-refused', { desk, detail: compared.fault });
    const { found, known, reply } = compared;
    await records.transaction(async (tx) => {
      await keepKnown(tx, desk, state.epoch, known);
      for (const { entry } of found) await keepMatch(tx, clock, { desk, entry: entry.id, found: true, session: id });
      await noteMessages(tx, id, {
        digests: { answer: messageDigest(answer), return: messageDigest(reply) },
        list: answer.list,
        wentBack: reverseCount,
        overlaps: found.length,
      });
    });
    await callOverlap(context, partner, 'return', reply, signal);
    const notes = await tellFound(context, partner, { id, by }, found, signal);
    await records.transaction((tx) => endSession(tx, clock, id, null));
    const entries = new Map(
      (
        await entriesNamed(
          records,
          found.map(({ entry }) => entry.id),
        )
      ).map((it) => [it.id, it]),
    );
    return {
      session: id,
      asked: asking.questions.length,
      found: found.flatMap(({ entry }) => {
        const stored = entries.get(entry.id);
        return stored === undefined ? [] : [{ entry: stored, note: notes.get(entry.id) ?? null }];
      }),
    };
  } catch (thrown) {
    // What the partner refused is over; what did not arrive, and what it has no time for now, is tried again.
    if (thrown instanceof ComeBackLater) overlap.memory.later.set(desk, clock.now() + thrown.retryAfterS * 1000);
    else if (thrown instanceof GongjoError && thrown.code !== 'partner-unreachable')
      await records.transaction((tx) => endSession(tx, clock, id, thrown.problem));
    throw thrown;
  } finally {
    changed();
  }
}

/**
 * Tells what was found, a hundred at a time, as its owners let be told by now: an entry may have become silent since it was asked.
 * What is silent is left out before it is divided, so that it does not show in how many messages there are.
 */
async function tellFound(
  context: OverlapContext,
  partner: Partner,
  { id, by }: { readonly id: string; readonly by: string },
  found: readonly Known[],
  signal: AbortSignal,
): Promise<Map<string, Note | null>> {
  const { records, clock } = context;
  const { desk } = partner.card;
  const entries = found.map(({ entry }) => entry);
  const about = await entriesAbout(
    records,
    entries.map(({ identifier }) => identifier),
  );
  const marked = new Map(asMarked(entries, about).map((it) => [it.id, it]));
  const listed = found
    .map(({ entry, output }) => ({ entry: marked.get(entry.id) ?? entry, output }))
    .filter(({ entry }) => isListed(entry));
  // No policy means no: then nothing is claimed, and the partner learns what its own comparison shows it.
  const claims = introduction(context, partyOf(partner), id).kind === 'release' ? listed : [];
  const notes = new Map<string, Note | null>();
  for (let at = 0; at === 0 || at < claims.length; at += claimsPerTell) {
    const { message, told } = tell(id, claims.slice(at, at + claimsPerTell));
    // On record before it is said: it may be heard and its answer lost.
    await records.transaction(async (tx) => {
      for (const { entry } of told)
        await keepMatch(tx, clock, { desk, entry: entry.id, found: true, told: noteOf(entry), session: id });
      const isNew = await noteTelling(tx, id, messageDigest(message), null);
      if (isNew === true && told.length > 0)
        await recordAudit(tx, clock, {
          actor: by,
          action: 'overlap.told',
          subject: id,
          details: { desk, notes: told.length },
        });
    });
    const { said } = await callOverlap(context, partner, 'tell', message, signal);
    const taken = takeTold(id, told, said);
    if (taken.fault !== null) throw new GongjoError('overlap-refused', { desk, detail: taken.fault });
    await records.transaction(async (tx) => {
      for (const { entry, note } of taken.notes)
        await keepMatch(tx, clock, { desk, entry: entry.id, found: true, theirNote: note, session: id });
      await noteTelling(tx, id, messageDigest(message), messageDigest(said));
    });
    for (const { entry, note } of taken.notes) notes.set(entry.id, note);
  }
  return notes;
}
