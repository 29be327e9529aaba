import { fill } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { group } from '../../format/amount.ts';
import { useChainName } from '../../parts/chain-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';

const MEGABYTE = 1_000_000;

/** How many addresses each source has watched. */
export function Sources() {
  const { t, count } = useReader();
  const chainName = useChainName();
  const { data, error, refetch } = useQuery(queries.screening);
  const text = t.watches;
  const sources = data?.sources ?? [];
  return (
    <Section title={text.sources}>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[140]} /> : null}
      {data !== undefined && sources.length === 0 ? <Empty text={text.nothing} /> : null}
      {sources.length === 0 ? null : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.source}</th>
                <th scope="col">{text.chain}</th>
                <th scope="col" className="number">
                  {text.addresses}
                </th>
                <th scope="col">{text.owners}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map(({ source, chain, addresses, owners }) => (
                <tr key={`${source} ${chain}`} data-testid="watch-source" data-source={source}>
                  <td>{text.sourceName[source]}</td>
                  <td>{chainName(chain)}</td>
                  <td className="number">
                    {addresses === null ? <span className="soft">{text.asTagged}</span> : group(String(addresses))}
                  </td>
                  <td>{count(source === 'trace' || source === 'indicator' ? text.incidents : text.orders, owners)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data === undefined ? null : (
        <p className="small soft below">
          {fill(text.screened, {
            screened: group(String(data.screened)),
            hits: group(String(data.hits)),
            fingerprints: group(String(data.fingerprints)),
            bytes: Math.max(1, Math.round(data.bytes / MEGABYTE)),
          })}
        </p>
      )}
    </Section>
  );
}
