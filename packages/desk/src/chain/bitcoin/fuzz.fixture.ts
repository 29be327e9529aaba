/** Inputs for a fuzzed parser; `GONGJO_FUZZ_RUNS=1000000` raises their number. */
export const FUZZ_INPUTS = Number(process.env.GONGJO_FUZZ_RUNS ?? 20_000);

/** Printed by every fuzz test; `GONGJO_FUZZ_SEED` repeats a run. */
export const FUZZ_SEED = Number(process.env.GONGJO_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A generator of numbers below 2³² with a seed (xorshift32), because a million calls of fast-check take minutes. */
export function numbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Below = ReturnType<typeof numbers>;

export function randomBytes(below: Below, lengthMax: number): Uint8Array {
  return Uint8Array.from({ length: below(lengthMax + 1) }, () => below(256));
}

/** Values that parsers trip over: the ends of number ranges, markers of longer counts. */
const edges = [0x00, 0x01, 0x4c, 0x4d, 0x4e, 0x6a, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff];

/** One to eight changes: a byte, a run of bytes, a piece cut out, put in twice, moved, or taken from another input. */
export function mutated(below: Below, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let made = Uint8Array.from(bytes);
  for (let left = 1 + below(8); left > 0 && made.length > 0; left -= 1) {
    const at = below(made.length);
    const length = 1 + below(Math.min(64, made.length - at));
    const piece = made.subarray(at, at + length);
    const kind = below(7);
    if (kind === 0) made[at] = below(256);
    else if (kind === 1) made[at] = edges[below(edges.length)] ?? 0;
    else if (kind === 2) piece.fill(edges[below(edges.length)] ?? 0);
    else if (kind === 3) made = spliced(made, at, length, new Uint8Array(0));
    else if (kind === 4) made = spliced(made, at, 0, Uint8Array.from(piece));
    else if (kind === 5) made = made.slice(0, at);
    else if (other.length > 0)
      made = spliced(made, at, length, other.subarray(below(other.length)).subarray(0, length));
  }
  return made;
}

function spliced(bytes: Uint8Array, at: number, remove: number, put: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(bytes.length - remove + put.length);
  made.set(bytes.subarray(0, at));
  made.set(put, at);
  made.set(bytes.subarray(at + remove), at + put.length);
  return made;
}
