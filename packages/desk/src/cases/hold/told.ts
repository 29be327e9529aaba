import { type HoldTold, holdTerms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { applyAnswer, happenedOf } from './answer.ts';
import { keepWord, noteWordProblem, type StoredWord } from './asked.store.ts';
import type { HoldContext } from './context.ts';
import type { StoredHold } from './hold.store.ts';
import { type HoldMessage, isUnderWay, messagesOf, noteMessage } from './message.store.ts';
import { afterHappening, momentOf } from './progress.ts';
import { listReceived } from './received.store.ts';
import { documentsLeft, noteLeft, noteSent } from './send.ts';
import { maySend } from './states.ts';
import { termsOf } from './terms.ts';

/** What the addressee's own desk says to a request of this desk: it counts as an answer that a person enters, and by the same table. */

/** Whether the request, as it stands, was put on its way to this desk by the exchange. */
export async function wasAskedOf(db: Db, hold: StoredHold, desk: string): Promise<boolean> {
  if (hold.addressee.desk !== desk) return false;
  const messages = await messagesOf(db, hold.id);
  return messages.some(({ channel, target, round }) => channel === 'desk' && target === desk && round === hold.round);
}

/**
 * The request as it stands after a word; the word itself proves that the desk has the request, though its receipt may not have been
 * looked at yet. Throws what an answer by hand throws, and `hold-changed` for a word on another round of approval.
 */
export function afterWord(hold: StoredHold, told: HoldTold, nowMs: number): StoredHold {
  if (told.round !== hold.round) throw new GongjoError('hold-changed');
  const sent = asSent(hold, told, nowMs);
  if (told.what.event === 'file') {
    const { state } = sent.progress;
    if (sent.progress.sentAt !== null) return sent;
    throw new GongjoError('hold-step-forbidden', { state: holdTerms.state[state], event: holdTerms.fileReceived });
  }
  const by = `desk:${told.desk}`;
  const happened = happenedOf(termsOf(sent), told.what, { at: timeOf(sent, told, nowMs), by, desk: told.desk });
  return { ...sent, progress: afterHappening(sent.progress, termsOf(sent), happened) };
}

function asSent(hold: StoredHold, { desk }: HoldTold, nowMs: number): StoredHold {
  if (hold.progress.state !== 'approved') return hold;
  const at = momentOf(hold.progress, nowMs);
  const happened = { kind: 'send' as const, at, by: `desk:${desk}`, way: 'desk' as const, to: desk };
  return { ...hold, progress: afterHappening(hold.progress, termsOf(hold), happened) };
}

/** When it was said, by a clock that may go otherwise than this desk's. */
function timeOf({ progress }: StoredHold, { at }: HoldTold, nowMs: number): string {
  const now = momentOf(progress, nowMs);
  const { sentAt, heldAt } = progress;
  const floor = [sentAt ?? '', heldAt ?? ''].sort().at(-1) ?? '';
  return at > now ? now : at < floor ? floor : at;
}

/**
 * Takes a word that was found to be possible, in the caller's transaction, which has locked the request. Answers the notes that are
 * not to go any more.
 */
export async function takeWord(
  tx: Db,
  context: Pick<HoldContext, 'clock' | 'random'>,
  hold: StoredHold,
  word: Pick<StoredWord, 'told' | 'object' | 'tlp'>,
): Promise<string[]> {
  const { clock } = context;
  const { told, object } = word;
  const by = `desk:${told.desk}`;
  const enteredAt = instant(clock.now());
  if (!(await keepWord(tx, { ...word, by, enteredAt, problem: null }))) return [];
  const standing = await noteArrived(tx, context, hold, told.desk);
  if (told.what.event === 'file') {
    await noteFileNamed(tx, clock, word);
    return [];
  }
  const at = timeOf(standing, told, clock.now());
  return applyAnswer(tx, clock, standing, told.what, { at, by, desk: told.desk, object });
}

/**
 * Whoever answers has the request, though its receipt has not been looked at yet: it was sent; or it left too late, where it was held
 * by what a person entered meanwhile. Nothing where that is known already.
 */
async function noteArrived(
  tx: Db,
  context: Pick<HoldContext, 'clock' | 'random'>,
  hold: StoredHold,
  desk: string,
): Promise<StoredHold> {
  const { id, round, progress } = hold;
  const isItsOwn = (it: HoldMessage) => it.channel === 'desk' && it.target === desk && it.round === round;
  const message = (await messagesOf(tx, id)).find((it) => isItsOwn(it) && isUnderWay(it));
  const documents = await documentsLeft(tx, message ?? { hold: id, round, object: null });
  // Files that have not gone yet follow the note still, or are found not to at the next look.
  if (documents.length === 0 && progress.state !== 'approved') return hold;
  if (message && documents.length > 0) await noteMessage(tx, context.clock, message, null);
  const sent = { way: 'desk' as const, to: desk, by: message?.askedBy ?? 'desk', documents };
  if (maySend(progress.state)) return noteSent(tx, context, hold, sent);
  await noteLeft(tx, context, hold, sent, 'hold.sent-too-late');
  return hold;
}

async function noteFileNamed(
  tx: Db,
  clock: Clock,
  { told, object }: Pick<StoredWord, 'told' | 'object'>,
): Promise<void> {
  if (told.what.event !== 'file') return;
  const { kind, sha256, bytes } = told.what;
  await recordAudit(tx, clock, {
    actor: `desk:${told.desk}`,
    action: 'hold.file-announced',
    subject: told.hold,
    details: { object, kind, sha256, bytes },
  });
}

/** A file that was named and did not come as it should: shown at the request, with what its sender is told. */
export async function noteRefusedFile(
  tx: Db,
  { clock }: { readonly clock: Clock },
  { told, object }: StoredWord,
  { problem }: GongjoError,
): Promise<void> {
  if (told.what.event !== 'file') return;
  const { sha256 } = told.what;
  if ((await listReceived(tx, told.hold)).some((it) => it.sha256 === sha256)) return;
  await noteWordProblem(tx, object, problem);
  await recordAudit(tx, clock, {
    actor: `desk:${told.desk}`,
    action: 'hold.file-refused',
    subject: told.hold,
    details: { object, sha256, code: problem.code },
  });
}

/** A word that cannot be taken: shown at the request, and in the record, and changes nothing. */
export async function noteRefusedWord(
  tx: Db,
  { clock }: { readonly clock: Clock },
  word: Pick<StoredWord, 'told' | 'object' | 'tlp'>,
  { problem }: GongjoError,
): Promise<void> {
  const { told, object } = word;
  const by = `desk:${told.desk}`;
  if (!(await keepWord(tx, { ...word, by, enteredAt: instant(clock.now()), problem }))) return;
  await recordAudit(tx, clock, {
    actor: by,
    action: 'hold.word-refused',
    subject: told.hold,
    details: { object, event: told.what.event, code: problem.code },
  });
}
