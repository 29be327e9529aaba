import { fill, type NewWatch, terms, type Watch } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { watching } from '../../api/watch.client.ts';
import { Address } from '../../parts/Address.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { useChainName } from '../../parts/chain-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Watches that people ordered. */
export function Standing() {
  const { t, say, count } = useReader();
  const chainName = useChainName();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(queries.watches);
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['watches'] }) };
  const end = useMutation({ mutationFn: (watch: Watch) => watching.end(watch.id), ...settle });
  const again = useMutation({
    mutationFn: (watch: Watch) => watching.add(orderOf(watch)),
    onSuccess: end.reset,
    ...settle,
  });
  const text = t.watches;
  /** Where nobody named it, the desk calls a category by its code. */
  const nameOf = ({ name, category }: Watch) =>
    category !== null && name === category ? say(terms.category[category]) : name;
  const rows = () => [
    [text.kind, text.chain, text.what, text.form.name, text.reason, text.added, text.until],
    ...(data ?? []).map((watch) => [
      say(terms.watchKind[watch.kind]),
      watch.chain,
      watch.address ?? (watch.category === null ? String(watch.count ?? '') : say(terms.category[watch.category])),
      nameOf(watch),
      watch.reason,
      watch.addedAt,
      watch.until ?? '',
    ]),
  ];
  return (
    <Section
      title={text.standing}
      aside={(data ?? []).length === 0 ? null : <CsvButton name={text.csvName} rows={rows} />}
    >
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {[end.error, again.error].map((failed) =>
        failed === null ? null : <Failure key={failed.message} error={failed} />,
      )}
      {end.data === undefined ? null : (
        <div className="done" role="status">
          <Icon name="check" />
          <span>{fill(text.ended, { name: nameOf(end.data) })}</span>
          {end.data.kind === 'list' ? null : (
            <Button
              size="compact-sm"
              variant="default"
              loading={again.isPending}
              onClick={() => again.mutate(end.data)}
            >
              {text.undo}
            </Button>
          )}
        </div>
      )}
      {data === undefined && error === null ? <Waiting heights={[120]} /> : null}
      {data?.length === 0 ? <Empty text={text.none} hint={text.noneHint} /> : null}
      {data === undefined || data.length === 0 ? null : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.form.name}</th>
                <th scope="col">{text.what}</th>
                <th scope="col">{text.chain}</th>
                <th scope="col">{text.reason}</th>
                <th scope="col">{text.added}</th>
                <th scope="col">{text.until}</th>
                <th scope="col">
                  <span className="visually-hidden">{text.end}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((watch) => (
                <tr key={watch.id} data-testid="watch" data-kind={watch.kind}>
                  <td>
                    <strong>
                      {isAddressName(watch) ? (
                        <Address address={watch.name} copy={false} chain={watch.chain} />
                      ) : (
                        nameOf(watch)
                      )}
                    </strong>
                  </td>
                  <td className="nowrap">
                    <span className="chip">{say(terms.watchKind[watch.kind])}</span>{' '}
                    {watch.address === null ? null : <Address address={watch.address} chain={watch.chain} />}
                    {watch.category === null ? null : say(terms.category[watch.category])}
                    {watch.count === null ? null : <span className="soft">{count(text.count, watch.count)}</span>}
                  </td>
                  <td>{chainName(watch.chain)}</td>
                  <td>{watch.reason}</td>
                  <td>
                    <When at={watch.addedAt} own />
                    <div className="soft small">{fill(text.by, { name: watch.addedBy })}</div>
                  </td>
                  <td>
                    {watch.until === null ? (
                      <span className="soft">{text.forever}</span>
                    ) : (
                      <When at={watch.until} own />
                    )}
                  </td>
                  <td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={fill(text.endName, { name: nameOf(watch) })}
                      loading={end.isPending && end.variables.id === watch.id}
                      onClick={() => end.mutate(watch)}
                    >
                      {text.end}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

const isAddressName = ({ name, address }: Watch) => address !== null && name === address;

/** The same watch again; a list's addresses are gone with it. */
function orderOf({ kind, chain, name, reason, address, category, until }: Watch): NewWatch {
  const same = { chain, name, reason, ...(until !== null && { until }) };
  if (kind === 'category' && category !== null) return { kind, category, ...same };
  return { kind: 'address', address: address ?? '', ...same };
}
