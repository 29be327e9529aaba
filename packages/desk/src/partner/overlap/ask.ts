import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import {
  type Asking,
  amongValues,
  type EpochKeys,
  type Known,
  type List,
  messageDigest,
  type Note,
  noteOf,
  pack,
  QUESTIONS_MAX,
  strictestEach,
  takeTold,
  tell,
  unpack,
} from '../../overlap/index.ts';
import { introduction } from '../../sharing/index.ts';
import { type Partner, partyOf } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { entriesNamed, type StoredEntry, waitingFor } from './entry.store.ts';
import { keepKnown, keepMatch, knownUnder } from './known.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import { currentKeys } from './own-list.ts';
import { partnerList } from './partner-list.ts';
import { rememberCommitment } from './remember.ts';
import { addSession, endSession, noteMessages, openSessions } from './session.store.ts';
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

const nothing: AskResult = { session: null, asked: 0, found: [] };

/**
 * Compares these entries with a partner; at most `QUESTIONS_MAX` at once. A session that broke off before is carried on first. After
 * a crash at any moment it is repeated with the same questions, which the partner answers with the same bytes and does not
 * charge again.
 */
export async function askPartner(
  context: OverlapContext,
  partner: Partner,
  entries: readonly StoredEntry[],
  reason: Reason,
  signal: AbortSignal,
): Promise<AskResult> {
  const own = await currentKeys(context);
  const state = await greet(context, partner, own, signal);
  await carryOn(context, partner, own, state, signal);
  return begin(context, partner, entries, reason, own, state, signal);
}

/** What has no answer of the partner yet, as much as one session takes; and its list, brought up to date. */
export async function askWaiting(
  context: OverlapContext,
  partner: Partner,
  reason: Reason,
  signal: AbortSignal,
): Promise<AskResult> {
  const { records } = context;
  const own = await currentKeys(context);
  const state = await greet(context, partner, own, signal);
  await carryOn(context, partner, own, state, signal);
  await compareKnown(context, partner, state, await partnerList(context, partner, state, signal));
  const waiting = await waitingFor(records, partner.card.desk, state.epoch, Math.min(QUESTIONS_MAX, state.perHour));
  return begin(context, partner, waiting, reason, own, state, signal);
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
  const asking = await overlap.calculator.run('ask', {
    session,
    theirs: { epoch: state.epoch, publicKey: unpack(state.key) },
    own,
    entries: strictestEach(entries),
    purpose,
    legalBasis,
  });
  const asked = asking.questions.length;
  await records.transaction(async (tx) => {
    await addSession(tx, clock, {
      ...{ id: session, desk, side: 'asker', asked, purpose, legalBasis, by },
      ourEpoch: own.epoch,
      theirEpoch: state.epoch,
      digests: { ask: messageDigest(asking.ask) },
      kept: JSON.stringify(forKeeping(asking)),
      reply: null,
    });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'overlap.ask',
      subject: session,
      details: { desk, questions: asked, epoch: state.epoch, purpose, legalBasis },
    });
  });
  return run(context, partner, { id: session, asking }, own, state, signal);
}

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

/** Sessions that broke off; what belongs to an epoch that ended is over. */
async function carryOn(
  context: OverlapContext,
  partner: Partner,
  own: EpochKeys,
  state: State,
  signal: AbortSignal,
): Promise<void> {
  const { records, clock } = context;
  for (const { id, desk, kept, theirEpoch, ourEpoch } of await openSessions(records, partner.card.desk)) {
    if (kept !== null && theirEpoch === state.epoch && ourEpoch === own.epoch)
      await run(context, partner, { id, asking: fromKeeping(kept) }, own, state, signal);
    else {
      const past = new GongjoError('overlap-refused', { desk, detail: 'an epoch ended meanwhile' });
      await records.transaction((tx) => endSession(tx, clock, id, past.problem));
    }
  }
}

async function run(
  context: OverlapContext,
  partner: Partner,
  { id, asking }: { readonly id: string; readonly asking: Asking },
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
    const notes = await tellFound(context, partner, id, found, signal);
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
    // What the partner refused is over; what did not arrive is tried again.
    if (thrown instanceof GongjoError && thrown.code !== 'partner-unreachable')
      await records.transaction((tx) => endSession(tx, clock, id, thrown.problem));
    throw thrown;
  } finally {
    changed();
  }
}

async function tellFound(
  context: OverlapContext,
  partner: Partner,
  id: string,
  found: readonly Known[],
  signal: AbortSignal,
): Promise<Map<string, Note | null>> {
  const { records, clock } = context;
  const { desk } = partner.card;
  // No policy means no: then nothing is claimed, and the partner learns what its own comparison shows it.
  const mayTell = introduction(context, partyOf(partner), id).kind === 'release';
  const { message, told } = tell(id, mayTell ? found : []);
  const { said } = await callOverlap(context, partner, 'tell', message, signal);
  const taken = takeTold(id, told, said);
  if (taken.fault !== null) throw new GongjoError('overlap-refused', { desk, detail: taken.fault });
  await records.transaction(async (tx) => {
    for (const { entry, note } of taken.notes)
      await keepMatch(tx, clock, {
        desk,
        entry: entry.id,
        found: true,
        theirNote: note,
        told: noteOf(entry),
        session: id,
      });
    await noteMessages(tx, id, { digests: { tell: messageDigest(message), told: messageDigest(said) } });
  });
  return new Map(taken.notes.map(({ entry, note }) => [entry.id, note]));
}

/** The blinds are secret and are forgotten with the end of the session. */
function forKeeping({ ask, entries, questions }: Asking) {
  const packed = questions.map(({ input, blind, element }) => [pack(input), pack(blind), pack(element)]);
  return { ask, entries, questions: packed };
}

function fromKeeping(kept: string): Asking {
  const { ask, entries, questions } = JSON.parse(kept) as Pick<Asking, 'ask' | 'entries'> & {
    readonly questions: readonly (readonly [string, string, string])[];
  };
  return {
    ask,
    entries,
    questions: questions.map(([input, blind, element]) => ({
      input: unpack(input),
      blind: unpack(blind),
      element: unpack(element),
    })),
  };
}
