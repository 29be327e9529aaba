/**
 * The traced units of one lot (an input, an output, a fee): ascending pairs *from, to* (exclusive) of positions in it, never
 * touching each other. Where a method gives units no place (`haircut`, `poison`), the one pair from 0 to the amount.
 */
export type Part = readonly bigint[];
/** By slot; a slot without an entry carries nothing traced. */
export type Parts = readonly (Part | undefined)[];

export function whole(units: bigint): Part {
  return units === 0n ? [] : [0n, units];
}

export function unitsOf(part: Part | undefined): bigint {
  if (part === undefined) return 0n;
  // Nearly every part is one piece from the start.
  if (part.length === 2 && part[0] === 0n) return part[1] ?? 0n;
  let sum = 0n;
  for (let at = 1; at < part.length; at += 2) sum += (part[at] ?? 0n) - (part[at - 1] ?? 0n);
  return sum;
}

/** What a part leaves of a lot of so many units. */
export function restOf(part: Part | undefined, units: bigint): Part {
  if (part === undefined) return whole(units);
  const rest: bigint[] = [];
  let at = 0n;
  for (let index = 0; index < part.length; index += 2) {
    const from = part[index] ?? 0n;
    if (from > at) rest.push(at, from);
    at = part[index + 1] ?? 0n;
  }
  if (units > at) rest.push(at, units);
  return rest;
}

export function samePart(a: Part | undefined, b: Part | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
