/**
 * A place in a chain's order of movements: block height, transaction index in the block, movement index (`ord`) in the
 * transaction. Compared field by field; never packed into one number, so no field needs a bound.
 */
export interface Position {
  readonly height: number;
  readonly txIndex: number;
  readonly ord: number;
}

export function comparePositions(a: Position, b: Position): number {
  return a.height - b.height || a.txIndex - b.txIndex || a.ord - b.ord;
}
