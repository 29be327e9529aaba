import { type OverlapMatchView, overlapTerms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Item } from './Item.tsx';

/** What this desk and partners have in common, the latest first. */
export function MatchTable({ matches }: { readonly matches: readonly OverlapMatchView[] }) {
  const { t } = useReader();
  const deskName = useDeskName();
  const column = t.overlap.column;
  return (
    <div className="panel table-scroll">
      <table className="table">
        <thead>
          <tr>
            {[column.first, column.partner, column.item, column.told, column.contact, column.reference, column.own].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {matches.map((match) => (
            <tr key={`${match.desk} ${match.item.kind} ${match.item.text}`} data-testid="overlap-match">
              <td>
                <When at={match.firstAt} own />
              </td>
              <td>
                <strong>{deskName(match.desk)}</strong>
              </td>
              <td>
                <Item item={match.item} />
              </td>
              <td>
                <span className={`chip ${match.told ? 'good' : 'know'}`}>
                  {match.told ? t.overlap.told.yes : t.overlap.told.no}
                </span>
              </td>
              <td>{match.theirNote?.contact ?? <span className="soft">{t.overlap.toldNothing}</span>}</td>
              <td>{match.theirNote?.reference ?? t.common.none}</td>
              <td>
                <Own reference={match.reference} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The incident that the entry stands for, or the number of the case that was written with it. */
function Own({ reference }: { readonly reference: string | null }) {
  const { t, say } = useReader();
  const incidents = useQuery(queries.incidents).data ?? [];
  const incident = incidents.find(({ id }) => id === reference);
  if (incident === undefined) return reference ?? t.common.none;
  return (
    <Link to="/incidents/$id" params={{ id: incident.id }}>
      {say(incident.title)}
    </Link>
  );
}

export function useMatchRows() {
  const { t, say } = useReader();
  const column = t.overlap.column;
  return (matches: readonly OverlapMatchView[]): readonly (readonly string[])[] => [
    [column.first, column.partner, column.kind, column.item, column.told, column.contact, column.reference, column.own],
    ...matches.map(({ firstAt, desk, item, told, theirNote, reference }) => [
      firstAt,
      desk,
      say(overlapTerms.kind[item.kind]),
      item.within === undefined ? item.text : `${item.within}:${item.text}`,
      told ? t.overlap.told.yes : t.overlap.told.no,
      theirNote?.contact ?? '',
      theirNote?.reference ?? '',
      reference ?? '',
    ]),
  ];
}
