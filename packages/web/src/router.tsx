import { type Right, reportOutcomes } from '@gongjo/contract';
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
import { zObjectsAsked } from './pages/intelligence/asked.ts';
import { NotFoundPage } from './pages/NotFound.tsx';
import { SignInPage } from './pages/SignIn.tsx';
import { TodayPage } from './pages/today/Today.tsx';
import { zTraceAsked } from './pages/trace/asked.ts';
import { Shell } from './shell/Shell.tsx';

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({ component: Outlet });

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('./pages/Enrol.tsx'), 'EnrolPage'),
});

/** Asks ahead for what the reader may read; for anything else the desk would only refuse. */
function prefetch(client: QueryClient, right: Right, query: { readonly queryKey: readonly unknown[] }): void {
  client
    .ensureQueryData(queries.me)
    .then(({ rights }) => (rights.includes(right) ? client.prefetchQuery(query as typeof queries.me) : undefined))
    // The page asks itself, and says what is wrong.
    .catch(() => undefined);
}

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  // Nothing waits for these: the pages show what they have, and all is asked for at once.
  loader: ({ context: { client } }) => {
    void client.prefetchQuery(queries.me);
    void client.prefetchQuery(queries.status);
    prefetch(client, 'alert:read', queries.alerts);
  },
});

const today = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: TodayPage,
  loader: ({ context: { client } }) => prefetch(client, 'incident:read', queries.incidents),
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
  loader: ({ context: { client } }) => prefetch(client, 'incident:read', queries.incidents),
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

const zSearchAsked = z.object({ q: z.string().optional().catch(undefined) });

export const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: zSearchAsked,
  component: lazyRouteComponent(() => import('./pages/search/Search.tsx'), 'SearchPage'),
});

export const address = createRoute({
  getParentRoute: () => shell,
  path: '/address/$chain/$address',
  component: lazyRouteComponent(() => import('./pages/known/Address.tsx'), 'AddressPage'),
  loader: ({ context: { client }, params: { chain, address: of } }) =>
    void client.prefetchQuery(queries.knownAddress(chain, of)),
});

export const transaction = createRoute({
  getParentRoute: () => shell,
  path: '/transaction/$chain/$txid',
  component: lazyRouteComponent(() => import('./pages/known/Transaction.tsx'), 'TransactionPage'),
  loader: ({ context: { client }, params: { chain, txid } }) =>
    void client.prefetchQuery(queries.knownTransaction(chain, txid)),
});

export const intelligence = createRoute({
  getParentRoute: () => shell,
  path: '/intelligence',
  validateSearch: zObjectsAsked,
  component: lazyRouteComponent(() => import('./pages/intelligence/Intelligence.tsx'), 'IntelligencePage'),
});

export const object = createRoute({
  getParentRoute: () => shell,
  path: '/intelligence/$id',
  component: lazyRouteComponent(() => import('./pages/intelligence/Object.tsx'), 'ObjectPage'),
  loader: ({ context: { client }, params: { id } }) => void client.prefetchQuery(queries.object(id)),
});

const trace = createRoute({
  getParentRoute: () => shell,
  path: '/trace',
  validateSearch: zTraceAsked,
  component: lazyRouteComponent(() => import('./pages/trace/Trace.tsx'), 'TracePage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.traceViews),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit/Audit.tsx'), 'AuditPage'),
  loader: ({ context: { client } }) => void client.prefetchQuery(queries.auditWitnesses),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/Account.tsx'), 'AccountPage'),
});

const administration = createRoute({
  getParentRoute: () => shell,
  path: '/administration',
  component: lazyRouteComponent(() => import('./pages/administration/Administration.tsx'), 'AdministrationPage'),
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
  trace,
  audit,
  search,
  address,
  transaction,
  intelligence,
  object,
  partner,
  account,
  administration,
  elsewhere,
] as const;

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, enrol, shell.addChildren(pages)]),
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
