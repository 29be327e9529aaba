import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rows } from './rows.ts';

/** The rule, said plainly: row by row outwards from the one that is wanted, below before above. */
class PlainRows {
  private readonly freeFrom: number[] = [];
  private readonly lastRow = new Map<string, number>();
  take(holder: string, column: number, near: number, until: number | null): number {
    const row = this.choose(this.lastRow.get(holder), column, near);
    this.freeFrom[row] = until ?? Number.POSITIVE_INFINITY;
    this.lastRow.set(holder, row);
    return row;
  }
  free(row: number, column: number): void {
    this.freeFrom[row] = column;
  }
  private choose(last: number | undefined, column: number, near: number): number {
    const isFree = (row: number) => row < this.freeFrom.length && (this.freeFrom[row] ?? 0) <= column;
    if (last !== undefined && isFree(last)) return last;
    for (let distance = 0; distance <= this.freeFrom.length; distance += 1) {
      if (isFree(near + distance)) return near + distance;
      if (near - distance >= 0 && isFree(near - distance)) return near - distance;
    }
    return this.freeFrom.length;
  }
}

test('a visit takes the row that looking row by row would find', () => {
  const step = fc.record({
    holder: fc.nat(12).map(String),
    near: fc.nat(40),
    keeps: fc.constantFrom(null, null, 1, 2),
    frees: fc.nat(3),
    later: fc.nat(1),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const [quick, plain] = [new Rows(), new PlainRows()];
      const taken: number[] = [];
      let column = 1;
      for (const { holder, near, keeps, frees, later } of steps) {
        column += later;
        // A visit stands near another one, so near a row that there is.
        const close = taken.length === 0 ? 0 : (taken[near % taken.length] ?? 0);
        const until = keeps === null ? null : column + keeps;
        const row = quick.take(holder, column, close, until);
        assert.equal(row, plain.take(holder, column, close, until));
        taken.push(row);
        const done = frees === 0 ? taken[near % taken.length] : undefined;
        if (done === undefined) continue;
        quick.free(done, column);
        plain.free(done, column);
      }
    }),
  );
});
