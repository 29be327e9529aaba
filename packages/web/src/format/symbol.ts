/** A token names itself as it likes, also with letters that only look like others: `USDТ` ends in a Cyrillic letter. */
export interface SymbolPart {
  readonly text: string;
  /** Not one of the letters, digits and signs that the symbols of known tokens are written with. */
  readonly odd: boolean;
}

export function symbolParts(symbol: string): SymbolPart[] {
  return (symbol.match(/[\x21-\x7e]+|[^\x21-\x7e]+/g) ?? []).map((text) => ({ text, odd: !/^[\x21-\x7e]/.test(text) }));
}

/** The contract in a token's CAIP-19 identifier; null for a native asset, which has none. */
export function contractOf(assetId: string): string | null {
  return /\/(?:erc20|erc721):(.+)$/.exec(assetId)?.[1] ?? null;
}
