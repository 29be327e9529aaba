import {
  type HoldAsked,
  type HoldCarriage,
  type HoldWord,
  holdParcelBytesMax,
  holdTerms,
  type Text,
  zHoldAsked,
} from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import {
  contentOfWord,
  findAsked,
  findHold,
  type HoldMessage,
  isNeeded,
  keepAsking,
  keepParcel,
  type MadeDocument,
  noteSettled,
  noteWordProblem,
  parcelsOf,
  pendingMessage,
  type StoredHold,
  type UnsettledWords,
  holdWordsOf as wordsOf,
} from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { deskIdentityId, holdAskedObject, holdToldObject } from '../stix/index.ts';
import { type Carried, carriedBy, carriedObject } from './delivery.store.ts';
import { type Given, givenOf } from './given.store.ts';
import type { HoldParcel } from './hold-parcel.ts';
import { introductions } from './introductions.ts';
import { putInOutbox } from './outbox.ts';
import type { Party, SharingContext } from './party.ts';
import { release } from './release.ts';

/**
 * Hold requests to the addressee's own desk, and its answers. What is asked and what is said are notes, decided by policy for that
 * desk alone like every object; the bytes of a file follow the note that names them, once that was released, in deliveries of the
 * kind `hold-file`.
 */

interface Asking {
  /** That waits for it. */
  readonly message: Pick<HoldMessage, 'id' | 'hold'>;
  /** Those that leave. */
  readonly documents: readonly MadeDocument[];
  readonly acknowledgeHours: number;
}

/**
 * Puts a request on its way to the addressee's desk, or looks how far it has come; what is asked is put together once, and is the same
 * from then on. Answers whether that desk's signed receipts say that it has all of it, or what is in the way: `hold-desk-kept` where
 * policy does not let it go (yet), `hold-desk-refused`, `hold-desk-waiting`. What was asked of persons by it stands; what need not go
 * any more is only looked at. Throws `hold-desk-not-paired`, `hold-file-too-large`.
 */
export async function askAddressee(
  tx: Db,
  context: SharingContext,
  { message: { id, hold: of }, documents, acknowledgeHours }: Asking,
): Promise<'waiting' | 'accepted' | GongjoError> {
  // What a person does meanwhile to the request waits until this is done.
  const hold = await findHold(tx, of, true);
  const pending = await pendingMessage(tx, id);
  if (!pending) return 'waiting';
  const { message } = pending;
  const { target: desk } = message;
  const isStillNeeded = isNeeded(message, hold, instant(context.clock.now()));
  const asking = pending.asking;
  if (!isStillNeeded) return asking && message.handed ? farOf(tx, context, desk, asking.object) : 'waiting';
  const party = await context.party?.(tx, desk);
  if (party?.kind !== 'desk') throw new GongjoError('hold-desk-not-paired', { desk });
  const large = documents.find(({ content }) => content.length > holdParcelBytesMax);
  if (large)
    throw new GongjoError('hold-file-too-large', {
      ...{ name: large.name, bytes: large.content.length, limit: holdParcelBytesMax },
    });
  const author = deskIdentityId(context.desk.desk);
  const { facts, drill, tlp } = hold;
  const asked = asking?.asked ?? askedOf(context, party, hold, documents, acknowledgeHours);
  const content = `Hold request ${asked.number} to ${asked.addressee.name.en}: value at ${facts.address}.`;
  const note = holdAskedObject(asked, content, { now: asked.approvedAt, author, tlp, ...(drill && { drill }) });
  if (!asking) await keepAsking(tx, id, { object: note.id, asked });
  await release(tx, context, {
    ...{ incident: hold.incident, to: [party], purpose: 'investigation' as const },
    objects: [...introductions(context.desk, asked.approvedAt), note],
    legalBasis: facts.legalBasis?.en ?? null,
  });
  const files = documents.map((it) => ({ sha256: it.sha256, content: it.content }));
  await sendParcels(tx, context, party, { object: note.id, hold: hold.id, files });
  return farOf(tx, context, desk, note.id);
}

