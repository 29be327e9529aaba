import { bytesOf, concat, type RandomBytes } from '../bytes.ts';
import { inputOf } from '../identifier/identifier.ts';
import { UNIFORM_BYTES } from '../voprf/group.ts';
import type { Asked, Voprf } from '../voprf/voprf.ts';
import type { Entry } from './entry.ts';

/** What a side of a session works with. */
export interface Context {
  readonly voprf: Voprf;
  readonly random: RandomBytes;
}

/** Why a message is not taken. Nothing that came with it is used. */
export type SessionFault =
  | 'session' // it belongs to another session
  | 'epoch' // the key is not, or no longer, the one that answers
  | 'commitment' // the other side's own key is not the one that it committed to
  | 'count' // as many parts as were not asked or agreed
  | 'element' // something that is no element of the group
  | 'order' // values out of order
  | 'proof' // evaluated with another key
  | 'list'; // the list at hand is an older one, or another: refresh it and compare again

export const fault = (of: SessionFault): { readonly fault: SessionFault } => ({ fault: of });

const filler = bytesOf('gongjo overlap filler 1\0');

/**
 * Entries as blinded questions, filled up to a count with questions about nothing: random inputs, blinded alike, so that making
 * and answering them takes the same work.
 */
export function questionsFor({ voprf, random }: Context, entries: readonly Entry[], count: number): Asked[] {
  if (entries.length > count) throw new RangeError('more questions than the session has room for');
  return Array.from({ length: count }, (_, at) => {
    const entry = entries[at];
    const input = entry === undefined ? concat(filler, random(UNIFORM_BYTES)) : inputOf(entry.identifier);
    return { input, ...voprf.blind(input, random(UNIFORM_BYTES)) };
  });
}

/** What a side knows of one of its entries after it was answered: the output under the other side's key. */
export interface Known {
  readonly entry: Entry;
  readonly output: Uint8Array;
}

export const knownOf = (entries: readonly Entry[], outputs: readonly Uint8Array[]): Known[] =>
  entries.flatMap((entry, at) => {
    const output = outputs[at];
    return output === undefined ? [] : [{ entry, output }];
  });
