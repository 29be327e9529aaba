import { Button } from '@mantine/core';
import { csv } from '../format/csv.ts';
import { useReader } from '../texts/language.tsx';
import { Icon } from './Icon.tsx';

/** Hands the rows to the reader as a file; they are made only when asked for. */
export function CsvButton({
  name,
  rows,
}: {
  readonly name: string;
  readonly rows: () => readonly (readonly string[])[];
}) {
  const { t } = useReader();
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([csv(rows())], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button size="compact-sm" variant="default" leftSection={<Icon name="download" size={14} />} onClick={save}>
      {t.common.exportCsv}
    </Button>
  );
}
