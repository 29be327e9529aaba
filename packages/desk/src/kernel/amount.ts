import type { Asset } from '@gongjo/contract';

/** `1234567n` of an asset with 6 decimals → `"1.234567"`; no rounding, no grouping. */
export function decimalAmount(units: bigint, decimals: number): string {
  if (decimals === 0) return units.toString();
  const digits = units.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const whole = digits.slice(0, -decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Amount and symbol for a person, e.g. `"1.5 ETH"`. The symbol is the token's own claim. */
export function amountText(units: bigint, asset: Pick<Asset, 'decimals' | 'symbol'>): string {
  return `${decimalAmount(units, asset.decimals)} ${asset.symbol}`;
}
