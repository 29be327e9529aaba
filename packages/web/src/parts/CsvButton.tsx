import { Button } from '@mantine/core';
import { csv } from '../format/csv.ts';
import { useReader } from '../texts/language.tsx';
import { Icon } from './Icon.tsx';
import { saveFile } from './save-file.ts';

/** Hands the rows to the reader as a file; they are made only when asked for. */
export function CsvButton({
  name,
  rows,
}: {
  readonly name: string;
  readonly rows: () => readonly (readonly string[])[];
}) {
  const { t } = useReader();
  const save = () => saveFile(new Blob([csv(rows())], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
  return (
    <Button size="compact-sm" variant="default" leftSection={<Icon name="download" size={14} />} onClick={save}>
      {t.common.exportCsv}
    </Button>
  );
}
