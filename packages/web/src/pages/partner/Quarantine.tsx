import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { ProblemLine } from '../../parts/Failure.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** What this partner sent and what was not admitted, object by object. */
export function Quarantine({ desk }: { readonly desk: string }) {
  const { t } = useReader();
  const { data } = useQuery(queries.quarantine(desk));
  const column = t.partner.column;
  return (
    <Section title={t.partner.quarantine}>
      {data === undefined || data.length === 0 ? (
        <Empty text={t.partner.quarantineNone} />
      ) : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{column.at}</th>
                <th scope="col">{column.object}</th>
                <th scope="col">{column.why}</th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ seq, at, id, index, problem }) => (
                <tr key={seq} data-testid="quarantined">
                  <td>
                    <When at={at} />
                  </td>
                  <td className="mono">{id ?? `#${index + 1}`}</td>
                  <td>
                    <ProblemLine problem={problem} />
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
