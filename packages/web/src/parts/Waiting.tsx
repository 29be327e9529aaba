import { Skeleton } from '@mantine/core';
import { useReader } from '../texts/language.tsx';

/** The place of something that is being asked for, about as high as it will be. */
export function Waiting({ heights }: { readonly heights: readonly number[] }) {
  const { t } = useReader();
  return (
    <div className="stack" role="status">
      <span className="visually-hidden">{t.common.loading}</span>
      {heights.map((height, index) => {
        const key = `${index} ${height}`;
        return <Skeleton key={key} height={height} radius="md" />;
      })}
    </div>
  );
}
