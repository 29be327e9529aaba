import type { Asset, ChainStatus } from '@gongjo/contract';
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useReader } from '../../texts/language.tsx';
import { AmountFields } from './AmountFields.tsx';
import type { AmountForm, MovedForm } from './report-form.ts';

/** A theft takes few assets. */
const amountsMax = 100;

/** What moved on one chain. */
export function MovedFields({
  moved,
  chains,
  assets,
  error,
  onChange,
}: {
  readonly moved: MovedForm;
  readonly chains: readonly ChainStatus[];
  readonly assets: readonly Asset[];
  readonly error: (field: string) => string | null;
  readonly onChange: (moved: MovedForm) => void;
}) {
  const { t } = useReader();
  const text = t.report;
  const field = (name: 'chain' | 'txids' | 'sources' | 'destinations') => ({
    value: moved[name],
    error: error(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...moved, [name]: event.currentTarget.value }),
  });
  const setAmount = (key: number, next: AmountForm | null) =>
    onChange({ ...moved, amounts: moved.amounts.flatMap((one) => (one.key === key ? (next ?? []) : one)) });
  const nextKey = 1 + Math.max(0, ...moved.amounts.map(({ key }) => key));
  const isEvm = moved.chain.startsWith('eip155:');
  return (
    <div className="panel fields">
      <NativeSelect
        label={text.chain}
        data={chains.map(({ chain, name }) => ({ value: chain, label: name }))}
        {...field('chain')}
      />
      <Textarea
        className="wide"
        label={text.txids}
        description={text.txidsHint}
        rows={2}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        required
        {...field('txids')}
      />
      {(['sources', 'destinations'] as const).map((name) => (
        <Textarea
          key={name}
          label={text[name]}
          description={text[`${name}Hint`]}
          rows={2}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...field(name)}
        />
      ))}
      {assets.length === 0 && !isEvm ? null : (
        <fieldset className="wide amounts">
          <legend>
            {text.amounts} <span className="soft small">{text.amountsHint}</span>
          </legend>
          {moved.amounts.map((amount) => (
            <AmountFields
              key={amount.key}
              amount={amount}
              assets={assets}
              mayName={isEvm}
              error={(name) => error(`amounts.${amount.key}.${name}`)}
              onChange={(next) => setAmount(amount.key, next)}
            />
          ))}
          {moved.amounts.length >= amountsMax ? null : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                onChange({
                  ...moved,
                  amounts: [...moved.amounts, { key: nextKey, asset: assets[0]?.id ?? '', contract: '', amount: '' }],
                })
              }
            >
              {text.addAmount}
            </Button>
          )}
        </fieldset>
      )}
    </div>
  );
}
