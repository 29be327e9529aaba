import { recordAudit } from '../../audit/index.ts';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import {
  type Answer,
  type Ask,
  amongValues,
  type Claim,
  type Entry,
  type Known,
  listBytes,
  listId,
  messageDigest,
  pack,
  type Return,
  strictestEach,
  type Tell,
  type Told,
  toldOf,
  unpack,
  valueFrom,
} from '../../overlap/index.ts';
import type { Db } from '../../platform/index.ts';
import { introduction } from '../../sharing/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import { type Partner, partyOf } from '../partner.store.ts';
import { sealFor, unsealFrom } from '../sealed.ts';
import { vowTypes } from '../vow.ts';
import { charge, countRefusal, lookForEnumeration, requireRoom } from './charge.ts';
import type { OverlapContext } from './context.ts';
import { entriesByValue, waitingFor } from './entry.store.ts';
import { commitmentOf, listEpochs } from './epoch.store.ts';
import { answeringFrom, keptAnswering } from './kept.ts';
import { keepKnown, keepMatch, knownUnder } from './known.store.ts';
import { readFile } from './list-file.store.ts';
import { currentKeys, currentList, ownFile } from './own-list.ts';
import { rememberCommitment } from './remember.ts';
import {
  addSession,
  endSession,
  findSession,
  type KeptSession,
  keepCame,
  noteMessages,
  noteTelling,
  unread,
} from './session.store.ts';
import { type OverlapTerms, termsWith } from './terms.store.ts';
import { type AnsweredAt, type AskedAt, type OverlapStep, overlapSteps, partBytesMax } from './wire.ts';

type Handlers = {
  [S in OverlapStep]: (
    context: OverlapContext,
    partner: Partner,
    asked: AskedAt<S>,
    terms: OverlapTerms,
    message: string,
  ) => Promise<AnsweredAt<S>>;
};

/** What a partner says at one of the doors of a comparison; the answer, signed. Throws what the partner is told instead. */
export async function answerOverlap<S extends OverlapStep>(
  context: OverlapContext,
  partner: Partner,
  step: S,
  message: string,
): Promise<string> {
  const terms = await termsWith(context.records, partner.card.desk);
  if (terms === null) throw new GongjoError('overlap-not-agreed', { desk: context.desk.desk });
  const asked = (await unsealFrom(
    context,
    partner,
    vowTypes.overlap,
    overlapSteps[step].asked as never,
    message,
  )) as AskedAt<S>;
  return sealFor(context, partner, vowTypes.overlap, await handlers[step](context, partner, asked, terms, message));
}

const refused = (desk: string, detail: string) => new GongjoError('overlap-refused', { desk, detail });

const handlers: Handlers = { hello, list, ask, return: takeBack, tell };

async function hello(
  context: OverlapContext,
  partner: Partner,
  { epoch, key }: AskedAt<'hello'>,
  terms: OverlapTerms,
  message: string,
): Promise<AnsweredAt<'hello'>> {
  await rememberCommitment(context, partner.card.desk, epoch, key, message);
  const { keys, published } = await currentList(context);
  return {
    kind: 'state',
    epoch: keys.epoch,
    key: pack(keys.publicKey),
    list: pack(listId(published.list.header)),
    serial: published.list.header.serial,
    ...terms,
  };
}

async function list(
  context: OverlapContext,
  _partner: Partner,
  { epoch, have, from }: AskedAt<'list'>,
): Promise<AnsweredAt<'list'>> {
  const { published } = await currentList(context);
  const { header } = published.list;
  const before = epoch === header.epoch && have > 0 && have < header.serial ? have : null;
  const name = `${header.epoch} ${before ?? 0} ${header.serial}`;
  const { memory, folder } = context.overlap;
  if (memory.delta?.name !== name) {
    const old = before === null ? null : readFile(folder, ownFile(epoch, before));
    const bytes =
      old === null
        ? listBytes(published.list)
        : await context.overlap.calculator.run('difference', old, published.list);
    memory.delta = { name, bytes };
  }
  const { bytes } = memory.delta;
  // With the last part it has gone, and 90 MB are not kept for the next partner.
  if (from + partBytesMax >= bytes.length) memory.delta = null;
  return {
    kind: 'part',
    difference: bytes[3] === 'D'.charCodeAt(0),
    list: pack(listId(header)),
    total: bytes.length,
    bytes: pack(bytes.subarray(from, from + partBytesMax)),
  };
}

