import type { ReactNode } from 'react';
import { Failure } from '../../parts/Failure.tsx';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';

interface Props<T> {
  readonly rows: { readonly data: readonly T[] | undefined; readonly error: Error | null; refetch(): unknown };
  /** Of what was done to a row. */
  readonly error: Error | null;
  readonly none: { readonly none: string; readonly noneHint: string };
  readonly columns: readonly string[];
  /** What the buttons of the last column do. */
  readonly acts: string;
  readonly children: (row: T, all: readonly T[]) => ReactNode;
}

/** What somebody has here, a row each, with what can be done to it in the last column. */
export function AccountList<T>({ rows, error, none, columns, acts, children }: Props<T>) {
  const { data } = rows;
  return (
    <>
      {rows.error === null ? null : <Failure error={rows.error} onRetry={() => void rows.refetch()} />}
      {error === null ? null : <Failure error={error} />}
      {data === undefined && rows.error === null ? <Waiting heights={[100]} /> : null}
      {data?.length === 0 ? <Empty text={none.none} hint={none.noneHint} /> : null}
      {data === undefined || data.length === 0 ? null : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{acts}</span>
                </th>
              </tr>
            </thead>
            <tbody>{data.map((row) => children(row, data))}</tbody>
          </table>
        </div>
      )}
    </>
  );
}
