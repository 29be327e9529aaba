import { fill } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { holding } from '../../api/hold.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';

/** One press drafts a request, filled from trace and directory, and shows it. */
export function RequestHold({
  incident,
  from,
}: {
  readonly incident: string;
  readonly from: { readonly alert: string } | { readonly address: string };
}) {
  const { t } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useMutation({
    mutationFn: () => holding.draft({ incident, ...from }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['holds'] });
      await navigate({ to: '/holds/$id', params: { id } });
    },
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={draft.isPending}
        title={'address' in from ? fill(t.holds.requestAt, { address: from.address }) : undefined}
        onClick={() => draft.mutate()}
      >
        {t.holds.request}
      </Button>
      {draft.error === null ? null : <Failure error={draft.error} />}
    </>
  );
}
