import { fill } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { makePasskey } from '../api/passkey.client.ts';
import { people } from '../api/people.client.ts';
import { Failure } from '../parts/Failure.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { useReader } from '../texts/language.tsx';
import { PasskeyFailure } from './PasskeyFailure.tsx';
import { Doorway, useSecret } from './SignIn.tsx';

/** Registers a passkey by a link that an administrator made. The link stays good until one is registered. */
export function EnrolPage() {
  const { t } = useReader();
  const token = useSecret('/enrol');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState<string>(t.people.passkey.nameUsual);
  const asked = useQuery({
    queryKey: ['enrol', token],
    queryFn: () => people.enrolOptions(token),
    enabled: token !== '',
    retry: false,
    gcTime: 0,
  });
  const enrol = useMutation({
    // A challenge is good once, so each attempt asks for another.
    mutationFn: async () => {
      const { options } = await people.enrolOptions(token);
      await people.enrol(token, await makePasskey(options), name);
    },
    onSuccess: async () => {
      client.clear();
      await navigate({ to: '/', replace: true });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enrol.mutate();
  };
  const text = t.people.enrol;
  return (
    <Doorway title={text.title}>
      {token === '' ? <p>{text.noLink}</p> : null}
      {asked.error === null ? null : <Failure error={asked.error} />}
      {asked.isLoading ? <Waiting heights={[80]} /> : null}
      {asked.data === undefined ? null : (
        <form className="enrol" onSubmit={submit} aria-label={text.title}>
          <p>{fill(text.hello, { name: asked.data.name })}</p>
          <p className="soft">{text.what}</p>
          <TextInput
            label={t.people.passkey.name}
            description={t.people.passkey.nameHint}
            value={name}
            required
            maxLength={100}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {enrol.error === null ? null : <PasskeyFailure error={enrol.error} />}
          <Button type="submit" loading={enrol.isPending}>
            {text.submit}
          </Button>
        </form>
      )}
    </Doorway>
  );
}
