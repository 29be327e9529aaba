import { reportOutcomes } from '@gongjo/contract';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { z } from 'zod';
import { queries } from './api/queries.ts';
import { zAlertsAsked } from './pages/alerts/asked.ts';
import { BrokenPage } from './pages/Broken.tsx';
import { zDirectoryAsked } from './pages/directory/asked.ts';
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

/** `taken`: what became of the report that brought the reader here. */
const zTaken = z.object({ taken: z.enum(reportOutcomes).optional().catch(undefined) });

export const incident = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$id',
  validateSearch: zTaken,
  component: lazyRouteComponent(() => import('./pages/incident/Incident.tsx'), 'IncidentPage'),
  loader: ({ context: { client }, params: { id } }) => {
    void client.prefetchQuery(queries.incident(id));
    void client.prefetchQuery(queries.notices(id));
    void client.prefetchQuery(queries.measuresOf(id));
  },
});

const report = createRoute({
  getParentRoute: () => shell,
  path: '/report',
  component: lazyRouteComponent(() => import('./pages/report/Report.tsx'), 'ReportPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.incidents),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: zAlertsAsked,
  component: lazyRouteComponent(() => import('./pages/alerts/Alerts.tsx'), 'AlertsPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.alertGroups),
});

const watches = createRoute({
  getParentRoute: () => shell,
  path: '/watches',
  component: lazyRouteComponent(() => import('./pages/watches/Watches.tsx'), 'WatchesPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.watches),
});

const holds = createRoute({
  getParentRoute: () => shell,
  path: '/holds',
  component: lazyRouteComponent(() => import('./pages/holds/Holds.tsx'), 'HoldsPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.holds),
});

export const hold = createRoute({
  getParentRoute: () => shell,
  path: '/holds/$id',
  component: lazyRouteComponent(() => import('./pages/holds/Hold.tsx'), 'HoldPage'),
  loader: ({ context: { client }, params: { id } }) => void client.prefetchQuery(queries.hold(id)),
});

const askedHold = createRoute({
  getParentRoute: () => shell,
  path: '/holds/asked/$desk/$id',
  component: lazyRouteComponent(() => import('./pages/holds/AskedHold.tsx'), 'AskedHoldPage'),
  loader: ({ context: { client }, params: { desk, id } }) => void client.prefetchQuery(queries.askedHold(desk, id)),
});

const measures = createRoute({
  getParentRoute: () => shell,
  path: '/measures',
  component: lazyRouteComponent(() => import('./pages/measures/Measures.tsx'), 'MeasuresPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.measures),
});

const directory = createRoute({
  getParentRoute: () => shell,
  path: '/directory',
  validateSearch: zDirectoryAsked,
  component: lazyRouteComponent(() => import('./pages/directory/Directory.tsx'), 'DirectoryPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.directoryLines),
});

const overlap = createRoute({
  getParentRoute: () => shell,
  path: '/overlap',
  component: lazyRouteComponent(() => import('./pages/overlap/Overlap.tsx'), 'OverlapPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.overlap),
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

const cases = createRoute({
  getParentRoute: () => shell,
  path: '/cases',
  component: lazyRouteComponent(() => import('./pages/cases/Cases.tsx'), 'CasesPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.cases),
});

export const oneCase = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./pages/cases/Case.tsx'), 'CasePage'),
  loader: ({ context: { client }, params: { id } }) => void client.prefetchQuery(queries.case(id)),
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  component: lazyRouteComponent(() => import('./pages/requests/Requests.tsx'), 'RequestsPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.requests),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit/Audit.tsx'), 'AuditPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.auditWitnesses),
});

const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage });

const pages = [
  today,
  report,
  incident,
  cases,
  oneCase,
  requests,
  alerts,
  holds,
  hold,
  askedHold,
  watches,
  measures,
  directory,
  overlap,
  approvals,
  audit,
  partner,
  elsewhere,
] as const;

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, shell.addChildren(pages)]),
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
