import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeskCard, zDeskCard } from '@gongjo/contract';
import { z } from 'zod';
import type { DeskProcess } from './desk-process.ts';

const zCardAnswer = zDeskCard.extend({ fingerprint: z.string().min(1) });

export interface PairOptions {
  /** Where the cards are put. */
  readonly folder: string;
  /** What the two exchange under; without one a desk releases nothing. */
  readonly agreement: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a desk hands to its partners, and what its officer reads out to them. */
export async function cardOf(
  desk: DeskProcess,
  signal?: AbortSignal,
): Promise<{ card: DeskCard; fingerprint: string }> {
  const { fingerprint, ...card } = zCardAnswer.parse(await desk.run(['partner', 'card'], signal));
  return { card, fingerprint };
}

/** Each desk is given the other's card and, as if by telephone, the fingerprint of its key. */
export async function pair(one: DeskProcess, other: DeskProcess, options: PairOptions): Promise<void> {
  const { folder, agreement, signal } = options;
  const introduce = async (from: DeskProcess, to: DeskProcess) => {
    const { card, fingerprint } = await cardOf(from, signal);
    const file = join(folder, `${from.id}-card.json`);
    await writeFile(file, `${JSON.stringify(card, null, 2)}\n`);
    await to.run(['partner', 'add', file, '--fingerprint', fingerprint, '--agreement', agreement], signal);
  };
  await Promise.all([introduce(one, other), introduce(other, one)]);
}
