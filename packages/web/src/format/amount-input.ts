import type { Units } from '@gongjo/contract';

/** What a person typed as an amount: its units, or why there are none. */
export type TypedAmount = { readonly units: Units } | { readonly wrong: 'form' | 'digits' };

/** `1,234.5` with 18 decimals → the exact number of units. Commas may only group thousands; nothing is rounded. */
export function unitsOf(text: string, decimals: number): TypedAmount {
  const parts = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (parts === null) return { wrong: 'form' };
  const [, whole = '', fraction = ''] = parts;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return { wrong: 'digits' };
  const units = BigInt(whole.replaceAll(',', '') + digits.padEnd(decimals, '0')).toString();
  // The wire's own bound: 78 digits hold every 256-bit number.
  return units.length > 78 ? { wrong: 'form' } : { units };
}
