import { Button } from '@mantine/core';
import { Failure } from '../parts/Failure.tsx';
import { useReader } from '../texts/language.tsx';

/** Shown in place of a page in which an error was thrown. */
export function BrokenPage({ error }: { readonly error: unknown }) {
  const { t } = useReader();
  return (
    <div className="stack">
      <Failure error={error} />
      <p>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t.failure.reload}
        </Button>
      </p>
    </div>
  );
}
