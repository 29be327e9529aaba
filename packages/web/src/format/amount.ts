import type { Units } from '@gongjo/contract';

/** Fraction digits shown where space is short; ether to a tenth of a cent's worth, dollars to a hundredth of a cent. */
export const FRACTION_DIGITS_SHORT = 4;

/** An amount as text. `cut` says that digits follow which are not shown, so that no rounded number passes for exact. */
export interface AmountText {
  readonly integer: string;
  /** Digits after the point, without trailing zeros; empty for a whole number. */
  readonly fraction: string;
  readonly cut: boolean;
}

/** `"1234567"` → `"1,234,567"`. */
export function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * Units of an asset as a decimal number, exact. With `fractionDigitsMax` the fraction is cut, never rounded; a value
 * below what those digits can show keeps two significant digits, so that nothing small reads as nothing.
 */
export function amountText(units: Units, decimals: number, fractionDigitsMax?: number): AmountText {
  const digits = BigInt(units)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const integer = group(whole);
  if (fractionDigitsMax === undefined || fraction.length <= fractionDigitsMax) return { integer, fraction, cut: false };
  const leadingZeros = fraction.length - fraction.replace(/^0+/, '').length;
  const keep = whole === '0' ? Math.max(fractionDigitsMax, leadingZeros + 2) : fractionDigitsMax;
  const kept = fraction.slice(0, keep).replace(/0+$/, '');
  return { integer, fraction: kept, cut: kept.length < fraction.length };
}

/** One line: `"1,234.5678…"`. Exact when no limit is given. */
export function amountLine(units: Units, decimals: number, fractionDigitsMax?: number): string {
  const { integer, fraction, cut } = amountText(units, decimals, fractionDigitsMax);
  return `${integer}${fraction === '' ? '' : `.${fraction}`}${cut ? '…' : ''}`;
}

const koreanUnits = [
  { size: 10n ** 16n, name: '경' },
  { size: 10n ** 12n, name: '조' },
  { size: 10n ** 8n, name: '억' },
  { size: 10n ** 4n, name: '만' },
] as const;

/**
 * How a Korean reader says the whole part: `401,346` → `"40만 1,346"`, `146,000,000` → `"1억 4,600만"`. The two largest
 * groups are named; `약` says that smaller ones are left out. Null below ten thousand, where the digits read as they are.
 */
export function koreanReading(units: Units, decimals: number): string | null {
  const whole = BigInt(units) / 10n ** BigInt(decimals);
  const first = koreanUnits.findIndex((unit) => whole >= unit.size);
  const top = koreanUnits[first];
  if (top === undefined) return null;
  const rest = whole % top.size;
  const next = koreanUnits[first + 1] ?? { size: 1n, name: '' };
  const second = rest / next.size;
  const leftOut = rest % next.size !== 0n;
  const words = [`${group(String(whole / top.size))}${top.name}`];
  if (second > 0n) words.push(`${group(String(second))}${next.name}`);
  return `${leftOut ? '약 ' : ''}${words.join(' ')}`;
}

/** Parts per million as a percentage with one digit: `473215` → `"47.3 %"`. Cut, not rounded, so that 100 % means all. */
export function shareText(ppm: number): string {
  if (ppm > 0 && ppm < 1000) return '< 0.1 %';
  const tenths = Math.floor(ppm / 1000);
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

/** `part` of `whole` in parts per million; 0 of nothing is 0. */
export function partsPerMillion(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000_000n) / whole);
}
