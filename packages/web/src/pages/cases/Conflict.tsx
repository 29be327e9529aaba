import { caseTerms, type FactView, type RevisionView } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { joint } from '../../api/joint.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import { FactBody } from './FactBody.tsx';
import { Said } from './FactCard.tsx';

/** What two sides say of one fact, side by side, until a person settles it. */
export function Conflict({ caseId, fact }: { readonly caseId: string; readonly fact: FactView }) {
  const { t, say } = useReader();
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: ({ body, about }: RevisionView) =>
      joint.change(caseId, fact.id, {
        based: fact.heads.map(({ id }) => id),
        body,
        ...(about.source === undefined ? {} : { source: about.source }),
        ...(about.terms === undefined ? {} : { terms: about.terms }),
        removed: about.removed === true,
      }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <div className="panel case-conflict" data-testid="conflict">
      <p className="small soft">{say(caseTerms.fact[fact.kind])}</p>
      <div className="case-sides">
        {fact.heads.map((head) => (
          <div key={head.id} className="case-side">
            <FactBody body={head.body} />
            <Said revision={head} />
            {fact.kind === 'desk' ? null : (
              <Button size="compact-sm" variant="default" disabled={take.isPending} onClick={() => take.mutate(head)}>
                {t.cases.take}
              </Button>
            )}
          </div>
        ))}
      </div>
      {take.error === null ? null : <Failure error={take.error} />}
    </div>
  );
}
