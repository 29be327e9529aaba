import { openSimDesks, type SimDesk } from './desk.fixture.ts';
import { judge, tally } from './oracle.fixture.ts';
import { World } from './world.fixture.ts';

export function openSimulator(): Promise<SimDesk[]> {
  return openSimDesks([
    ['seoul', 'KR'],
    ['washington', 'US'],
    ['tokyo', 'JP'],
  ]);
}

/** How much of what happened is told of a seed that fails. */
const linesTold = 300;

/** Plays a seed from the beginning and asks the oracle. Throws with the seed, the reason and what happened. */
export async function playSeed(
  desks: readonly SimDesk[],
  seed: number,
): Promise<World & { readonly counts: ReadonlyMap<string, number> }> {
  const world = new World(desks, seed);
  try {
    await world.begin();
    await world.play();
    await world.heal();
    await judge(world);
    return Object.assign(world, { counts: await tally(world) });
  } catch (thrown) {
    for (const desk of desks) await world.stage.kill(desk.card.desk);
    const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const because = thrown instanceof Error && thrown.cause instanceof Error ? `\nbecause ${thrown.cause.stack}` : '';
    const lines = world.stage.story.slice(-linesTold);
    throw new Error(`seed ${seed}: ${cause}${because}\n\nwhat happened:\n  ${lines.join('\n  ')}`, { cause: thrown });
  }
}