/** As the other side reads it, so that both make the same name of it. */
function askedOf(
  context: SharingContext,
  party: Party,
  { id, round, number, drill, title, facts, progress, addressee }: StoredHold,
  documents: readonly MadeDocument[],
  acknowledgeHours: number,
): HoldAsked {
  return zHoldAsked.parse({
    ...{ hold: id, from: context.desk.desk, to: party.id },
    ...{ round, number: number ?? '', drill, title, acknowledgeHours, facts },
    approvedAt: progress.approvedAt ?? '',
    addressee: { id: addressee.id, name: addressee.name, entity: addressee.entity, country: addressee.country },
    documents: documents.map(({ name, form, language, sha256, content }) => ({
      ...{ name, form, language, sha256, bytes: content.length },
    })),
  });
}

/** How far a request has come, or what is in its way. */
async function farOf(
  tx: Db,
  context: SharingContext,
  desk: string,
  note: string,
): Promise<'waiting' | 'accepted' | GongjoError> {
  const { state, reasons } = await carriageOf(tx, context, desk, note);
  if (state === 'kept') return new GongjoError('hold-desk-kept', { desk, detail: joined(reasons) });
  if (state === 'refused') return new GongjoError('hold-desk-refused', { desk, detail: joined(reasons) });
  // What a courier could not carry yet is said, and carried all the same.
  const [reason] = reasons;
  if (state === 'waiting' && reason) return new GongjoError('hold-desk-waiting', { desk, detail: reason });
  return state === 'accepted' ? 'accepted' : 'waiting';
}

/** Decides what this desk's words to one request go to whoever asked, and sends the files that may. */
export async function shareHoldWords(
  tx: Db,
  context: SharingContext,
  { desk, id }: { readonly desk: string; readonly id: string },
): Promise<boolean> {
  const party = await context.party?.(tx, desk);
  const stored = await findAsked(tx, desk, id);
  if (party?.kind !== 'desk' || !stored) return false;
  const author = deskIdentityId(context.desk.desk);
  const { drill, facts, from, number } = stored.asked;
  const words = await wordsOf(tx, { from, desk: context.desk.desk, hold: id });
  const [first] = words;
  if (!first) return false;
  const waiting = await release(tx, context, {
    ...{ incident: null, to: [party], purpose: 'investigation' as const },
    objects: [
      ...introductions(context.desk, first.told.at),
      ...words.map(({ told, tlp }) =>
        holdToldObject(told, `${number}: ${wordText(told.what)}`, {
          now: told.at,
          author,
          tlp,
          ...(drill && { drill }),
        }),
      ),
    ],
    legalBasis: facts.legalBasis?.en ?? null,
  });
  let isWaiting = waiting.size > 0;
  for (const { told, object, problem } of words) {
    if (told.what.event !== 'file' || problem !== null) continue;
    const { name, sha256 } = told.what;
    try {
      const content = async () => {
        const bytes = await contentOfWord(tx, object);
        if (!bytes) throw new GongjoError('hold-file-damaged', { name });
        return bytes;
      };
      const sent = await sendParcels(tx, context, party, { object, hold: id, files: [{ sha256, content }] });
      isWaiting = isWaiting || sent > 0;
    } catch (thrown) {
      if (!(thrown instanceof GongjoError)) throw thrown;
      // Nothing else is sent in its place, and the rest goes on.
      await noteWordProblem(tx, object, thrown.problem);
      await noteSettled(tx, object);
    }
  }
  return isWaiting;
}

