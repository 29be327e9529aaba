import { fillText, holdDeskTerms, holdParcelBytesMax, holdsAskedMax, zDeskId } from '@gongjo/contract';
import {
  afterWord,
  countAsked,
  findAsked,
  findHold,
  noteRefusedFile,
  noteRefusedWord,
  noteWordProblem,
  type StoredHold,
  type StoredWord,
  takeAsked,
  takeAskedDocument,
  takeHoldFile,
  takeWord,
  wasAskedOf,
  holdWordsOf as wordsOf,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Db, sha256Hex } from '../platform/index.ts';
import { holdAskedOf, holdToldOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { isBy, noteFaults } from './claims.ts';
import type { Source } from './examine.ts';
import type { HoldParcel } from './hold-parcel.ts';
import type { Party, SharingContext } from './party.ts';
import { stopAsking } from './stop-asking.ts';

/**
 * Says of an object whether it carries a request or an answer that cannot be true – made by another, to another, or an answer to
 * what nobody asked there – or an answer that the table does not provide for; such an answer is kept and shown at the request.
 */
export async function holdDeskFaults(
  tx: Db,
  context: SharingContext,
  source: Source,
  objects: readonly StixObject[],
): Promise<(object: StixObject) => GongjoError | null> {
  const after = new Map<string, StoredHold>();
  const asked = new Set<string>();
  let known: Promise<number> | undefined;
  const before = () => {
    known ??= countAsked(tx, context.desk.desk, source.party.id);
    return known;
  };
  return noteFaults(source, objects, ['hold-asked', 'hold-told'], async (object, claim) =>
    claim === 'hold-asked'
      ? askedFault(tx, context, source.party, object, { before, added: asked })
      : toldFault(tx, context, source.party, object, after),
  );
}

const { fault } = holdDeskTerms;
const untrue = (id: string, why: keyof typeof fault, values: Readonly<Record<string, string | number>> = {}) =>
  new GongjoError('hold-answer-false', { id, detail: fillText(fault[why], values) });

async function askedFault(
  tx: Db,
  { desk }: SharingContext,
  party: Party,
  object: StixObject,
  { before, added }: { readonly before: () => Promise<number>; readonly added: Set<string> },
): Promise<GongjoError | null> {
  const asked = holdAskedOf(object);
  if (!asked) return untrue(object.id, 'name');
  if (asked.from !== party.id || asked.to !== desk.desk)
    return untrue(asked.hold, 'between', { from: asked.from, to: asked.to });
  if (added.has(asked.hold) || (await findAsked(tx, party.id, asked.hold))) return null;
  if ((await before()) + added.size >= holdsAskedMax)
    return new GongjoError('holds-asked-full', { limit: holdsAskedMax });
  added.add(asked.hold);
  return null;
}

async function toldFault(
  tx: Db,
  context: SharingContext,
  party: Party,
  object: StixObject,
  after: Map<string, StoredHold>,
): Promise<GongjoError | null> {
  const { desk, clock, holdFileBytes } = context;
  const told = holdToldOf(object);
  const tlp = tlpOf(object);
  if (!told || tlp === null || tlp === 'conflict') return untrue(object.id, 'name');
  const notAsked = untrue(told.hold, 'notAsked', { desk: party.id });
  if (told.from !== desk.desk || told.desk !== party.id) return notAsked;
  const found = after.get(told.hold) ?? (await heldHere(tx, told.hold));
  if (!found || !(await wasAskedOf(tx, found, party.id))) return notAsked;
  const words = await wordsOf(tx, told);
  const before = words.find((it) => it.object === object.id);
  if (before) return refusalOf(before);
  if (words.some((it) => it.told.n === told.n)) return untrue(told.hold, 'another', { n: told.n });
  const word = { told, object: object.id, tlp };
  try {
    if (told.what.event === 'file' && holdFileBytes !== undefined && told.what.bytes > holdFileBytes)
      throw new GongjoError('hold-file-too-large', {
        ...{ name: told.what.name, bytes: told.what.bytes, limit: holdFileBytes },
      });
    after.set(told.hold, afterWord(found, told, clock.now()));
    return null;
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    await noteRefusedWord(tx, context, word, thrown);
    return thrown;
  }
}

/** What was refused is refused however often it is sent; bytes that were here already are no refusal. */
const refusalOf = ({ problem }: StoredWord) =>
  problem && problem.code !== 'hold-file-known' ? GongjoError.of(problem) : null;

async function heldHere(tx: Db, id: string): Promise<StoredHold | null> {
  try {
    return await findHold(tx, id, true);
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'not-found') return null;
    throw thrown;
  }
}

