import './api/no-eval.ts';
import './styles/index.ts';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { isProblem } from './api/failure.ts';
import { makeQueryClient, queries } from './api/queries.ts';
import { makeRouter } from './router.tsx';
import { firstLanguage, LanguageProvider } from './texts/language.tsx';
import { theme } from './theme.ts';
import { takeWanted, want } from './wanted.ts';

const client = makeQueryClient();
const router = makeRouter(client);
const signInPath = '/sign-in';
client.getQueryCache().subscribe(({ type, query }) => {
  if (type !== 'updated' || !isProblem(query.state.error, 'not-signed-in')) return;
  const { pathname, href } = router.state.location;
  if (pathname === signInPath) return;
  want({ href, by: client.getQueryData(queries.me.queryKey)?.name ?? null });
  void router.navigate({ to: signInPath, replace: true });
});
// The agency's own sign-in comes back to the first page, whatever was asked for.
if (window.location.pathname === '/') router.history.replace(takeWanted(null));

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root');
const first = await firstLanguage();
createRoot(element).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <LanguageProvider first={first}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </MantineProvider>,
);
