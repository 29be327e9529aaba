import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { desk } from '../api/desk.client.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Failure } from '../parts/Failure.tsx';
import { usePageTitle } from '../parts/page-title.ts';
import { LanguageSwitch, ThemeSwitch } from '../shell/controls.tsx';
import { useReader } from '../texts/language.tsx';
import './sign-in.css';

/**
 * A sign-in link carries its token behind `#`, which browsers send to no server. The token is good once: it is taken out of
 * the address, so that it stands in no history, and posted once.
 */
export function SignInPage() {
  const { t } = useReader();
  usePageTitle(t.signIn.title);
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  const client = useQueryClient();
  const posted = useRef<string | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: desk.signIn,
    onSuccess: async () => {
      client.clear();
      await navigate({ to: '/', replace: true });
    },
  });
  useEffect(() => {
    if (token === '' || posted.current === token) return;
    posted.current = token;
    window.history.replaceState(null, '', '/sign-in');
    mutate(token);
  }, [token, mutate]);
  return (
    <div className="sign-in">
      <header className="row">
        <span className="brand-mark" aria-hidden="true" />
        <strong className="grow">{t.common.product}</strong>
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="panel">
        <h1>{t.signIn.title}</h1>
        {isPending ? (
          <p role="status">{t.signIn.working}</p>
        ) : (
          <>
            {error === null ? null : <Failure error={error} />}
            <p>{t.signIn.how}</p>
            <p>{t.signIn.ask}</p>
            <p className="command">
              <code className="mono">{t.signIn.command}</code>
              <CopyButton text={t.signIn.command} what="" />
            </p>
            <p className="soft">{t.signIn.thenOpen}</p>
            {error === null ? null : (
              <Button variant="default" onClick={() => void navigate({ to: '/' })}>
                {t.failure.toToday}
              </Button>
            )}
          </>
        )}
      </main>
    </div>
  );
}