/** What people here said to a partner's request: what may go now goes, and what the other side has refused is noted. */
export async function settleHoldWords(
  tx: Db,
  context: SharingContext,
  { desk, id, objects }: UnsettledWords,
): Promise<{ readonly waiting: boolean; readonly settled: number }> {
  const waiting = await shareHoldWords(tx, context, { desk, id });
  let settled = 0;
  for (const object of objects) {
    const { state, reasons } = await carriageOf(tx, context, desk, object);
    if (state === 'refused')
      await noteWordProblem(
        tx,
        object,
        new GongjoError('hold-desk-refused', { desk, detail: joined(reasons) }).problem,
      );
    if (state !== 'accepted' && state !== 'refused') continue;
    await noteSettled(tx, object);
    settled += 1;
  }
  return { waiting, settled };
}

/** How a note of this desk's fares on its way to a partner, with the files that it names. */
export async function carriageOf(
  db: Db,
  { desk }: Pick<SharingContext, 'desk'>,
  partner: string,
  object: string,
): Promise<HoldCarriage> {
  const given = (await givenOf(db, desk.desk, [object])).get(object)?.find(({ recipient }) => recipient === partner);
  if (!given || !isWhole(given)) return { state: 'kept', reasons: given?.reasons.map(({ text }) => text) ?? [] };
  const note = await carriedObject(db, partner, object, given.at);
  const parcels: (Carried | null)[] = [];
  for (const delivery of (await parcelsOf(db, object)).values()) parcels.push(await carriedBy(db, partner, delivery));
  const deliveries = [note, ...parcels];
  const refusals = [
    ...(note?.refused.filter(({ id }) => id === object).map(({ detail }) => ({ en: detail, ko: detail })) ?? []),
    ...deliveries.flatMap((it) => (it?.state === 'refused-by-partner' && it.problem ? [it.problem.text] : [])),
  ];
  if (refusals.length > 0) return { state: 'refused', reasons: refusals };
  if (deliveries.every((it) => it?.state === 'delivered')) return { state: 'accepted', reasons: [] };
  return { state: 'waiting', reasons: deliveries.flatMap((it) => it?.problem?.text ?? []).slice(0, 1) };
}

/** A note of which policy takes a part away is not the one that was approved or said. */
const isWhole = ({ released, outcome }: Given) => released && outcome !== 'redact';

interface Parcels {
  readonly object: string;
  readonly hold: string;
  readonly files: readonly { readonly sha256: string; readonly content: Buffer | (() => Promise<Buffer>) }[];
}

/** The files of a note that was released whole; each goes once. Answers how many were put on their way. */
async function sendParcels(
  tx: Db,
  context: SharingContext,
  party: Party,
  { object, hold, files }: Parcels,
): Promise<number> {
  const { desk, clock } = context;
  const given = (await givenOf(tx, desk.desk, [object])).get(object)?.find(({ recipient }) => recipient === party.id);
  if (!given || !isWhole(given)) return 0;
  const gone = await parcelsOf(tx, object);
  let sent = 0;
  for (const { sha256, content } of files) {
    if (gone.has(sha256)) continue;
    const bytes = typeof content === 'function' ? await content() : content;
    const notice: HoldParcel = { kind: 'hold-file', object, hold, sha256, base64: bytes.toString('base64') };
    const delivery = await putInOutbox(tx, context, party, {
      ...{ incident: null, bodies: [], notice, objects: [], reasons: [...given.reasons] },
    });
    await keepParcel(tx, object, sha256, delivery);
    await recordAudit(tx, clock, {
      actor: `desk:${desk.desk}`,
      action: 'sharing.file-sent',
      subject: delivery,
      details: { partner: party.id, hold, object, sha256 },
    });
    sent += 1;
  }
  return sent;
}

function wordText(what: HoldWord): string {
  switch (what.event) {
    case 'hold':
      return `held ${what.amounts.map(({ asset, units }) => `${units} ${asset}`).join(', ')}`;
    case 'file':
      return `${holdTerms.fileKind[what.kind].en}, ${what.name}`;
    default:
      return holdTerms.event[what.event].en;
  }
}

const joined = (reasons: readonly Text[]): Text => ({
  en: reasons.map(({ en }) => en).join(' ') || '–',
  ko: reasons.map(({ ko }) => ko).join(' ') || '–',
});
