import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { type DirectoryAsked, shownLists } from './asked.ts';
import { CountryClocks } from './CountryClocks.tsx';
import { CountryTable } from './CountryTable.tsx';
import { byCountry, dutiesById } from './lines.ts';
import { SearchBox } from './SearchBox.tsx';
import './directory.css';

/** Agencies, exchanges, issuers and legal channels: who they are, who is there now, and how to reach them. */
export function DirectoryPage() {
  const { t, say, count } = useReader();
  usePageTitle(t.directory.title);
  const asked = useSearch({ from: '/shell/directory' });
  const { list = 'agencies', id, duty } = asked;
  const navigate = useNavigate({ from: '/directory' });
  const go = (next: DirectoryAsked) => void navigate({ search: next, replace: true, resetScroll: false });
  const { data, error, refetch } = useQuery(queries.directoryLines);
  const duties = dutiesById(useQuery(queries.duties).data ?? []);
  const status = useQuery(queries.status).data;
  const first = status === undefined ? [] : [status.desk.country, ...status.partners.map(({ country }) => country)];
  const isOnDuty = (agency: string) => duties.get(agency)?.onDuty === true;
  const all = data?.filter((line) => line.list === list) ?? [];
  const shown = duty === 'on' && list === 'agencies' ? all.filter((line) => isOnDuty(line.id)) : all;
  const onDuty = data?.filter((line) => line.list === 'agencies' && isOnDuty(line.id)).length ?? 0;
  const size = (name: string) => data?.filter((line) => line.list === name).length ?? 0;
  const countries = byCountry(shown, first, ({ name }) => say(name));
  return (
    <div className="stack">
      <PageHead title={t.directory.title} intro={t.directory.intro}>
        <CountryClocks />
      </PageHead>
      <SearchBox text={asked.text ?? ''} onAsk={(text) => go({ ...asked, text: text === '' ? undefined : text })} />
      <div className="row">
        <Choice
          legend={t.directory.title}
          choices={shownLists.map((key) => ({ key, name: `${t.directory.list[key]} ${size(key)}` }))}
          chosen={list}
          onChoose={(key) => go({ list: key })}
        />
        {list === 'agencies' ? (
          <>
            <label className="row">
              <input
                type="checkbox"
                checked={duty === 'on'}
                onChange={(event) => go({ list, ...(event.currentTarget.checked && { duty: 'on' }) })}
              />
              {t.directory.onDutyOnly}
            </label>
            <span className="soft small">{count(t.directory.onDutyCount, onDuty)}</span>
          </>
        ) : null}
      </div>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[200, 200]} /> : null}
      {data !== undefined && shown.length === 0 ? <Empty text={t.directory.none} hint={t.directory.noneHint} /> : null}
      {countries.map(({ country, lines }) => (
        <CountryTable
          key={country}
          country={country}
          lines={lines}
          duties={duties}
          opened={id}
          onOpen={(next) => go({ ...asked, id: next })}
        />
      ))}
    </div>
  );
}
