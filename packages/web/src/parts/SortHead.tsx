import { Icon } from './Icon.tsx';

export interface SortOrder<K extends string> {
  readonly by: K;
  readonly descending: boolean;
}

/** The head of a column that the reader may sort by. */
export function SortHead<K extends string>({
  by,
  name,
  title,
  order,
  onOrder,
  number = false,
  largestFirst = false,
}: {
  readonly by: K;
  readonly name: string;
  readonly title: string;
  readonly order: SortOrder<K>;
  readonly onOrder: (order: SortOrder<K>) => void;
  readonly number?: boolean;
  /** The first press sorts the largest to the top. */
  readonly largestFirst?: boolean;
}) {
  const isIt = order.by === by;
  return (
    <th
      scope="col"
      className={number ? 'number' : undefined}
      aria-sort={isIt ? (order.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        title={title}
        onClick={() => onOrder({ by, descending: isIt ? !order.descending : largestFirst })}
      >
        {name}
        <Icon name={isIt ? (order.descending ? 'down' : 'up') : 'sort'} size={12} />
      </button>
    </th>
  );
}
