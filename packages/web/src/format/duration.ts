/** The words of a length of time, each with `{count}`; they stand in the catalogue of texts. */
export interface DurationWords {
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
] as const;

/** `12 min 30 s`: the two largest units, cut and never rounded up. Without its sign: before and after are said in words. */
export function durationText(seconds: number, words: DurationWords): string {
  const whole = Math.floor(Math.abs(seconds));
  const found = units.findIndex((unit) => whole >= unit.seconds);
  const first = found < 0 ? units.length - 1 : found;
  return units
    .slice(first, first + 2)
    .map((unit, at) => {
      const count = at === 0 ? Math.floor(whole / unit.seconds) : Math.floor((whole % sizeAbove(unit)) / unit.seconds);
      return { count, text: words[unit.name].replace('{count}', String(count)) };
    })
    .filter(({ count }, at) => at === 0 || count > 0)
    .map(({ text }) => text)
    .join(' ');
}

function sizeAbove(unit: (typeof units)[number]): number {
  return units[units.indexOf(unit) - 1]?.seconds ?? Number.POSITIVE_INFINITY;
}
