import {
  type AskedHold,
  type AskedHoldSummary,
  type HoldAsked,
  type HoldCarriage,
  type HoldGiving,
  type HoldProgress,
  type HoldTelling,
  type HoldTold,
  type HoldWord,
  holdDeskTerms,
  holdParcelBytesMax,
  holdWordsMax,
  type Text,
  zHoldWord,
} from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import { type Clock, type Db, type HoldSettings, type Random, sha256Hex } from '../../platform/index.ts';
import { deskIdentityId, holdToldId } from '../../stix/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import { happenedOf } from './answer.ts';
import {
  askedDocumentsHere,
  findAsked,
  keepAsked,
  keepAskedDocument,
  keepWord,
  listAsked,
  readAskedDocument,
  type StoredAsked,
  type StoredWord,
  wordsOf,
} from './asked.store.ts';
import { clocksOf } from './clocks.ts';
import { mediaTypes } from './documents.ts';
import { findPartnerHold } from './parallel.store.ts';
import { afterHappening, type HoldTerms, momentOf, notBegun } from './progress.ts';
import { mayHappen } from './states.ts';

/** Hold requests that partners make to this desk: where they stand by what was said here, and what people here say to them. */

interface Ours {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: { readonly desk: HoldTold['desk'] };
}

/** Of the events of the table those that the side that is asked may say. */
const ourEvents: ReadonlySet<string> = new Set([
  'acknowledge',
  'hold-part',
  'hold-full',
  'extend',
  'release',
  'refuse',
]);

const termsOfAsked = ({ facts }: HoldAsked): HoldTerms => ({
  amounts: facts.amounts,
  days: facts.days,
  courtesyDays: null,
  // What ends is what this desk says.
  endsOtherwise: true,
  approvalsNeeded: 1,
});

/**
 * Where a request stands by this desk's words, those left out that the other side has refused, and those that nothing is left to
 * stand on without them.
 */
export function standingOfAsked({ asked, receivedAt }: StoredAsked, words: readonly StoredWord[]): HoldProgress {
  const terms = termsOfAsked(asked);
  let progress: HoldProgress = { ...notBegun, state: 'sent', sentAt: receivedAt };
  for (const { told, problem } of words) {
    if (problem !== null || told.round !== asked.round || told.what.event === 'file') continue;
    const at = told.at < receivedAt ? receivedAt : told.at;
    progress = afterWordIf(progress, terms, told.what, { at, by: told.desk });
  }
  return progress;
}

/** What it is after a word; as it was, where that word has no place. */
function afterWordIf(
  before: HoldProgress,
  terms: HoldTerms,
  what: Exclude<HoldWord, { event: 'file' }>,
  saying: { readonly at: string; readonly by: string },
): HoldProgress {
  try {
    return afterHappening(before, terms, happenedOf(terms, what, saying));
  } catch (thrown) {
    if (thrown instanceof GongjoError) return before;
    throw thrown;
  }
}

/** A partner's request has come. False where it was here. */
export async function takeAsked(
  tx: Db,
  { clock }: Pick<Ours, 'clock'>,
  asked: Omit<StoredAsked, 'receivedAt'>,
): Promise<boolean> {
  if (!(await keepAsked(tx, clock, asked))) return false;
  const { hold, round, documents } = asked.asked;
  await recordAudit(tx, clock, {
    actor: `desk:${asked.desk}`,
    action: 'hold.asked',
    subject: hold,
    details: { object: asked.object, round, documents: documents.map(({ name, sha256 }) => ({ name, sha256 })) },
  });
  return true;
}

/** A document of a partner's request has come, and is the one that was named. */
export async function takeAskedDocument(
  tx: Db,
  context: Pick<Ours, 'clock' | 'random'>,
  { desk, asked: { hold, documents } }: StoredAsked,
  content: Uint8Array,
): Promise<void> {
  const document = documents.find(({ sha256 }) => sha256 === sha256Hex(content));
  if (!document) throw new GongjoError('hold-answer-false', { id: hold, detail: holdDeskTerms.fault.noFile });
  if (!(await keepAskedDocument(tx, context.clock, { desk, hold, content }))) return;
  await takeIntoCustody(tx, context, {
    ...{ direction: 'in', name: document.name, mediaType: mediaTypes[document.form], bytes: content },
    ...{ who: `desk:${desk}`, why: `${hold} asked by ${desk}`, asked: { desk, id: hold } },
  });
}

