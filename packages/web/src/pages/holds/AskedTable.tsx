import { type AskedHoldSummary, holdTerms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { ClockLine } from './ClockLine.tsx';
import { amountsText } from './hold-rows.ts';

/** Requests that partners make to this desk. */
export function AskedTable({ holds }: { readonly holds: readonly AskedHoldSummary[] }) {
  const { t, say } = useReader();
  const text = t.holds;
  if (holds.length === 0) return null;
  const rows = () => [
    [
      text.asked.from,
      text.entity,
      text.column.amount,
      text.address,
      text.column.state,
      text.clocks,
      text.asked.received,
    ],
    ...holds.map(({ desk, number, entity, addressee, facts, state, clocks, receivedAt }) => [
      ...[`${say(desk.name)} ${number}`, say(entity ?? addressee)],
      amountsText(facts.amounts),
      ...[facts.address, state === 'sent' ? text.asked.isNew : say(holdTerms.state[state])],
      clocks.map(({ kind, dueAt }) => `${say(holdTerms.clock[kind])} ${dueAt}`).join('; '),
      receivedAt,
    ]),
  ];
  return (
    <Section title={text.asked.title} aside={<CsvButton name={text.asked.title} rows={rows} />}>
      <div className="panel table-scroll">
        <table className="table" data-testid="asked-holds">
          <thead>
            <tr>
              <th scope="col">{text.asked.from}</th>
              <th scope="col">{text.entity}</th>
              <th scope="col">{text.column.amount}</th>
              <th scope="col">{text.address}</th>
              <th scope="col">{text.column.state}</th>
              <th scope="col">{text.clocks}</th>
              <th scope="col">{text.asked.received}</th>
            </tr>
          </thead>
          <tbody>
            {holds.map(
              ({ id, desk, number, drill, addressee, entity, facts, state, stateThere, clocks, receivedAt }) => (
                <tr key={`${desk.id} ${id}`} data-testid="asked-hold">
                  <td>
                    {drill ? <DrillMark /> : null}
                    <Link to="/holds/asked/$desk/$id" params={{ desk: desk.id, id }}>
                      {say(desk.name)} {number}
                    </Link>
                  </td>
                  <td>{say(entity ?? addressee)}</td>
                  <td>
                    {facts.amounts.map(({ asset, symbol, decimals, units }) => (
                      <div key={asset}>
                        <Amount units={units} asset={{ id: asset, symbol, decimals }} exact />
                      </div>
                    ))}
                  </td>
                  <td>
                    <Address address={facts.address} />
                  </td>
                  <td>
                    {state === 'sent' ? text.asked.isNew : say(holdTerms.state[state])}
                    {stateThere === 'withdrawn' ? ` (${say(holdTerms.state.withdrawn)})` : null}
                  </td>
                  <td>
                    {clocks.map((clock) => (
                      <div key={clock.kind}>
                        <ClockLine clock={clock} />
                      </div>
                    ))}
                  </td>
                  <td>
                    <When at={receivedAt} own />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