/** What a partner asks of this desk's agency, and what it says to this desk's own requests. */
export async function adoptHoldDesk(
  tx: Db,
  context: SharingContext,
  party: Party,
  added: readonly AdmittedObject[],
): Promise<void> {
  for (const { object } of added.map(({ sealed }) => sealed)) {
    const tlp = tlpOf(object);
    if (object.revoked === true || !isBy(object, party) || tlp === null || tlp === 'conflict') continue;
    const asked = holdAskedOf(object);
    if (asked?.from === party.id && asked.to === context.desk.desk)
      await takeAsked(tx, context, { desk: party.id, object: object.id, tlp, asked });
    const told = holdToldOf(object);
    if (told?.desk === party.id && told.from === context.desk.desk)
      await stopAsking(
        tx,
        context,
        await takeWord(tx, context, await findHold(tx, told.hold, true), { told, object: object.id, tlp }),
      );
  }
}

/** The bytes of a file that a note of this partner named. Throws what refuses the delivery as a whole. */
export async function takeHoldParcel(tx: Db, context: SharingContext, party: Party, parcel: HoldParcel): Promise<void> {
  const { hold: id, sha256, base64 } = parcel;
  const content = Buffer.from(base64, 'base64');
  const found = sha256Hex(content);
  const asked = await findAsked(tx, party.id, id);
  const document = asked?.asked.documents.find((it) => it.sha256 === sha256);
  if (asked && document) {
    if (found !== sha256) throw new GongjoError('hold-file-differs', { name: document.name, found, wanted: sha256 });
    return takeAskedDocument(tx, context, asked, content);
  }
  const hold = await heldHere(tx, id);
  const word = hold && (await wordNaming(tx, context, party, parcel));
  if (!word) throw new GongjoError('hold-answer-false', { id, detail: fault.noFile });
  await takeFileOfDesk(tx, context, party, hold, word, content);
}

/** What this partner said that names the file, where nothing is known to be wrong with it. */
async function wordNaming(
  tx: Db,
  { desk }: SharingContext,
  party: Party,
  { hold, object, sha256 }: HoldParcel,
): Promise<StoredWord | null> {
  const words = await wordsOf(tx, { from: desk.desk, desk: zDeskId.parse(party.id), hold });
  const word = words.find((it) => it.object === object && it.problem === null);
  return word?.told.what.event === 'file' && word.told.what.sha256 === sha256 ? word : null;
}

/** The delivery of a file was refused: whoever asked for it sees so. */
export async function noteHoldParcelRefused(
  tx: Db,
  context: SharingContext,
  party: Party,
  parcel: HoldParcel,
  refusal: GongjoError,
): Promise<void> {
  const word = (await heldHere(tx, parcel.hold)) && (await wordNaming(tx, context, party, parcel));
  if (word) await noteRefusedFile(tx, context, word, refusal);
}

async function takeFileOfDesk(
  tx: Db,
  { clock, random, holdFileBytes = holdParcelBytesMax }: SharingContext,
  party: Party,
  hold: StoredHold,
  { told, object }: StoredWord,
  content: Buffer,
): Promise<void> {
  if (told.what.event !== 'file') return;
  const { event: _, bytes: __, ...file } = told.what;
  const settings = { fileBytes: holdFileBytes };
  try {
    await takeHoldFile(
      tx,
      { clock, random, settings },
      hold,
      { ...file, content, from: party.name.en },
      `desk:${party.id}`,
    );
  } catch (thrown) {
    // The same bytes are here, by another way: nothing is kept twice, and nothing is missing.
    if (!(thrown instanceof GongjoError) || thrown.code !== 'hold-file-known') throw thrown;
    await noteWordProblem(tx, object, thrown.problem);
  }
}