/** Throws `not-found`. */
async function askedNamed(db: Db, desk: string, id: string, lock = false): Promise<StoredAsked> {
  const found = await findAsked(db, desk, id, lock);
  if (!found) throw new GongjoError('not-found');
  return found;
}

/** A person here answers. Throws what an answer that a person enters by hand throws. */
export async function tellAsker(
  tx: Db,
  ours: Ours,
  { desk, id }: { readonly desk: string; readonly id: string },
  what: HoldTelling,
  by: string,
): Promise<void> {
  const stored = await askedNamed(tx, desk, id, true);
  const words = await wordsOf(tx, { from: stored.asked.from, desk: ours.desk.desk, hold: id });
  const progress = standingOfAsked(stored, words);
  const at = momentOf(progress, ours.clock.now());
  const terms = termsOfAsked(stored.asked);
  const after = afterHappening(progress, terms, happenedOf(terms, what, { at, by }));
  await say(tx, ours, { stored, words, at, what, by, content: null });
  const { event, ...said } = what;
  const facts = Object.entries(said).filter(([key]) => key !== 'note' && key !== 'reason');
  await recordAudit(tx, ours.clock, {
    actor: by,
    action: 'hold.told',
    subject: id,
    details: { to: desk, event, state: after.state, ...Object.fromEntries(facts) },
  });
}

/** A person here gives a file. Throws `hold-file-empty`, `hold-file-too-large`, `hold-file-differs`, `hold-file-known`. */
export async function giveToAsker(
  tx: Db,
  ours: Ours,
  { desk, id }: { readonly desk: string; readonly id: string },
  {
    kind,
    name,
    mediaType,
    note,
    content,
    sha256: wanted,
  }: Omit<HoldGiving, 'base64'> & { readonly content: Uint8Array },
  by: string,
): Promise<void> {
  const stored = await askedNamed(tx, desk, id, true);
  const words = await wordsOf(tx, { from: stored.asked.from, desk: ours.desk.desk, hold: id });
  const bytes = content.length;
  if (bytes === 0) throw new GongjoError('hold-file-empty', { name });
  if (bytes > holdParcelBytesMax)
    throw new GongjoError('hold-file-too-large', { name, bytes, limit: holdParcelBytesMax });
  const sha256 = sha256Hex(content);
  if (wanted !== undefined && wanted !== sha256)
    throw new GongjoError('hold-file-differs', { name, found: sha256, wanted });
  const known = words.find(
    ({ told, problem }) => problem === null && told.what.event === 'file' && told.what.sha256 === sha256,
  );
  if (known?.told.what.event === 'file')
    throw new GongjoError('hold-file-known', { name: known.told.what.name, at: known.enteredAt });
  const at = momentOf(standingOfAsked(stored, words), ours.clock.now());
  const what = zHoldWord.parse({ event: 'file', kind, name, mediaType, bytes, sha256, ...(note && { note }) });
  await say(tx, ours, { stored, words, at, what, by, content });
  await takeIntoCustody(tx, ours, {
    ...{ direction: 'out', name, mediaType, bytes: content, who: by },
    // What it is stands with the request; the note is text of a case.
    ...{ why: `${id} ${kind} to ${desk}`, asked: { desk, id } },
  });
  await recordAudit(tx, ours.clock, {
    actor: by,
    action: 'hold.file-given',
    subject: id,
    details: { to: desk, kind, sha256, bytes },
  });
}

interface Said {
  readonly stored: StoredAsked;
  readonly words: readonly StoredWord[];
  readonly at: string;
  readonly what: HoldWord;
  readonly by: string;
  readonly content: Uint8Array | null;
}

async function say(tx: Db, { clock, desk }: Ours, { stored, words, at, what, by, content }: Said): Promise<void> {
  const { hold, from, round } = stored.asked;
  const n = (words.at(-1)?.told.n ?? 0) + 1;
  if (n > holdWordsMax) throw new GongjoError('partner-request-full', { limit: holdWordsMax });
  const told: HoldTold = { hold, from, desk: desk.desk, round, n, at, what };
  const object = holdToldId(deskIdentityId(desk.desk), told);
  const word = { told, object, tlp: stored.tlp, by, enteredAt: instant(clock.now()), problem: null };
  await keepWord(tx, word, content);
}

