import { terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { amountLine } from '../../format/amount.ts';
import { Choice } from '../../parts/Choice.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { alertFilters } from './asked.ts';
import { GroupCard } from './GroupCard.tsx';
import { filterCounts, groupsOf } from './group-order.ts';
import './alerts.css';

/** Alerts as people work with them: those of one rule, incident and place as one. */
export function AlertsPage() {
  const { t, say } = useReader();
  usePageTitle(t.alerts.title);
  const { show = 'open', group: opened } = useSearch({ from: '/shell/alerts' });
  const navigate = useNavigate({ from: '/alerts' });
  const { data, error, refetch } = useQuery(queries.alertGroups);
  const counts = filterCounts(data ?? []);
  const groups = groupsOf(data ?? [], show);
  const text = t.alerts;
  const rows = () => [
    [text.of, t.measures.incident, t.response.place, t.alerts.title, text.sum, text.first, text.last],
    ...groups.map((group) => [
      say(terms.alert[group.rule]),
      group.incident === null ? '' : say(group.incident.title),
      group.place.name === null ? group.place.label : say(group.place.name),
      String(group.count),
      group.sums.map(({ units, decimals, symbol }) => `${amountLine(units, decimals)} ${symbol}`).join('; '),
      group.firstAt,
      group.lastAt,
    ]),
  ];
  return (
    <div className="stack">
      <PageHead title={text.title} intro={text.intro} />
      <div className="row">
        <Choice
          legend={text.show}
          choices={alertFilters.map((key) => ({ key, name: `${text.filter[key]} ${counts[key]}` }))}
          chosen={show}
          onChoose={(key) => void navigate({ search: { show: key }, replace: true })}
        />
        <span className="grow" />
        {groups.length === 0 ? null : <CsvButton name={text.csvName} rows={rows} />}
      </div>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[120, 120, 120]} /> : null}
      {data !== undefined && groups.length === 0 ? <Empty text={text.none} hint={text.noneHint} /> : null}
      <ul className="groups">
        {groups.map((group) => (
          <GroupCard
            key={group.id}
            group={group}
            isOpen={opened === group.id}
            onOpen={(open) =>
              void navigate({ search: { show, ...(open && { group: group.id }) }, replace: true, resetScroll: false })
            }
          />
        ))}
      </ul>
    </div>
  );
}
