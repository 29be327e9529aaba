import { findPartner, rotateKey } from '../../partner/index.ts';
import { retryRefused } from '../../sharing/index.ts';
import { round } from './case.fixture.ts';
import { agreeWith, type PolicyName, pairWith, partFrom, policyTexts, type SimDesk } from './desk.fixture.ts';
import { type Errand, expected } from './errand.fixture.ts';
import { joining, requesting, writing } from './joint.fixture.ts';
import { rotationsMax } from './keys.fixture.ts';
import { answer, markMore, passOn, takeBack } from './people.fixture.ts';
import { readOn } from './reader.fixture.ts';
import type { World } from './world.fixture.ts';

export const keyChange = 'changes its key';

/** Begins one of the errands that there are for a desk, among everything else that goes on. */
export async function begin(world: World, desk: SimDesk): Promise<void> {
  const { chance, temper } = world;
  const other = chance.pick(world.others(desk));
  const own = world.thefts.filter((theft) => theft.desk === desk.card.desk);
  const what = chance.weighed({
    open: own.length < 3 ? 4 : 0,
    grow: own.length > 0 ? 4 : 0,
    rename: own.length > 0 ? 2 : 0,
    takeBack: own.length > 0 ? 2.5 : 0,
    passOn: 5,
    answer: 6,
    mark: temper.marks,
    retry: 0.5,
    agree: 1,
    policy: temper.policy,
    part: temper.rotate > 0 ? 0 : 0.5,
    rotate: desk.keys.had.length <= rotationsMax ? temper.rotate : 0,
    write: temper.cases,
    join: temper.cases / 8,
    request: temper.cases / 2,
  });
  if (what === 'open') await world.spawn(desk, ...opening(world, desk));
  else if (what === 'passOn') await world.spawn(desk, ...passing(world, desk));
  else if (what === 'answer') await world.spawn(desk, ...answering(world));
  else if (what === 'mark') await world.spawn(desk, ...marking(world));
  else if (what === 'write') await world.spawn(desk, ...writing(world));
  else if (what === 'join') await world.spawn(desk, ...joining(world));
  else if (what === 'request') await world.spawn(desk, ...requesting(world, desk));
  else if (what === 'rotate')
    await world.spawn(desk, keyChange, async (context) => {
      await rotateKey(context, 'operator').catch(expected);
    });
  else if (what === 'retry')
    await world.spawn(desk, `retries ${other.card.desk}`, async ({ records }) => {
      await records.transaction((tx) => retryRefused(tx, other.card.desk));
    });
  else if (what === 'policy') {
    desk.policy = chance.pick(Object.keys(policyTexts) as PolicyName[]);
    world.stage.note(`${desk.card.desk}: policy ${desk.policy}`);
    await world.crash(desk);
  } else if (what === 'part' || what === 'agree') await agreeing(world, desk, other, what === 'part');
  else {
    const theft = chance.pick(own);
    if (what === 'grow') world.spread(theft);
    else if (what === 'rename') theft.renamed += 1;
    else theft.recalled = true;
    const said = { grow: 'round of', rename: 'renames', takeBack: 'takes back' }[what];
    await world.spawn(desk, `${said} theft ${theft.n}`, (context) =>
      what === 'takeBack' ? takeBack(context, theft.id) : round(context, theft),
    );
  }
}

export function opening(world: World, desk: SimDesk): Errand {
  const theft = world.theftAt(desk);
  return [`opens theft ${theft.n} (${theft.tlp})`, (context) => round(context, theft)];
}

export function passing(world: World, desk: SimDesk): Errand {
  const [from, to] = world.inAnyOrder(world.others(desk)) as [SimDesk, SimDesk];
  return [
    `passes on from ${from.card.desk} to ${to.card.desk}`,
    (context) => passOn(context, world.chance, from.card.desk, to.card.desk).catch(expected),
  ];
}

export function answering({ chance }: World): Errand {
  return ['answers a request', (context) => answer(context, chance).catch(expected)];
}

export function marking({ chance }: World): Errand {
  return ['marks something', (context) => markMore(context, chance).catch(expected)];
}

export function reading(desk: SimDesk): Errand {
  return ['is read', (context) => readOn(context, desk.reader)];
}

/** Operators do these one after the other, and know how it went. */
async function agreeing(world: World, desk: SimDesk, other: SimDesk, parts: boolean): Promise<void> {
  const agreement = !parts && world.chance.happens(0.6) ? 'MoU' : null;
  const name = parts ? `parts from ${other.card.desk}` : `agreement with ${other.card.desk}: ${agreement}`;
  await world.toTheEnd(desk, name, async (context) => {
    const known = await findPartner(context.records, other.card.desk);
    const done = parts ? partFrom(context, other.card) : (known ? agreeWith : pairWith)(context, other.card, agreement);
    await done.catch(expected);
  });
  await world.noteStances(desk);
}