/** What a page needs that cases do not know: who the partners are, and how words fare on their way. */
export interface AskedLooking {
  readonly us: string;
  readonly clock: Clock;
  readonly settings: HoldSettings;
  readonly nameOf: (db: Db, desk: string) => Promise<Text>;
  readonly carriageOf: (db: Db, desk: string, object: string) => Promise<HoldCarriage>;
}

export async function listAskedHolds(db: Db, looking: AskedLooking): Promise<AskedHoldSummary[]> {
  const all: AskedHoldSummary[] = [];
  for (const stored of await listAsked(db)) {
    const words = await wordsOf(db, { from: stored.asked.from, desk: looking.us as never, hold: stored.asked.hold });
    all.push(await summary(db, looking, stored, words));
  }
  return all;
}

/** Throws `not-found`. */
export async function askedHold(db: Db, looking: AskedLooking, desk: string, id: string): Promise<AskedHold> {
  const stored = await askedNamed(db, desk, id);
  const words = await wordsOf(db, { from: stored.asked.from, desk: looking.us as never, hold: id });
  const here = await askedDocumentsHere(db, desk, id);
  const told: AskedHold['words'] = [];
  for (const { told: word, by, object, problem } of words) {
    const carriage = await looking.carriageOf(db, desk, object);
    told.push({
      n: word.n,
      at: word.at,
      by,
      what: word.what,
      carriage: problem
        ? { state: 'refused', reasons: carriage.reasons.length > 0 ? carriage.reasons : [problem.text] }
        : carriage,
    });
  }
  return {
    ...(await summary(db, looking, stored, words)),
    documents: stored.asked.documents.map(({ name, form, language, bytes, sha256 }) => ({
      ...{ name, form, language, bytes, sha256 },
      here: here.has(sha256),
    })),
    words: told,
    may: mayHappen(standingOfAsked(stored, words).state).filter((event) => ourEvents.has(event)),
    fileBytesMax: holdParcelBytesMax,
  };
}

async function summary(
  db: Db,
  { clock, settings, nameOf }: AskedLooking,
  stored: StoredAsked,
  words: readonly StoredWord[],
): Promise<AskedHoldSummary> {
  const { asked, desk, tlp, receivedAt } = stored;
  const { hold: id, number, title, addressee, facts, drill, acknowledgeHours } = asked;
  const progress = standingOfAsked(stored, words);
  const there = await findPartnerHold(db, desk, id);
  return {
    ...{ id, number, title, facts, tlp, drill, receivedAt },
    desk: { id: desk, name: await nameOf(db, desk) },
    addressee: addressee.name,
    entity: addressee.entity,
    state: progress.state,
    stateThere: there?.state ?? null,
    held: progress.held,
    expiresAt: progress.expiresAt,
    clocks: clocksOf(progress, { ...settings, acknowledgeHours }, instant(clock.now())),
  };
}

/** A document of a partner's request, as it came; that it was read is recorded. Throws `not-found`, `hold-file-damaged`. */
export async function readAsked(
  tx: Db,
  { clock }: Pick<Ours, 'clock'>,
  { desk, id, name }: { readonly desk: string; readonly id: string; readonly name: string },
  by: string,
): Promise<{ readonly name: string; readonly mediaType: string; readonly content: Buffer }> {
  const { asked } = await askedNamed(tx, desk, id);
  const document = asked.documents.find((it) => it.name === name);
  if (!document || !(await askedDocumentsHere(tx, desk, id)).has(document.sha256)) throw new GongjoError('not-found');
  const content = await readAskedDocument(tx, desk, id, document.sha256);
  if (!content) throw new GongjoError('hold-file-damaged', { name });
  await recordAudit(tx, clock, {
    actor: by,
    action: 'hold.asked-document-read',
    subject: id,
    details: { desk, name, sha256: document.sha256 },
  });
  return { name, mediaType: mediaTypes[document.form], content };
}
