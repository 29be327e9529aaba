import type { Tlp } from '@gongjo/contract';
import { zFactChange, zNewFact, zNewRequest, zRequestHappening } from '@gongjo/contract';
import {
  actOnRequest,
  addFact,
  answerCase,
  caseDesks,
  changeFact,
  factsOf,
  offerCase,
  openCase,
  openRequest,
  requestViews,
  revisionsOf,
  standingsOf,
} from '../../cases/index.ts';
import { instant } from '../../kernel/index.ts';
import type { PartnerContext } from '../../partner/index.ts';
import type { Db } from '../../platform/index.ts';
import { eventGivens, shareCase, shareRequest } from '../../sharing/index.ts';
import type { Chance } from './chance.fixture.ts';
import type { SimDesk } from './desk.fixture.ts';
import { type Errand, expected } from './errand.fixture.ts';
import type { World } from './world.fixture.ts';

/** What an officer has written into a case: the commit was seen, so it may never be lost. */
export interface Written {
  readonly desk: string;
  readonly fact: string;
  /** Nobody else writes these words. */
  readonly words: string;
  /** The revisions that the officer had before him; null where the fact began. */
  readonly based: readonly string[] | null;
}

/** What the people of the desks do with cases and requests in a seed. */
export interface Joint {
  readonly cases: string[];
  readonly written: Written[];
  words: number;
}

/** Every third seed holds joint cases; the others play as they did before there were any. */
export const holdsCases = (seed: number): boolean => seed % 3 === 0;

export const noJoint = (): Joint => ({ cases: [], written: [], words: 0 });

const levels: readonly Tlp[] = ['clear', 'green', 'amber', 'amber', 'amber', 'amber', 'amber+strict', 'red'];

/** An act of a person and what goes out by it, in one transaction, as the routes do it. */
async function act<T>(
  { records }: PartnerContext,
  work: (tx: Db) => Promise<T>,
  share: (tx: Db, made: T) => Promise<unknown>,
) {
  return records.transaction(async (tx) => {
    const made = await work(tx);
    await share(tx, made);
    return made;
  });
}

/** Opens a case and lets both others in. */
export function openingCase(world: World, desk: SimDesk): Errand {
  return [
    'opens a case',
    async (context) => {
      const title = { en: `Case of ${desk.card.desk}`, ko: `Case of ${desk.card.desk}` };
      const id = await act(
        context,
        async (tx) => {
          const made = await openCase(tx, context, { title, tlp: 'amber' }, 'kim');
          for (const { card } of world.others(desk))
            await offerCase(tx, context, made, { to: card.desk, legalBasis: null }, 'kim');
          return made;
        },
        (tx, made) => shareCase(tx, context, made),
      );
      world.joint.cases.push(id);
    },
  ];
}

/** Joins every case that was offered, and lets in who is in it as well, so that each tells all. */
export function joining(world: World): Errand {
  return ['joins cases', (context) => joinAll(world, context).catch(expected)];
}

async function joinAll(world: World, context: PartnerContext): Promise<void> {
  const { records, desk } = context;
  for (const id of world.joint.cases) {
    const desks = await caseDesks(records, id);
    if (desks.length === 0) continue;
    const facts = factsOf(await revisionsOf(records, id, desk.desk));
    const isIn = standingsOf(facts).get(desk.desk) === 'joined';
    const missing = world.desks.filter(
      ({ card }) => card.desk !== desk.desk && !desks.some((it) => it.desk === card.desk),
    );
    if (isIn && missing.length === 0) continue;
    await act(
      context,
      async (tx) => {
        if (!isIn) await answerCase(tx, context, id, 'joined', 'lee');
        for (const { card } of missing) await offerCase(tx, context, id, { to: card.desk, legalBasis: null }, 'lee');
      },
      (tx) => shareCase(tx, context, id),
    );
  }
}

/** An officer writes something into a case: a new note, or a change of one, on what he has before him or on a part of it. */
export function writing(world: World): Errand {
  return ['writes into a case', (context) => write(world, context).catch(expected)];
}

