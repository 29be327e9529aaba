import { type ApiToken, fill, peopleTerms, type Right, rightParts, tokenDaysMax } from '@gongjo/contract';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { people } from '../../api/people.client.ts';
import { queries } from '../../api/queries.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { AccountList } from './AccountList.tsx';

const DAYS_USUAL = 90;

/** Tokens of the reader's programs: what each may do, when it was used, and a new one, shown once. */
export function Tokens() {
  const { t } = useReader();
  const text = t.people.token;
  const client = useQueryClient();
  const rows = useQuery(queries.myTokens);
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['account'] }) };
  const revoke = useMutation({ mutationFn: people.revokeToken, ...settle });
  return (
    <Section title={text.title}>
      <AccountList
        rows={rows}
        error={revoke.error}
        none={text}
        columns={[text.name, text.rights, text.ends, text.used]}
        acts={text.revoke}
      >
        {(token) => <TokenRow key={token.id} token={token} onRevoke={() => revoke.mutate(token.id)} />}
      </AccountList>
      <AddToken onAdded={settle.onSettled} />
    </Section>
  );
}

function useRightName(): (right: Right) => string {
  const { say } = useReader();
  return (right) => {
    const { object, action } = rightParts(right);
    return `${say(peopleTerms.rightObject[object])}: ${say(peopleTerms.rightAction[action])}`;
  };
}

function TokenRow({ token, onRevoke }: { readonly token: ApiToken; readonly onRevoke: () => void }) {
  const { t } = useReader();
  const rightName = useRightName();
  const text = t.people.token;
  return (
    <tr data-testid="token">
      <td>
        <strong>{token.name}</strong>
      </td>
      <td>{token.rights.map(rightName).join(', ')}</td>
      <td>
        <When at={token.expiresAt} own />
      </td>
      <td>{token.usedAt === null ? t.common.none : <When at={token.usedAt} own />}</td>
      <td className="acts">
        {token.revokedAt === null ? (
          <Button size="compact-sm" variant="default" aria-label={`${text.revoke}: ${token.name}`} onClick={onRevoke}>
            {text.revoke}
          </Button>
        ) : (
          text.revoked
        )}
      </td>
    </tr>
  );
}

function AddToken({ onAdded }: { readonly onAdded: () => void }) {
  const { t } = useReader();
  const text = t.people.token;
  const rightName = useRightName();
  const mine = useQuery(queries.me).data?.rights ?? [];
  const [name, setName] = useState('');
  const [days, setDays] = useState(String(DAYS_USUAL));
  const [chosen, setChosen] = useState<readonly Right[]>([]);
  const add = useMutation({
    mutationFn: () => people.addToken({ name, rights: [...chosen], days: Number(days) }),
    onSuccess: () => {
      setName('');
      setChosen([]);
      onAdded();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen.length > 0) add.mutate();
  };
  return (
    <details className="panel add-token">
      <summary>{text.add}</summary>
      <form className="fields" onSubmit={submit} aria-label={text.add}>
        <TextInput
          label={text.name}
          description={text.nameHint}
          value={name}
          required
          maxLength={100}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          type="number"
          label={text.days}
          description={fill(text.daysHint, { max: tokenDaysMax })}
          value={days}
          required
          min={1}
          max={tokenDaysMax}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        <fieldset className="wide rights">
          <legend>{text.rights}</legend>
          {mine.map((right) => (
            <Checkbox
              key={right}
              label={rightName(right)}
              checked={chosen.includes(right)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen((before) => (checked ? [...before, right] : before.filter((it) => it !== right)))
              }
            />
          ))}
        </fieldset>
        <div className="wide">
          <Button type="submit" loading={add.isPending} disabled={chosen.length === 0}>
            {text.submit}
          </Button>
        </div>
        {add.error === null ? null : (
          <div className="wide">
            <Failure error={add.error} />
          </div>
        )}
        {add.data === undefined ? null : (
          <div className="wide secret" role="status" data-testid="token-secret">
            <p>{text.shownOnce}</p>
            <p>
              <code className="mono">{add.data.secret}</code> <CopyButton text={add.data.secret} what={text.name} />
            </p>
          </div>
        )}
      </form>
    </details>
  );
}
