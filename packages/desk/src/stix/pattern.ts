import { quote, watchables } from './pattern/index.ts';

/** The one form of STIX pattern (STIX 2.1 section 9) that a desk writes for a wallet: `[cryptocurrency-wallet:value = '…']`. */
export function walletPattern(address: string): string {
  return `[cryptocurrency-wallet:value = ${quote(address)}]`;
}

/** The addresses of a pattern that is about nothing but wallets and can be watched in full; `null` for every other pattern. */
export function walletPatternAddresses(pattern: string): string[] | null {
  const { subjects, complete } = watchables(pattern);
  if (!complete || subjects.some(({ kind }) => kind !== 'wallet')) return null;
  return subjects.map(({ value }) => value);
}
