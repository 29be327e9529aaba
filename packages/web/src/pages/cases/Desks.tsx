import { type CaseDetail, caseTerms, fill } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Who is in a case, and whom to let in. */
export function Desks({ it }: { readonly it: CaseDetail }) {
  const { t, say } = useReader();
  const nameOf = useDeskName();
  const client = useQueryClient();
  const partners = useQuery(queries.status).data?.partners ?? [];
  const free = partners.filter(({ desk }) => !it.desks.some((other) => other.desk === desk));
  const [chosen, setChosen] = useState('');
  const [basis, setBasis] = useState('');
  const to = free.some(({ desk }) => desk === chosen) ? chosen : (free[0]?.desk ?? '');
  const offer = useMutation({
    mutationFn: () => joint.offer(it.id, to, basis.trim() === '' ? null : basis.trim()),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to !== '') offer.mutate();
  };
  return (
    <Section title={t.cases.desks}>
      {it.desks.length === 0 ? (
        <Empty text={t.cases.desksNone} />
      ) : (
        <ul className="case-list">
          {it.desks.map(({ desk, standing, given, held }) => (
            <li key={desk} className="panel case-card row">
              <strong>{nameOf(desk)}</strong>
              <span className="chip">{say(caseTerms.standing[standing])}</span>
              <span className="small soft">{fill(t.cases.counts, { given, held })}</span>
            </li>
          ))}
        </ul>
      )}
      {it.overlaps.length === 0 ? null : (
        <ul className="case-list small" data-testid="case-overlaps">
          {it.overlaps.map(({ desk, item, theirNote }) => (
            <li key={`${desk} ${item.kind} ${item.text}`}>
              <Button size="compact-xs" variant="subtle" onClick={() => setChosen(desk)}>
                {fill(t.cases.overlap, { desk: nameOf(desk), item: item.text })}
              </Button>
              {theirNote === null ? null : <span className="soft">{` ${theirNote.contact}`}</span>}
            </li>
          ))}
        </ul>
      )}
      {free.length === 0 || it.recalled ? null : (
        <form className="panel fields" onSubmit={submit} aria-label={t.cases.offer}>
          <NativeSelect
            label={t.cases.offer}
            value={to}
            data={free.map(({ desk }) => ({ value: desk, label: nameOf(desk) }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <TextInput
            label={t.cases.basis}
            value={basis}
            maxLength={500}
            onChange={(event) => setBasis(event.currentTarget.value)}
          />
          <div className="wide">
            <Button type="submit" loading={offer.isPending}>
              {t.cases.offerButton}
            </Button>
          </div>
          {offer.error === null ? null : <Failure error={offer.error} />}
        </form>
      )}
    </Section>
  );
}