async function write(world: World, context: PartnerContext): Promise<void> {
  const { chance, joint } = world;
  const { records, desk } = context;
  if (joint.cases.length === 0) return;
  const id = chance.pick(joint.cases);
  const revisions = await revisionsOf(records, id, desk.desk);
  if (revisions.length === 0) return;
  joint.words += 1;
  const words = `${desk.desk} says ${joint.words}`;
  const body = { kind: 'note', text: words } as const;
  const notes = factsOf(revisions).filter(({ kind }) => kind === 'note');
  if (notes.length === 0 || chance.happens(0.3)) {
    const fact = zNewFact.parse({ body, tlp: chance.pick(levels), keptHere: chance.happens(0.1) });
    const name = await act(
      context,
      (tx) => addFact(tx, context, id, fact, 'kim'),
      (tx) => shareCase(tx, context, id),
    );
    joint.written.push({ desk: desk.desk, fact: name, words, based: null });
    return;
  }
  const note = chance.pick(notes);
  // Some look at one of several versions, some at a page that was read long ago.
  const before = chance.happens(0.7) ? note.heads : [chance.pick(note.revisions.filter(({ recalled }) => !recalled))];
  const based = before.map(({ object }) => object);
  const change = zFactChange.parse({ based, body });
  await act(
    context,
    (tx) => changeFact(tx, context, id, note.id, change, 'kim'),
    (tx) => shareCase(tx, context, id),
  );
  joint.written.push({ desk: desk.desk, fact: note.id, words, based });
}

/** An officer asks another desk something, or does about a request what its state allows. */
export function requesting(world: World, desk: SimDesk): Errand {
  return ['sees to requests', (context) => request(world, desk, context).catch(expected)];
}

async function request(world: World, desk: SimDesk, context: PartnerContext): Promise<void> {
  const { chance } = world;
  const { records, clock } = context;
  const now = instant(clock.now());
  const looking = { us: desk.card.desk, now, attendingAt: () => (at: string) => at };
  const open = (await requestViews(records, looking, eventGivens(records, context))).filter(
    ({ mayDo }) => mayDo.length > 0,
  );
  if (open.length === 0 || chance.happens(0.3)) {
    const asked = zNewRequest.parse({
      to: chance.pick(world.others(desk)).card.desk,
      content: {
        ...{ title: 'Holder', fields: { kind: 'rfi', question: 'Who is it?' }, legalBasis: 'MoU', purpose: 'case' },
        deadline: instant(clock.now() + 3_600_000),
      },
      tlp: chance.pick(levels),
    });
    await act(
      context,
      (tx) => openRequest(tx, context, asked, 'kim'),
      (tx, id) => shareRequest(tx, context, id),
    );
    return;
  }
  const one = chance.pick(open);
  const what = happening(chance, one.mayDo, one.deadline);
  await act(
    context,
    (tx) => actOnRequest(tx, context, one.id, { what }, 'kim'),
    (tx) => shareRequest(tx, context, one.id),
  );
}

function happening(chance: Chance, mayDo: readonly string[], deadline: string) {
  const event = chance.pick(mayDo);
  const answer = { kind: 'rfi', text: 'A company.' };
  const more: Record<string, object> = {
    supply: { text: 'This one.' },
    extend: { deadline: instant(Date.parse(deadline) + 3_600_000) },
    remind: { step: 'by hand' },
    escalate: { step: 'by hand' },
    withdraw: { reason: 'Found otherwise.' },
    query: { text: 'Which one?' },
    'answer-partly': { answer, missing: 'The owner.' },
    answer: { answer },
    refuse: { ground: 'other', reason: 'No.' },
  };
  return zRequestHappening.parse({ event, ...more[event] });
}

/** What the desk's worker does when policy or terms have changed. */
export async function decideCasesAgain(context: PartnerContext, { cases }: Joint): Promise<void> {
  for (const id of cases) await context.records.transaction((tx) => shareCase(tx, context, id));
  const rows = await context.records.query<{ id: string }>('select id from partner_requests order by id');
  for (const { id } of rows) await context.records.transaction((tx) => shareRequest(tx, context, id));
}
