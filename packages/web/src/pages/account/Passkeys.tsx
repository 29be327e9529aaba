import { peopleTerms } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { makePasskey } from '../../api/passkey.client.ts';
import { people } from '../../api/people.client.ts';
import { queries } from '../../api/queries.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { PasskeyFailure } from '../PasskeyFailure.tsx';
import { AccountList } from './AccountList.tsx';

/** The reader's passkeys: each with its name; the last one stays. */
export function Passkeys() {
  const { t } = useReader();
  const text = t.people.passkey;
  const client = useQueryClient();
  const rows = useQuery(queries.myPasskeys);
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['account'] }) };
  const remove = useMutation({ mutationFn: people.removePasskey, ...settle });
  return (
    <Section title={text.title}>
      <AccountList
        rows={rows}
        error={remove.error}
        none={text}
        columns={[text.name, text.made, text.used]}
        acts={text.remove}
      >
        {(passkey, all) => (
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
              {all.length === 1 ? null : (
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
        )}
      </AccountList>
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
