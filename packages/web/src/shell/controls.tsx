import { fill, type Language } from '@gongjo/contract';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { desk } from '../api/desk.client.ts';
import { queries } from '../api/queries.ts';
import type { LiveState } from '../live/live.client.ts';
import { Icon } from '../parts/Icon.tsx';
import { useReader } from '../texts/language.tsx';
import { takeWanted } from '../wanted.ts';

export function LanguageSwitch() {
  const { t, language, setLanguage } = useReader();
  const choices: readonly { readonly code: Language; readonly name: string }[] = [
    { code: 'en', name: t.shell.english },
    { code: 'ko', name: t.shell.korean },
  ];
  return (
    <fieldset className="switch">
      <legend className="visually-hidden">{t.shell.language}</legend>
      {choices.map(({ code, name }) => (
        <button key={code} type="button" lang={code} aria-pressed={language === code} onClick={() => setLanguage(code)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

export function ThemeSwitch() {
  const { t } = useReader();
  // To switch without transitions Mantine would add a style element, which the content security policy refuses.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const next = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? 'light' : 'dark';
  const label = `${t.shell.theme}: ${t.shell[next]}`;
  return (
    <button
      type="button"
      className="icon-button large"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Icon name={next === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}

export function LiveMark({ state }: { readonly state: LiveState }) {
  const { t } = useReader();
  const tone = { live: 'good', connecting: 'quiet', reconnecting: 'busy' } as const;
  const hint = state === 'reconnecting' ? t.shell.reconnectingHint : t.shell.liveHint;
  return (
    <span className="live" role="status" title={hint} data-live={state}>
      <span className={`dot ${tone[state]}`} aria-hidden="true" />
      {t.shell[state]}
    </span>
  );
}

/** To the reader's own account: passkeys, sessions, tokens. */
export function AccountLink() {
  const { t } = useReader();
  const label = t.people.account.title;
  return (
    <Link to="/account" className="icon-button large" aria-label={label} title={label}>
      <Icon name="key" />
    </Link>
  );
}

export function SignOut() {
  const { t } = useReader();
  const name = useQuery(queries.me).data?.name;
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: desk.signOut,
    // Also when the desk does not answer: what was shown must not stay on a screen that someone has left.
    onSettled: async () => {
      await navigate({ to: '/sign-in' });
      // Who signs in next wants nothing yet.
      takeWanted(null);
      // The page for signing in has asked by now what it offers.
      client.removeQueries({ predicate: ({ queryKey: [about] }) => about !== 'sign-in' });
      client.getMutationCache().clear();
    },
  });
  const label = name === undefined ? t.shell.signOut : `${t.shell.signOut} – ${fill(t.shell.signedInAs, { name })}`;
  return (
    <button type="button" className="icon-button large" aria-label={label} title={label} onClick={() => leave.mutate()}>
      <Icon name="leave" />
    </button>
  );
}