async function ask(
  context: OverlapContext,
  partner: Partner,
  asked: Ask,
  terms: OverlapTerms,
): Promise<AnsweredAt<'ask'>> {
  const { records, clock, overlap } = context;
  const { desk } = partner.card;
  const digest = messageDigest(asked);
  const repeated = await findSession(records, desk, asked.session);
  if (repeated !== null) return sameAgain(repeated, digest, desk);
  const count = unpack(asked.elements).length / 32;
  // Once before the work, which a partner without room is not worth, and again where it is charged.
  await refusing(context, desk, terms, () => requireRoom(context, records, desk, terms, count));
  const { keys, published } = await currentList(context);
  const theirs = await commitmentOf(records, desk, asked.offer.epoch);
  if (theirs === null) throw refused(desk, 'its key of this epoch is not known here');
  const theirKey = { epoch: asked.offer.epoch, publicKey: unpack(theirs.publicKey) };
  const waiting = await waitingFor(records, desk, theirKey.epoch, terms.reverseCount);
  const made = await overlap.calculator.run('answer', asked, {
    own: keys,
    list: published.list.header,
    theirs: theirKey,
    reverseCount: terms.reverseCount,
    waiting: strictestEach(waiting),
  });
  if (made.fault !== null) throw refused(desk, made.fault);
  const kept = keptAnswering(made);
  const charged = () =>
    records.transaction(async (tx) => {
      const isNew = await addSession(tx, clock, {
        id: asked.session,
        desk,
        side: 'answerer',
        asked: count,
        wentBack: terms.reverseCount,
        ourEpoch: keys.epoch,
        theirEpoch: theirKey.epoch,
        list: made.answer.list,
        digests: { ask: digest, answer: messageDigest(made.answer) },
        purpose: asked.purpose,
        legalBasis: asked.legalBasis,
        by: `desk:${desk}`,
        kept,
        reply: JSON.stringify(made.answer),
      });
      // It came twice at once, and the other was quicker: the answer is that one's.
      if (!isNew) return false;
      await charge(context, tx, desk, terms, count);
      await recordAudit(tx, clock, {
        actor: `desk:${desk}`,
        action: 'overlap.asked',
        subject: asked.session,
        details: { questions: count, epoch: keys.epoch, list: made.answer.list, purpose: asked.purpose },
      });
      return true;
    });
  if (!(await refusing(context, desk, terms, charged)))
    return sameAgain(await findSession(records, desk, asked.session), digest, desk);
  await lookForEnumeration(context, desk, terms);
  return made.answer;
}

/** Where a quota is used up, that is counted after whatever was begun has been taken back. */
async function refusing<T>(
  context: OverlapContext,
  desk: string,
  terms: OverlapTerms,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ComeBackLater) await countRefusal(context, desk, terms);
    throw thrown;
  }
}

/** The same ask again – a crash, a lost answer – gets the same bytes and is not charged again. */
function sameAgain(kept: KeptSession | null, digest: string, desk: string): Answer {
  if (kept?.side !== 'answerer' || kept.digests.ask !== digest || kept.reply === null)
    throw refused(desk, 'the session was used for other questions');
  return JSON.parse(kept.reply) as Answer;
}

/**
 * return: kept and acknowledged at once. What it shows is looked at afterwards, so that the asker sees no difference between
 * something and nothing.
 */
async function takeBack(context: OverlapContext, partner: Partner, message: Return): Promise<AnsweredAt<'return'>> {
  const { records, log } = context;
  const { desk } = partner.card;
  const session = await findSession(records, desk, message.session);
  if (session?.side !== 'answerer') throw refused(desk, 'there is no such session');
  await records.transaction((tx) => keepCame(tx, session.id, JSON.stringify(message)));
  setImmediate(() => {
    readReturns(context).catch((thrown: unknown) =>
      log.warn({ detail: detailOf(thrown) }, 'a return was not read yet'),
    );
  });
  return { kind: 'returned', session: message.session };
}

/** Looks at what came back in sessions of partners: once at each message, and at the start of the desk. */
export async function readReturns(context: OverlapContext): Promise<void> {
  const { records, log } = context;
  for (const session of await unread(records))
    try {
      await readReturn(context, session);
    } catch (thrown) {
      // One that cannot be read keeps no other from being read.
      log.warn({ desk: session.desk, session: session.id, detail: detailOf(thrown) }, 'a return was not read yet');
    }
}

