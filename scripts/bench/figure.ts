/** One line of the bench's answer. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  /** The named alternative, measured in the same run, and the ratio to it. */
  readonly against?: string;
}

export const rate = (count: number, ms: number, unit: string) =>
  `${Math.round((count * 1000) / ms).toLocaleString('en')} ${unit}/s`;

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedMs };
}
