/**
 * Where in the files the records of each block stand: a run is a stretch of one file whose records are of one block. Kept
 * in columns of numbers, because an export of millions of blocks has millions of runs.
 */

/** About half a gigabyte of memory; an export with more is read in several commands. */
export const RUNS_MAX = 8_000_000;

export interface Run {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
  /** Line of the first record. */
  readonly line: number;
}

export class Runs {
  readonly #heights: number[] = [];
  readonly #files: number[] = [];
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #lines: number[] = [];
  #order: Uint32Array | null = null;

  get count(): number {
    return this.#heights.length;
  }

  /** Adds a record; answers its run's number. `joins`: records of one block that follow each other become one run. */
  add(height: number, { file, offset, length, line }: Run, joins: boolean): number {
    const last = this.count - 1;
    if (joins && last >= 0 && this.#heights[last] === height && this.#files[last] === file) {
      this.#lengths[last] = offset + length - (this.#offsets[last] ?? 0);
      return last;
    }
    this.#heights.push(height);
    this.#files.push(file);
    this.#offsets.push(offset);
    this.#lengths.push(length);
    this.#lines.push(line);
    this.#order = null;
    return last + 1;
  }

  at(index: number): Run {
    return {
      file: this.#files[index] ?? 0,
      offset: this.#offsets[index] ?? 0,
      length: this.#lengths[index] ?? 0,
      line: this.#lines[index] ?? 0,
    };
  }

  /** The runs of one block, in the order of the files. */
  of(height: number): Run[] {
    this.#order ??= Uint32Array.from(this.#heights.keys()).sort(
      (a, b) => (this.#heights[a] ?? 0) - (this.#heights[b] ?? 0) || a - b,
    );
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#heights[this.#order[middle] ?? 0] ?? 0) < height) low = middle + 1;
      else high = middle;
    }
    const found: Run[] = [];
    for (let at = low; at < this.#order.length; at += 1) {
      const index = this.#order[at] ?? 0;
      if (this.#heights[index] !== height) break;
      found.push(this.at(index));
    }
    return found;
  }
}
