import { peopleTerms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { desk } from '../api/desk.client.ts';
import { signWithPasskey } from '../api/passkey.client.ts';
import { people } from '../api/people.client.ts';
import { queries } from '../api/queries.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Failure } from '../parts/Failure.tsx';
import { usePageTitle } from '../parts/page-title.ts';
import { LanguageSwitch, ThemeSwitch } from '../shell/controls.tsx';
import { useReader } from '../texts/language.tsx';
import { takeWanted } from '../wanted.ts';
import { PasskeyFailure } from './PasskeyFailure.tsx';
import './sign-in.css';

/** The frame of the pages for whoever is not signed in. */
export function Doorway({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useReader();
  usePageTitle(title);
  return (
    <div className="sign-in">
      <header className="row">
        <span className="brand-mark" aria-hidden="true" />
        <strong className="grow">{t.common.product}</strong>
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="panel">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

/** The secret of a link, behind `#`, which browsers send to no server: taken out of the address, so that it stands in no history. */
export function useSecret(path: string): string {
  const hash = useLocation({ select: (location) => location.hash });
  const kept = useRef('');
  if (hash !== '') kept.current = hash;
  useEffect(() => {
    if (hash !== '') window.history.replaceState(null, '', path);
  }, [hash, path]);
  return kept.current;
}

/** By a passkey, by the agency's own sign-in, or by a link that is good once and posted once. */
export function SignInPage() {
  const { t } = useReader();
  const token = useSecret('/sign-in');
  const navigate = useNavigate();
  const { history } = useRouter();
  const client = useQueryClient();
  const posted = useRef<string | null>(null);
  const enter = {
    onSuccess: async () => {
      client.clear();
      const reader = await client.fetchQuery(queries.me);
      history.replace(takeWanted(reader.name));
    },
  };
  const { mutate, isPending, error } = useMutation({ mutationFn: desk.signIn, ...enter });
  useEffect(() => {
    if (token === '' || posted.current === token) return;
    posted.current = token;
    mutate(token);
  }, [token, mutate]);
  return (
    <Doorway title={t.signIn.title}>
      {isPending ? (
        <p role="status">{t.signIn.working}</p>
      ) : (
        <>
          {error === null ? null : <Failure error={error} />}
          <Passkey onSuccess={enter.onSuccess} />
          <details open={error !== null}>
            <summary>{t.signIn.how}</summary>
            <div className="by-link">
              <p>{t.signIn.ask}</p>
              <p className="command">
                <code className="mono">{t.signIn.command}</code>
                <CopyButton text={t.signIn.command} what="" />
              </p>
              <p className="soft">{t.signIn.thenOpen}</p>
            </div>
          </details>
          {error === null ? null : (
            <Button variant="default" onClick={() => void navigate({ to: '/' })}>
              {t.failure.toToday}
            </Button>
          )}
        </>
      )}
    </Doorway>
  );
}

/** Where browsers keep no passkeys for this address the reader is told, and not shown a button that does nothing. */
function Passkey({ onSuccess }: { readonly onSuccess: () => Promise<void> }) {
  const { t, say } = useReader();
  const ways = useQuery(queries.signInWays).data;
  const signIn = useMutation({
    mutationFn: async () => people.signIn(await signWithPasskey(await people.signInOptions())),
    onSuccess,
  });
  if (ways === undefined) return null;
  const state = ways.passkeys === 'available' && !window.isSecureContext ? 'insecure' : ways.passkeys;
  return (
    <>
      {signIn.error === null ? null : <PasskeyFailure error={signIn.error} />}
      {state === 'available' ? (
        <Button loading={signIn.isPending} onClick={() => signIn.mutate()}>
          {t.people.passkey.signIn}
        </Button>
      ) : (
        <p className="soft" data-testid="no-passkeys">
          {say(peopleTerms.passkeyState[state])}
        </p>
      )}
      {ways.oidc ? (
        <a className="agency-sign-in" href="/api/oidc/start">
          {t.people.oidc}
        </a>
      ) : null}
    </>
  );
}
