/**
 * Order of STIX timestamps (STIX 2.1 section 2.16). They have any number of fractional digits, which `Date` cuts at three,
 * so they are compared as text: all are in UTC and their parts have fixed widths. Two spellings of one time are equal.
 */

/** One spelling for each time: without the fraction's trailing zeros. */
export function timeKey(timestamp: string): string {
  const fraction = timestamp.slice(20, -1).replace(/0+$/, '');
  return `${timestamp.slice(0, 19)}.${fraction}`;
}

/** Negative where `first` is earlier, positive where it is later, 0 where both are one time. */
export function compareTimes(first: string, second: string): number {
  const [a, b] = [timeKey(first), timeKey(second)];
  return a < b ? -1 : a > b ? 1 : 0;
}
