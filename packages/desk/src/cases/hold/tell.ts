import {
  type HoldGiving,
  type HoldTelling,
  type HoldTold,
  type HoldWord,
  holdParcelBytesMax,
  holdWordsMax,
  zHoldWord,
} from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db, Random } from '../../platform/index.ts';
import { deskIdentityId, holdToldId } from '../../stix/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import { happenedOf, recordedOf } from './answer.ts';
import { keepWord, type StoredAsked, type StoredWord, wordsOf } from './asked.store.ts';
import { askedNamed } from './asked.ts';
import { standingOfAsked, termsOfAsked } from './asked-progress.ts';
import { checkedFile } from './file.ts';
import { afterHappening, momentOf } from './progress.ts';

/** What people here say to partners' hold requests, and the files that they give. */

interface Ours {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: { readonly desk: HoldTold['desk'] };
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
  await recordAudit(tx, ours.clock, {
    actor: by,
    action: 'hold.told',
    subject: id,
    details: { to: desk, event: what.event, state: after.state, ...recordedOf(what) },
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
  const sha256 = checkedFile({ name, content, sha256: wanted }, holdParcelBytesMax);
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
