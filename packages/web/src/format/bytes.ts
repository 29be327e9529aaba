const steps = ['KB', 'MB', 'GB'] as const;

/** `1536` → `1.5 KB`: bytes in the largest unit of 1,024 that is not more than they are. */
export function bytesText(bytes: number): string {
  let left = bytes;
  let unit = 'B';
  for (const next of steps) {
    if (left < 1024) break;
    left /= 1024;
    unit = next;
  }
  return `${Number.isInteger(left) ? left : left.toFixed(1)} ${unit}`;
}
