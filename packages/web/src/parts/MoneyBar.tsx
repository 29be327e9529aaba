import { fill, terms } from '@gongjo/contract';
import { shareText } from '../format/amount.ts';
import type { Bar } from '../format/places.ts';
import { useReader } from '../texts/language.tsx';
import { Amount, amountWords } from './Amount.tsx';
import { Icon } from './Icon.tsx';

/** Where all of one asset stands, as one bar with a legend of words, patterns and shares. */
export function MoneyBar({ bar, heading = false }: { readonly bar: Bar; readonly heading?: boolean }) {
  const { t, say } = useReader();
  return (
    <div>
      {heading ? (
        <div className="row">
          <Amount units={bar.total} asset={bar.asset} reading />
        </div>
      ) : null}
      <div className="money-bar" aria-hidden="true">
        {bar.parts.map(({ stop, sharePpm }) => (
          <span key={stop} className={`fill-${stop}`} style={{ flexGrow: Math.max(1, sharePpm) }} />
        ))}
      </div>
      <ul className="money-legend">
        {bar.parts.map(({ stop, sharePpm, units }) => (
          <li key={stop} title={fill(t.common.share, { share: shareText(sharePpm), asset: bar.asset.symbol })}>
            <span className={`swatch fill-${stop}`} aria-hidden="true" />
            <Icon name={stop} size={13} />
            {say(terms.stop[stop])}
            <span className="soft">
              {amountWords(units, bar.asset)} · {shareText(sharePpm)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
