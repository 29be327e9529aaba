import { peopleTerms } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { makePasskey } from '../../api/passkey.client.ts';
import { people } from '../../api/people.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { PasskeyFailure } from '../PasskeyFailure.tsx';

/** The reader's passkeys: each with its name; the last one stays. */
export function Passkeys() {
  const { t } = useReader();
  const text = t.people.passkey;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(queries.myPasskeys);
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['account'] }) };
  const remove = useMutation({ mutationFn: people.removePasskey, ...settle });
  return (
    <Section title={text.title}>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {remove.error === null ? null : <Failure error={remove.error} />}
      {data === undefined && error === null ? <Waiting heights={[100]} /> : null}
      {data?.length === 0 ? <Empty text={text.none} hint={text.noneHint} /> : null}
      {data === undefined || data.length === 0 ? null : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.name}</th>
                <th scope="col">{text.made}</th>
                <th scope="col">{text.used}</th>
                <th scope="col">
                  <span className="visually-hidden">{text.remove}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((passkey) => (
                <tr key={passkey.id} data-testid="passkey">
                  <td>
                    <strong>{passkey.name}</strong>
                    {passkey.suspectedAt === null ? null : (
                      <p className="warn-text">
                        <Icon name="act" size={13} /> {text.suspected}
                      </p>
                    )}
                  </td>
                  <td>
                    <When at={passkey.madeAt} own />
                  </td>
                  <td>{passkey.usedAt === null ? t.common.none : <When at={passkey.usedAt} own />}</td>
                  <td className="acts">
                    {data.length === 1 ? null : (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={`${text.remove}: ${passkey.name}`}
                        onClick={() => remove.mutate(passkey.id)}
                      >
                        {text.remove}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <AddPasskey onAdded={settle.onSettled} />
    </Section>
  );
}

function AddPasskey({ onAdded }: { readonly onAdded: () => void }) {
  const { t, say } = useReader();
  const text = t.people.passkey;
  const ways = useQuery(queries.signInWays).data;
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => people.addPasskey(await makePasskey(await people.passkeyOptions()), name),
    onSuccess: () => {
      setName('');
      onAdded();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  if (ways === undefined) return null;
  const state = ways.passkeys === 'available' && !window.isSecureContext ? 'insecure' : ways.passkeys;
  if (state !== 'available') return <p className="soft below">{say(peopleTerms.passkeyState[state])}</p>;
  return (
    <form className="one-line" onSubmit={submit} aria-label={text.add}>
      <TextInput
        label={text.name}
        description={text.nameHint}
        value={name}
        required
        maxLength={100}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {text.add}
      </Button>
      {add.error === null ? null : <PasskeyFailure error={add.error} />}
    </form>
  );
}
