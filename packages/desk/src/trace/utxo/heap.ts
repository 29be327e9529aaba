import type { Step } from './step.ts';

/** Steps to execute, the first in the order of the trace first; each at most once. */
export class Heap {
  readonly #steps: Step[] = [];

  add(step: Step): void {
    if (step.due) return;
    step.due = true;
    const steps = this.#steps;
    let at = steps.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = steps[above];
      if (parent === undefined || parent.rank <= step.rank) break;
      steps[at] = parent;
      at = above;
    }
    steps[at] = step;
  }

  take(): Step | null {
    const steps = this.#steps;
    const first = steps[0];
    const last = steps.pop();
    if (first === undefined || last === undefined) return null;
    first.due = false;
    if (first === last) return first;
    const { length } = steps;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      let child = steps[below];
      const other = steps[below + 1];
      if (child !== undefined && other !== undefined && other.rank < child.rank) {
        child = other;
        below += 1;
      }
      if (child === undefined || child.rank >= last.rank) break;
      steps[at] = child;
      at = below;
    }
    steps[at] = last;
    return first;
  }
}
