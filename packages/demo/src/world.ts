import { endsOf } from './attribution.ts';
import { type Book, createBook } from './book.ts';
import { type Cast, castOf } from './cast.ts';
import type { LocalChain } from './chain.ts';
import { compileContracts } from './compile.ts';
import { history } from './history.ts';
import { createStage, type Stage } from './stage.ts';

/** The first block lies this long before the theft, so that the world has a past. */
export const historyS = 24 * 60 * 60;

export interface World {
  readonly cast: Cast;
  readonly chain: LocalChain;
  readonly book: Book;
  readonly stage: Stage;
  /** Unix seconds of the last block of its history. */
  readonly lastTimeS: number;
}

/** Plays a seed's history on an empty chain, spread over `historyS` from the first block's time. */
export async function buildWorld(options: { seed: number; chain: LocalChain; genesisTimeS: number }): Promise<World> {
  const { seed, chain, genesisTimeS } = options;
  const cast = castOf(seed);
  const book = createBook(endsOf(cast));
  const stage = await createStage({ chain, cast, book, compiled: await compileContracts() });

  const blocks = history(cast);
  const spacingS = Math.floor(historyS / (blocks.length + 1));
  let lastTimeS = genesisTimeS;
  for (const moves of blocks) {
    lastTimeS += spacingS;
    await stage.play(moves, lastTimeS);
  }
  return { cast, chain, book, stage, lastTimeS };
}
