import type { Refusal } from '@gongjo/contract';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Scroll } from '../../parts/Scroll.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { refusalRows } from './partner-csv.ts';
import { Reasons } from './Reasons.tsx';

export function Refusals({ refusals, desk }: { readonly refusals: readonly Refusal[]; readonly desk: string }) {
  const { t, language } = useReader();
  const newest = [...refusals].sort((a, b) => b.at.localeCompare(a.at));
  const column = t.partner.column;
  return (
    <Section
      title={t.partner.refused}
      aside={
        newest.length === 0 ? null : (
          <CsvButton name={`${desk}-refused`} rows={() => refusalRows(newest, t, language)} />
        )
      }
    >
      {newest.length === 0 ? (
        <Empty text={t.partner.refusedNone} />
      ) : (
        <Scroll className="panel" label={t.partner.refused}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{column.at}</th>
                <th scope="col">{column.object}</th>
                <th scope="col">{column.type}</th>
                <th scope="col">{column.why}</th>
              </tr>
            </thead>
            <tbody>
              {newest.map(({ at, object, reasons }) => (
                <tr key={`${at} ${object.id}`} data-testid="refusal">
                  <td>
                    <When at={at} />
                  </td>
                  <td title={object.id}>{object.label}</td>
                  <td className="soft">{object.type}</td>
                  <td>
                    <Reasons reasons={reasons} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}
