import type { Asset } from '@gongjo/contract';
import { NativeSelect, TextInput } from '@mantine/core';
import { shorten } from '../../format/address.ts';
import { contractOf } from '../../format/symbol.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useReader } from '../../texts/language.tsx';
import type { AmountForm } from './report-form.ts';

/** One amount in its own asset. Two tokens may call themselves alike, so each stands with its contract. */
export function AmountFields({
  amount,
  assets,
  mayName,
  error,
  onChange,
}: {
  readonly amount: AmountForm;
  readonly assets: readonly Asset[];
  /** Another token can be named by its contract. */
  readonly mayName: boolean;
  readonly error: (field: 'amount' | 'contract') => string | null;
  readonly onChange: (amount: AmountForm | null) => void;
}) {
  const { t } = useReader();
  const text = t.report;
  const isNamed = amount.asset === '';
  const set =
    (field: 'amount' | 'asset' | 'contract') => (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...amount, [field]: event.currentTarget.value });
  return (
    <div className="amount-fields">
      <NativeSelect
        label={text.asset}
        data={[
          ...assets.map((asset) => ({ value: asset.id as string, label: labelOf(asset) })),
          ...(mayName ? [{ value: '', label: text.otherAsset }] : []),
        ]}
        value={amount.asset}
        onChange={set('asset')}
      />
      {isNamed ? (
        <TextInput
          label={text.contract}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={amount.contract}
          onChange={set('contract')}
          error={error('contract')}
        />
      ) : null}
      <TextInput
        label={isNamed ? text.smallest : text.amount}
        inputMode="decimal"
        value={amount.amount}
        onChange={set('amount')}
        error={error('amount')}
      />
      <button
        type="button"
        className="icon-button large remove-amount"
        aria-label={text.removeAmount}
        title={text.removeAmount}
        onClick={() => onChange(null)}
      >
        <Icon name="minus" />
      </button>
    </div>
  );
}

function labelOf({ id, symbol }: Asset): string {
  const contract = contractOf(id);
  return contract === null ? symbol : `${symbol} (${shorten(contract)})`;
}
