import {
  type AskedHold,
  type AskedHoldSummary,
  type DeskId,
  type HoldCarriage,
  type HoldState,
  holdParcelBytesMax,
  type Text,
} from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db, HoldSettings } from '../../platform/index.ts';
import {
  askedDocumentsHere,
  askedKey,
  listAsked,
  readAskedDocument,
  type StoredAsked,
  type StoredWord,
  wordsOf,
  wordsOfAll,
} from './asked.store.ts';
import { askedNamed } from './asked.ts';
import { mayTell, standingOfAsked } from './asked-progress.ts';
import { clocksOf } from './clocks.ts';
import { mediaTypes } from './documents.ts';
import { statesThere } from './parallel.store.ts';

/** Partners' hold requests as people here see them. */

/** What a page needs that cases do not know: who the partners are, and how words fare on their way. */
export interface AskedLooking {
  readonly us: DeskId;
  readonly clock: Clock;
  readonly settings: HoldSettings;
  readonly nameOf: (db: Db, desk: string) => Promise<Text>;
  readonly carriageOf: (db: Db, desk: string, object: string) => Promise<HoldCarriage>;
}

export async function listAskedHolds(db: Db, looking: AskedLooking): Promise<AskedHoldSummary[]> {
  const all = await listAsked(db, looking.us);
  const named = all.map(({ desk, asked }) => ({ desk, id: asked.hold }));
  const words = await wordsOfAll(db, looking.us, named);
  const there = await statesThere(db, named);
  const names = new Map<string, Text>();
  for (const desk of new Set(all.map((it) => it.desk))) names.set(desk, await looking.nameOf(db, desk));
  return all.map((stored) => {
    const { desk, asked } = stored;
    const key = askedKey(desk, asked.hold);
    return summary(looking, stored, {
      name: names.get(desk) ?? { en: desk, ko: desk },
      words: words.get(key) ?? [],
      stateThere: there.get(key) ?? null,
    });
  });
}

/** Throws `not-found`. */
export async function askedHold(db: Db, looking: AskedLooking, desk: string, id: string): Promise<AskedHold> {
  const stored = await askedNamed(db, desk, id);
  const words = await wordsOf(db, { from: stored.asked.from, desk: looking.us, hold: id });
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
    ...summary(looking, stored, {
      name: await looking.nameOf(db, desk),
      words,
      stateThere: (await statesThere(db, [{ desk, id }])).get(askedKey(desk, id)) ?? null,
    }),
    documents: stored.asked.documents.map(({ name, form, language, bytes, sha256 }) => ({
      ...{ name, form, language, bytes, sha256 },
      here: here.has(sha256),
    })),
    words: told,
    may: mayTell(standingOfAsked(stored, words)),
    fileBytesMax: holdParcelBytesMax,
  };
}

interface Known {
  readonly name: Text;
  readonly words: readonly StoredWord[];
  readonly stateThere: HoldState | null;
}

function summary(
  { clock, settings }: Pick<AskedLooking, 'clock' | 'settings'>,
  stored: StoredAsked,
  { name, words, stateThere }: Known,
): AskedHoldSummary {
  const { asked, desk, tlp, receivedAt } = stored;
  const { hold: id, number, title, addressee, facts, drill, acknowledgeHours } = asked;
  const progress = standingOfAsked(stored, words);
  return {
    ...{ id, number, title, facts, tlp, drill, receivedAt, stateThere },
    desk: { id: desk, name },
    addressee: addressee.name,
    entity: addressee.entity,
    state: progress.state,
    held: progress.held,
    expiresAt: progress.expiresAt,
    clocks: clocksOf(progress, { ...settings, acknowledgeHours }, instant(clock.now())),
  };
}

/** A document of a partner's request, as it came; that it was read is recorded. Throws `not-found`, `hold-file-damaged`. */
export async function readAsked(
  tx: Db,
  { clock }: { readonly clock: Clock },
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
