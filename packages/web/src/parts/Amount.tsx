import type { Asset, Units } from '@gongjo/contract';
import { amountLine, amountText, FRACTION_DIGITS_SHORT, koreanReading } from '../format/amount.ts';
import { symbolParts } from '../format/symbol.ts';
import { useReader } from '../texts/language.tsx';

/** An amount in its own asset: whole part first, fraction quieter, exact in full or cut with `…`. */
export function Amount({
  units,
  asset,
  exact = false,
  reading = false,
}: {
  readonly units: Units;
  readonly asset: Asset | undefined;
  /** All digits, for tables that people copy from. */
  readonly exact?: boolean;
  /** The Korean reading of large numbers beside it. */
  readonly reading?: boolean;
}) {
  const { language, t } = useReader();
  const decimals = asset?.decimals ?? 0;
  const { integer, fraction, cut } = amountText(units, decimals, exact ? undefined : FRACTION_DIGITS_SHORT);
  const korean = reading && language === 'ko' ? koreanReading(units, decimals) : null;
  const title = cut ? t.common.exactly.replace('{amount}', amountLine(units, decimals)) : undefined;
  return (
    <span className="amount" title={title}>
      {integer}
      {fraction === '' && !cut ? null : (
        <span className="fraction">
          {fraction === '' ? '' : `.${fraction}`}
          {cut ? '…' : ''}
        </span>
      )}
      <AssetSymbol asset={asset} />
      {korean === null ? null : <span className="reading">({korean})</span>}
    </span>
  );
}

/** What a token calls itself, with its contract at hand and letters marked that only look like others. */
export function AssetSymbol({ asset }: { readonly asset: Asset | undefined }) {
  return (
    <span className="symbol" title={asset?.id}>
      {symbolParts(asset?.symbol ?? '?').map(({ text, odd }) => (odd ? <mark key={text}>{text}</mark> : text))}
    </span>
  );
}

/** The same as a plain line: `12.5 ETH`. */
export function amountWords(units: Units, asset: Asset | undefined): string {
  return `${amountLine(units, asset?.decimals ?? 0, FRACTION_DIGITS_SHORT)} ${asset?.symbol ?? '?'}`;
}
