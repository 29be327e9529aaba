/**
 * The one form of STIX pattern (STIX 2.1 section 9) that a desk writes, and the few that it acts on: comparisons of a
 * wallet's address for equality, joined by OR. Any other pattern is kept and shown, never half understood.
 */

/** A string literal: quote and backslash are escaped with a backslash, everything else stands for itself. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** `[cryptocurrency-wallet:value = '…']`. */
export function walletPattern(address: string): string {
  return `[cryptocurrency-wallet:value = ${literal(address)}]`;
}

const comparison = /\s*cryptocurrency-wallet:value\s*=\s*'([^\\']*(?:\\[\\'][^\\']*)*)'\s*/y;
const join = /\s*(\[|\]\s*OR\s*\[|\]\s*$|OR\s)/y;

/**
 * The addresses of a pattern that is nothing but equality comparisons on `cryptocurrency-wallet:value`, joined by OR
 * inside one observation or between several; `null` for every other pattern. One pass, linear in the pattern's length.
 */
export function walletPatternAddresses(pattern: string): string[] | null {
  const addresses: string[] = [];
  let at = 0;
  let inside = false;
  for (;;) {
    join.lastIndex = at;
    const token = join.exec(pattern)?.[1]?.[0];
    if (token === undefined || (token === '[') === inside) return null;
    at = join.lastIndex;
    if (at === pattern.length && token === ']') return addresses;
    inside = true;
    comparison.lastIndex = at;
    const found = comparison.exec(pattern)?.[1];
    if (found === undefined) return null;
    at = comparison.lastIndex;
    addresses.push(found.replace(/\\([\\'])/g, '$1'));
  }
}
