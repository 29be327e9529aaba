import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { people } from '../../api/people.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { SessionTable } from './SessionTable.tsx';

/** Where the reader is signed in, and how to end it elsewhere. */
export function Sessions() {
  const { t } = useReader();
  const text = t.people.session;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(queries.mySessions);
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['account'] }) };
  const end = useMutation({ mutationFn: people.endSession, ...settle });
  const endOthers = useMutation({ mutationFn: people.endOthers, ...settle });
  const failed = end.error ?? endOthers.error;
  const others = (data ?? []).filter(({ current }) => !current).length;
  return (
    <Section
      title={text.title}
      aside={
        others === 0 ? null : (
          <Button size="compact-sm" variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {text.endOthers}
          </Button>
        )
      }
    >
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {failed === null ? null : <Failure error={failed} />}
      {data === undefined && error === null ? <Waiting heights={[100]} /> : null}
      {data === undefined ? null : <SessionTable sessions={data} onEnd={(id) => end.mutate(id)} />}
    </Section>
  );
}
