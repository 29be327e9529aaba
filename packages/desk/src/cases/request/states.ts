import type { RequestEventName, RequestState } from '@gongjo/contract';

/**
 * The life of a request to a partner, as one table. Both desks keep the same states and apply the same table to the same events,
 * so neither has to be asked for the state. An empty cell: the event is not allowed and changes nothing. `late`: nobody who knows the
 * state does it, but it may have been on its way when the other side acted; it takes effect as the cell says. The table is made so
 * that two events of different sides that cross come to the same state in either order (`states.test.ts` looks at every pair).
 */

export type Side = 'asker' | 'asked';

export const sideOf: Readonly<Record<RequestEventName, Side>> = {
  send: 'asker',
  supply: 'asker',
  extend: 'asker',
  remind: 'asker',
  escalate: 'asker',
  withdraw: 'asker',
  close: 'asker',
  acknowledge: 'asked',
  query: 'asked',
  'answer-partly': 'asked',
  answer: 'asked',
  refuse: 'asked',
};

export interface Cell {
  readonly to: RequestState;
  readonly late?: true;
}

const to = (state: RequestState): Cell => ({ to: state });
const late = (state: RequestState): Cell => ({ to: state, late: true });

type Row = { readonly [event in RequestEventName]?: Cell };

/** An answer, a refusal and what leads to them may come when nobody waits for them any more; they are kept. */
const tooLate = (state: RequestState): Row => ({
  acknowledge: late(state),
  query: late(state),
  'answer-partly': late(state),
  answer: late(state),
  refuse: late(state),
});

/** Whoever asked did not know yet that it was answered. */
const crossed = (state: RequestState): Row => ({
  supply: late(state),
  extend: late(state),
  remind: late(state),
  escalate: late(state),
  withdraw: late('withdrawn'),
});

export const requestTable: Readonly<Record<RequestState, Row>> = {
  draft: { send: to('sent'), withdraw: to('withdrawn') },
  sent: {
    extend: to('sent'),
    remind: to('sent'),
    escalate: to('sent'),
    withdraw: to('withdrawn'),
    acknowledge: to('acknowledged'),
    query: to('queried'),
    'answer-partly': to('partly-answered'),
    answer: to('answered'),
    refuse: to('refused'),
  },
  acknowledged: {
    extend: to('acknowledged'),
    remind: to('acknowledged'),
    escalate: to('acknowledged'),
    withdraw: to('withdrawn'),
    query: to('queried'),
    'answer-partly': to('partly-answered'),
    answer: to('answered'),
    refuse: to('refused'),
  },
  queried: {
    supply: to('acknowledged'),
    extend: to('queried'),
    remind: late('queried'),
    escalate: late('queried'),
    withdraw: to('withdrawn'),
    'answer-partly': to('partly-answered'),
    answer: to('answered'),
    refuse: to('refused'),
  },
  'partly-answered': {
    supply: late('partly-answered'),
    extend: to('partly-answered'),
    remind: to('partly-answered'),
    escalate: to('partly-answered'),
    withdraw: to('withdrawn'),
    close: to('closed'),
    'answer-partly': to('partly-answered'),
    answer: to('answered'),
    refuse: to('refused'),
  },
  answered: { ...crossed('answered'), close: to('closed'), answer: to('answered') },
  refused: { ...crossed('refused'), close: to('closed'), answer: to('answered') },
  withdrawn: tooLate('withdrawn'),
  closed: tooLate('closed'),
};

/** What a side may do in a state, knowing it. */
export function allowedIn(state: RequestState, side: Side): RequestEventName[] {
  return (Object.keys(sideOf) as RequestEventName[]).filter((event) => {
    const cell = requestTable[state][event];
    return sideOf[event] === side && cell !== undefined && cell.late !== true;
  });
}
