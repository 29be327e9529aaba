import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { queries } from './api/queries.ts';
import { BrokenPage } from './pages/Broken.tsx';
import { NotFoundPage } from './pages/NotFound.tsx';
import { SignInPage } from './pages/SignIn.tsx';
import { TodayPage } from './pages/today/Today.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({ component: Outlet });

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  // Nothing waits for these: the pages show what they have, and all is asked for at once.
  loader: ({ context: { client } }) => {
    for (const query of [queries.me, queries.status, queries.alerts])
      void client.prefetchQuery(query as typeof queries.me);
  },
});

const today = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: TodayPage,
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.incidents),
});

export const incident = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$id',
  component: lazyRouteComponent(() => import('./pages/incident/Incident.tsx'), 'IncidentPage'),
  loader: ({ context: { client }, params: { id } }) => void client.prefetchQuery(queries.incident(id)),
});

export const partner = createRoute({
  getParentRoute: () => shell,
  path: '/partners/$desk',
  component: lazyRouteComponent(() => import('./pages/partner/Partner.tsx'), 'PartnerPage'),
  loader: ({ context: { client }, params: { desk } }) => void client.prefetchQuery(queries.partner(desk)),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  component: lazyRouteComponent(() => import('./pages/approvals/Approvals.tsx'), 'ApprovalsPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.approvals),
});

const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage });

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, shell.addChildren([today, incident, approvals, partner, elsewhere])]),
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
