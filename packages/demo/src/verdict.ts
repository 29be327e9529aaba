import type { Incident, TxId } from '@gongjo/contract';
import { depositAddresses } from './attribution.ts';
import type { ExpectedBalance } from './book.ts';
import { agrees, compare, incidentOf, type Line, zIncidentList } from './comparison.ts';
import type { DeskName } from './demo-texts.ts';
import type { DeskProcess } from './desk-process.ts';
import type { Clock } from './heist.ts';
import type { Theatre } from './theatre.ts';

/** The desks read the last block within a second; after this long they will not come to another answer. */
const settleMsMax = 30_000;
const settlePollMs = 300;

export interface DeskVerdict {
  readonly desk: DeskName;
  readonly incident: Incident | undefined;
  readonly lines: readonly Line[];
  readonly agrees: boolean;
}

export interface Verdict {
  readonly expected: readonly ExpectedBalance[];
  readonly desks: readonly DeskVerdict[];
  readonly agree: boolean;
}

/** Asks both desks where the money is until both say what the book says, or no longer change. */
export async function reachVerdict(
  theatre: Theatre,
  lead: readonly TxId[],
  clock: Clock,
  signal?: AbortSignal,
): Promise<Verdict> {
  const { book, cast } = theatre.world;
  const expected = book.expected();
  const expectedWithDeposits = book.expected(new Set(depositAddresses(cast)));
  const ask = async (
    desk: DeskVerdict['desk'],
    process: DeskProcess,
    right: readonly ExpectedBalance[],
  ): Promise<DeskVerdict> => {
    const { incidents } = zIncidentList.parse(await process.run(['incident', 'list'], signal));
    const incident = incidentOf(incidents, lead);
    const lines = compare(right, incident);
    return { desk, incident, lines, agrees: incident !== undefined && agrees(lines) };
  };

  const giveUpAtMs = clock.nowMs() + settleMsMax;
  for (;;) {
    const desks = await Promise.all([
      ask('seoul', theatre.seoul, expected),
      ask('washington', theatre.washington, expectedWithDeposits),
    ]);
    const agree = desks.every((desk) => desk.agrees);
    if (agree || clock.nowMs() >= giveUpAtMs) return { expected, desks, agree };
    await clock.sleep(settlePollMs, signal);
  }
}
