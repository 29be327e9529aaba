/** Points that differ in nothing but the values listed for each dimension: the whole product of them. */
export interface Box {
  /** For each dimension the indices of its values, ascending. */
  readonly values: readonly (readonly number[])[];
  readonly size: number;
}

/** Finding one box looks points up some ten times as often as the box holds; after so many points others have their turn. */
const pointsPerTurn = 2_000;

/** The place of a point in a list of all: the first dimension counts fastest. */
export function indexOf(point: readonly number[], sizes: readonly number[]): number {
  let index = 0;
  for (let at = sizes.length - 1; at >= 0; at--) index = index * (sizes[at] ?? 1) + (point[at] ?? 0);
  return index;
}

export function pointOf(index: number, sizes: readonly number[]): number[] {
  let rest = index;
  return sizes.map((size) => {
    const value = rest % size;
    rest = Math.floor(rest / size);
    return value;
  });
}

/**
 * Few boxes that together hold these points and no other; a point may be in several. Each box is as large as it can be: it
 * begins at a point that is in none yet and takes in every value that keeps it inside, the dimensions in the order given, so
 * that the first ones are those that a reader is told least about.
 */
export function* boxesOf(
  points: ReadonlySet<number>,
  sizes: readonly number[],
  order: readonly number[],
  boxesMax: number,
): Generator<undefined, { readonly boxes: Box[]; readonly left: number }> {
  const steps: number[] = [];
  for (const [at, size] of sizes.entries()) steps.push((steps[at - 1] ?? 1) * (at === 0 ? 1 : (sizes[at - 1] ?? size)));
  const covered = new Set<number>();
  const boxes: Box[] = [];
  let since = 0;
  for (const index of points) {
    if (covered.has(index)) continue;
    if (boxes.length === boxesMax) break;
    const { values, members } = grow(points, index, sizes, steps, order);
    for (const member of members) covered.add(member);
    boxes.push({ values, size: members.length });
    since += members.length;
    if (since > pointsPerTurn) {
      since = 0;
      yield undefined;
    }
  }
  return { boxes, left: points.size - covered.size };
}

function grow(
  points: ReadonlySet<number>,
  index: number,
  sizes: readonly number[],
  steps: readonly number[],
  order: readonly number[],
): { readonly values: number[][]; readonly members: number[] } {
  const start = pointOf(index, sizes);
  const values = start.map((value) => [value]);
  let members = [index];
  for (const at of order) {
    const own = start[at] ?? 0;
    const step = steps[at] ?? 1;
    // Members so far have the start's value here; a value is taken in if all of them stay inside with it.
    const taken = [...Array(sizes[at]).keys()].filter(
      (value) => value !== own && members.every((member) => points.has(member + (value - own) * step)),
    );
    values[at] = [own, ...taken].toSorted((a, b) => a - b);
    members = members.flatMap((member) => [member, ...taken.map((value) => member + (value - own) * step)]);
  }
  return { values, members };
}
