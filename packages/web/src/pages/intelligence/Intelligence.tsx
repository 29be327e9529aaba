import { fill, type HeldObjectView, terms } from '@gongjo/contract';
import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { SortHead, type SortOrder } from '../../parts/SortHead.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { type ObjectColumn, objectColumns, sortObjects } from './object-rows.ts';
import { useOriginName } from './origin-name.ts';
import { useTypeName } from './type-name.ts';
import './intelligence.css';

/** Everything of intelligence that the desk holds, what came last first. */
export function IntelligencePage() {
  const { t } = useReader();
  const asked = useSearch({ from: '/shell/intelligence' });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    queries.objects(asked),
  );
  usePageTitle(t.intelligence.title);
  const objects = data?.pages.flatMap((page) => page.objects);
  const isFiltered = Object.values(asked).some((it) => it !== undefined && it !== '');
  const text = t.intelligence;
  return (
    <div className="stack">
      <PageHead title={text.title} intro={text.intro} />
      <Filter />
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {objects === undefined && error === null ? <Waiting heights={[320]} /> : null}
      {objects?.length === 0 ? (
        <Empty text={isFiltered ? text.noneFound : text.none} hint={isFiltered ? text.noneFoundHint : text.noneHint} />
      ) : null}
      {objects === undefined || objects.length === 0 ? null : <ObjectTable objects={objects} />}
      {hasNextPage ? (
        <p>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {text.more}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function Filter() {
  const { t } = useReader();
  const navigate = useNavigate();
  const asked = useSearch({ from: '/shell/intelligence' });
  const typeName = useTypeName();
  const originName = useOriginName();
  const status = useQuery(queries.status).data;
  const [text, setText] = useState(asked.text ?? '');
  useEffect(() => setText(asked.text ?? ''), [asked.text]);
  const set = (change: Partial<typeof asked>): void => {
    const next = Object.entries({ ...asked, ...change }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '/intelligence', search: Object.fromEntries(next) });
  };
  const words = t.intelligence.filter;
  const types = Object.keys(t.intelligence.type);
  const origins = [status?.desk.desk, ...(status?.partners ?? []).map(({ desk }) => desk)].filter(
    (it) => it !== undefined,
  );
  const choices = (values: readonly string[], chosen: string | undefined, name: (value: string) => string) => [
    { value: '', label: words.all },
    ...[...new Set([...values, ...(chosen === undefined ? [] : [chosen])])].map((value) => ({
      value,
      label: name(value),
    })),
  ];
  return (
    <form
      className="object-filter"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        set({ text: text.trim() });
      }}
    >
      <TextInput label={words.text} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Select
        label={words.type}
        data={choices(types, asked.type, typeName)}
        value={asked.type ?? ''}
        allowDeselect={false}
        onChange={(value) => set({ type: value ?? '' })}
      />
      <Select
        label={words.origin}
        data={choices(origins, asked.origin, originName)}
        value={asked.origin ?? ''}
        allowDeselect={false}
        onChange={(value) => set({ origin: value ?? '' })}
      />
      <Button type="submit" variant="default">
        {words.run}
      </Button>
    </form>
  );
}

function ObjectTable({ objects }: { readonly objects: readonly HeldObjectView[] }) {
  const { t, say } = useReader();
  const typeName = useTypeName();
  const originName = useOriginName();
  const [order, setOrder] = useState<SortOrder<ObjectColumn> | null>(null);
  const text = t.intelligence;
  const cell = (it: HeldObjectView, column: ObjectColumn): string | number => {
    switch (column) {
      case 'type':
        return typeName(it.type);
      case 'label':
        return it.label;
      case 'marking':
        return it.tlp === null ? text.unmarked : say(terms.tlp[it.tlp]);
      case 'origin':
        return originName(it.origin);
      case 'modified':
        return it.modified ?? '';
      case 'added':
        return it.addedAt;
      case 'sightings':
        return it.sightings ?? 0;
    }
  };
  const sorted = order === null ? objects : sortObjects(objects, order, cell);
  const rows = () => [
    ['id', ...objectColumns.map((column) => text.column[column])],
    ...sorted.map((it) => [it.id, ...objectColumns.map((column) => String(cell(it, column)))]),
  ];
  return (
    <div className="stack">
      <div className="panel table-scroll">
        <table className="table objects">
          <thead>
            <tr>
              {objectColumns.map((column) => (
                <SortHead
                  key={column}
                  by={column}
                  name={text.column[column]}
                  title={fill(text.sortBy, { column: text.column[column] })}
                  order={order ?? { by: 'added', descending: true }}
                  onOrder={setOrder}
                  number={column === 'sightings'}
                  largestFirst={column === 'sightings' || column === 'added' || column === 'modified'}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((it) => (
              <tr key={it.seq} data-testid="object" data-type={it.type}>
                <td className="nowrap">{cell(it, 'type')}</td>
                <td className="object-label">
                  <Link to="/intelligence/$id" params={{ id: it.id }} preload={false}>
                    {it.label}
                  </Link>
                  {it.revoked ? <span className="chip warn">{text.revoked}</span> : null}
                  {it.recalledAt === null ? null : <span className="chip warn">{text.recalled}</span>}
                </td>
                <td>{it.tlp === null ? <span className="soft">{text.unmarked}</span> : <Tlp level={it.tlp} />}</td>
                <td>{cell(it, 'origin')}</td>
                <td>{it.modified === null ? t.common.none : <When at={it.modified} own />}</td>
                <td>
                  <When at={it.addedAt} own />
                </td>
                <td className="number">{it.sightings ? it.sightings : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <CsvButton name={text.csvName} rows={rows} />
      </div>
    </div>
  );
}
