import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { desk } from '../../api/desk.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';

/** A person's word on a release. */
export function Decide({ id }: { readonly id: string }) {
  const { t } = useReader();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const decide = useMutation({
    mutationFn: (verdict: 'approve' | 'refuse') =>
      desk.decide(id, verdict, reason.trim() === '' ? null : reason.trim()),
    onSettled: () => void client.invalidateQueries({ queryKey: queries.approvals.queryKey }),
  });
  const refuse = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') decide.mutate('refuse');
  };
  return (
    <div className="decide">
      <TextInput
        label={t.approvals.reason}
        description={t.approvals.reasonHint}
        value={reason}
        maxLength={1000}
        error={missing ? t.approvals.reasonMissing : null}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className="row">
        <Button
          size="compact-sm"
          loading={decide.isPending && decide.variables === 'approve'}
          disabled={decide.isPending}
          onClick={() => decide.mutate('approve')}
        >
          {t.approvals.approve}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={decide.isPending && decide.variables === 'refuse'}
          disabled={decide.isPending}
          onClick={refuse}
        >
          {t.approvals.refuse}
        </Button>
      </div>
      {decide.error === null ? null : <Failure error={decide.error} />}
    </div>
  );
}
