import { type HoldEventKind, type HoldState, holdEvents, holdTerms } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';

/**
 * The life of a hold request: for each state, what can happen and where that leads. What is not here cannot happen.
 * `docs/holds.md` draws it; a test goes through every cell.
 */
export const holdTable: Readonly<Record<HoldState, Readonly<Partial<Record<HoldEventKind, HoldState>>>>> = {
  drafted: { revise: 'drafted', approve: 'approved', withdraw: 'withdrawn' },
  // Whoever changes what was approved has it approved again.
  approved: { revise: 'drafted', send: 'sent', withdraw: 'withdrawn' },
  sent: {
    // By another way as well: mail and the portal, say.
    send: 'sent',
    acknowledge: 'acknowledged',
    'hold-part': 'held-in-part',
    'hold-full': 'held-in-full',
    refuse: 'refused',
    withdraw: 'withdrawn',
  },
  acknowledged: {
    send: 'acknowledged',
    'hold-part': 'held-in-part',
    'hold-full': 'held-in-full',
    refuse: 'refused',
    withdraw: 'withdrawn',
  },
  'held-in-part': {
    'hold-part': 'held-in-part',
    'hold-full': 'held-in-full',
    extend: 'held-in-part',
    order: 'ordered',
    release: 'released',
    seize: 'seized',
    return: 'returned',
  },
  'held-in-full': {
    // The addressee corrects what it said.
    'hold-part': 'held-in-part',
    extend: 'held-in-full',
    order: 'ordered',
    release: 'released',
    seize: 'seized',
    return: 'returned',
  },
  ordered: { extend: 'ordered', release: 'released', seize: 'seized', return: 'returned' },
  // Value that is let go into somebody's hands.
  released: { seize: 'seized', return: 'returned' },
  seized: { return: 'returned' },
  returned: {},
  refused: {},
  withdrawn: {},
};

/** In these nothing is held any more, or ever will be. */
export const endStates: readonly HoldState[] = ['released', 'seized', 'returned', 'refused', 'withdrawn'];

/** The state after an event. Throws `hold-step-forbidden`, which names both in each language. */
export function afterEvent(state: HoldState, event: HoldEventKind): HoldState {
  const next = holdTable[state][event];
  if (next !== undefined) return next;
  throw new GongjoError('hold-step-forbidden', { state: holdTerms.state[state], event: holdTerms.event[event] });
}

export function mayHappen(state: HoldState): HoldEventKind[] {
  return holdEvents.filter((event) => holdTable[state][event] !== undefined);
}

export function isHeld(state: HoldState): boolean {
  return state === 'held-in-part' || state === 'held-in-full' || state === 'ordered';
}

/** The request may be sent: for the first time, or once more. */
export function maySend(state: HoldState): boolean {
  return holdTable[state].send !== undefined;
}
