/** `1234567n` of an asset with 6 decimals → `"1.234567"`, whole part grouped by thousands as both languages write it. */
export function amountText(units: bigint, asset: { readonly symbol: string; readonly decimals: number }): string {
  const digits = units.toString().padStart(asset.decimals + 1, '0');
  const whole = digits.slice(0, -asset.decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits.slice(-asset.decimals).replace(/0+$/, '');
  return `${whole}${fraction === '' ? '' : `.${fraction}`} ${asset.symbol}`;
}