async function readReturn(context: OverlapContext, session: KeptSession): Promise<void> {
  const { records, clock, overlap, changed } = context;
  const { desk } = session;
  const message = JSON.parse(session.came ?? '') as Return;
  const answering = answeringFrom(session.kept ?? '', JSON.parse(session.reply ?? '') as Answer);
  const theirs = await commitmentOf(records, desk, session.theirEpoch);
  const theirKey = { publicKey: unpack(theirs?.publicKey ?? '') };
  const taken = await overlap.calculator.run('finish', answering, message, theirKey);
  const fault =
    taken.fault === null
      ? null
      : taken.fault === 'proof'
        ? new GongjoError('overlap-proof-invalid', { desk })
        : refused(desk, taken.fault);
  const known = taken.fault === null ? taken.known : [];
  const before = await knownUnder(records, desk, session.theirEpoch);
  const learned = fault === null ? amongValues(unique([...before, ...known]), answering.offered) : [];
  await records.transaction(async (tx) => {
    await keepKnown(tx, desk, session.theirEpoch, known);
    for (const { entry } of learned)
      await keepMatch(tx, clock, { desk, entry: entry.id, learned: true, session: session.id });
    await noteMessages(tx, session.id, { digests: { return: messageDigest(message) }, overlaps: learned.length });
    await endSession(tx, clock, session.id, fault?.problem ?? null);
  });
  // What is known now was not yet compared with the list that is in force.
  if (known.length > 0) overlap.memory.compared.delete(desk);
  changed();
}

const unique = (known: readonly Known[]): Known[] => [...new Map(known.map((it) => [it.entry.id, it])).values()];

/**
 * tell: what this desk tells is on its record, with the match, before the answer goes. How the answer is found depends on what is
 * listed alone.
 */
async function tell(context: OverlapContext, partner: Partner, message: Tell): Promise<Told> {
  const { records, clock, log } = context;
  const { desk } = partner.card;
  const session = await findSession(records, desk, message.session);
  if (session?.side !== 'answerer') throw refused(desk, 'there is no such session');
  if (message.claims.length > session.asked) throw refused(desk, 'more claims than questions');
  const candidates = await candidatesFor(context, message);
  const listed = await claimed(context, message, candidates, 'listed');
  // No policy means no: then what was found is answered as if it were nothing.
  const mayTell = introduction(context, partyOf(partner), session.id).kind === 'release';
  const told = toldOf(message.session, mayTell ? listed : listed.map(() => null));
  await records.transaction(async (tx) => {
    const isNew = await noteTelling(tx, session.id, messageDigest(message), messageDigest(told));
    if (isNew === null) throw refused(desk, 'more claims than questions');
    await keepClaims(tx, context, desk, session.id, listed, told);
    const notes = told.notes.filter((note) => note !== null).length;
    if (isNew && notes > 0)
      await recordAudit(tx, clock, {
        actor: 'desk',
        action: 'overlap.told',
        subject: session.id,
        details: { desk, notes },
      });
  });
  // What is silent is looked for when this answer is on its way, and whatever comes of it stays here.
  setImmediate(() => {
    claimed(context, message, candidates, 'silent')
      .then((silent) => records.transaction((tx) => keepClaims(tx, context, desk, session.id, silent, null)))
      .then(() => context.changed())
      .catch((thrown: unknown) => log.warn({ detail: detailOf(thrown) }, 'claims were not kept'));
  });
  return told;
}

/** Own entries whose values are those of claims: listed and silent, and of each identifier the one that says least. */
async function candidatesFor({ records }: OverlapContext, message: Tell): Promise<Map<bigint, Entry>> {
  const [current] = await listEpochs(records);
  const epoch = current?.epoch ?? 1;
  const values = message.claims.map(({ output }) => valueFrom(unpack(output)));
  const found = await entriesByValue(records, epoch, values);
  const strictest = new Set(strictestEach(found.map(({ entry }) => entry)));
  return new Map(found.flatMap(({ entry, value }) => (strictest.has(entry) ? [[value, entry] as const] : [])));
}

async function claimed(
  context: OverlapContext,
  message: Tell,
  candidates: ReadonlyMap<bigint, Entry>,
  which: 'listed' | 'silent',
): Promise<(Claim | null)[]> {
  const keys = await currentKeys(context);
  const wanted = [...candidates].filter(([, { disclosure }]) => (disclosure === 'silent') === (which === 'silent'));
  return context.overlap.calculator.run('claims', keys, message, new Map(wanted));
}

async function keepClaims(
  tx: Db,
  { clock }: OverlapContext,
  desk: string,
  session: string,
  claims: readonly (Claim | null)[],
  told: Told | null,
): Promise<void> {
  for (const [at, claim] of claims.entries()) {
    if (claim === null) continue;
    const { entry, theirNote } = claim;
    const note = told?.notes[at] ?? null;
    await keepMatch(tx, clock, { desk, entry: entry.id, learned: true, theirNote, told: note, session });
  }
}
