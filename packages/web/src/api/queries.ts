import type { Topic, TraceRequest } from '@gongjo/contract';
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { askedHolds } from './asked-hold.client.ts';
import { audit, type EntriesAsked } from './audit.client.ts';
import { cases } from './case.client.ts';
import { desk } from './desk.client.ts';
import { directory } from './directory.client.ts';
import { mayPass } from './failure.ts';
import { holding } from './hold.client.ts';
import { joint } from './joint.client.ts';
import { overlaps } from './overlap.client.ts';
import { people } from './people.client.ts';
import { finding, type ObjectsAsked } from './search.client.ts';
import { tracing } from './trace.client.ts';
import { watching } from './watch.client.ts';

/** Who is on duty changes with the hour, and nothing says so. */
const DUTY_FRESH_MS = 60_000;

/** What was found changes with every block and every list, and nothing says so of one address. */
const FOUND_FRESH_MS = 15_000;

/** Attempts after a failure that may pass; with the pauses between them they span a restart of the desk. */
const RETRIES_MAX = 4;
const RETRY_PAUSE_MS_MAX = 8000;

/** Answers stay valid until the desk says over server-sent events that something changed. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: (failures, error) => failures < RETRIES_MAX && mayPass(error),
        retryDelay: (attempt) => Math.min(RETRY_PAUSE_MS_MAX, 500 * 2 ** attempt),
        refetchOnWindowFocus: false,
      },
    },
  });
}

export const queries = {
  me: queryOptions({ queryKey: ['me'], queryFn: desk.me }),
  signInWays: queryOptions({ queryKey: ['sign-in'], queryFn: people.ways }),
  myPasskeys: queryOptions({ queryKey: ['account', 'passkeys'], queryFn: people.passkeys }),
  mySessions: queryOptions({ queryKey: ['account', 'sessions'], queryFn: people.sessions, staleTime: 0 }),
  myTokens: queryOptions({ queryKey: ['account', 'tokens'], queryFn: people.tokens, staleTime: 0 }),
  people: queryOptions({ queryKey: ['people', 'all'], queryFn: people.all, staleTime: 0 }),
  sessionsOf: (id: string) =>
    queryOptions({ queryKey: ['people', 'sessions', id], queryFn: () => people.sessionsOf(id), staleTime: 0 }),
  status: queryOptions({ queryKey: ['status'], queryFn: desk.status }),
  incidents: queryOptions({ queryKey: ['incidents', 'list'], queryFn: desk.incidents }),
  incident: (id: string) => queryOptions({ queryKey: ['incidents', 'one', id], queryFn: () => desk.incident(id) }),
  alerts: queryOptions({ queryKey: ['alerts'], queryFn: desk.alerts }),
  approvals: queryOptions({ queryKey: ['approvals'], queryFn: desk.approvals }),
  auditWitnesses: queryOptions({ queryKey: ['audit', 'witnesses'], queryFn: audit.witnesses }),
  auditEntries: (asked: EntriesAsked) =>
    queryOptions({ queryKey: ['audit', 'entries', asked], queryFn: () => audit.entries(asked), staleTime: 0 }),
  auditProof: (seq: number) =>
    queryOptions({ queryKey: ['audit', 'proof', seq], queryFn: () => audit.proof(seq), staleTime: 0 }),
  quarantine: (id: string) =>
    queryOptions({ queryKey: ['partners', id, 'quarantine'], queryFn: () => desk.quarantine(id) }),
  partner: (id: string) => queryOptions({ queryKey: ['partners', id], queryFn: () => desk.partner(id) }),
  reports: (id: string) => queryOptions({ queryKey: ['incidents', 'reports', id], queryFn: () => cases.reports(id) }),
  matches: (id: string) => queryOptions({ queryKey: ['incidents', 'matches', id], queryFn: () => cases.matches(id) }),
  notices: (id: string) => queryOptions({ queryKey: ['notices', 'of', id], queryFn: () => cases.notices(id) }),
  waitingNotices: queryOptions({ queryKey: ['notices', 'waiting'], queryFn: cases.waitingNotices }),
  holds: queryOptions({ queryKey: ['holds', 'list'], queryFn: holding.all }),
  askedHolds: queryOptions({ queryKey: ['holds', 'asked'], queryFn: askedHolds.all }),
  askedHold: (desk: string, id: string) =>
    queryOptions({ queryKey: ['holds', 'asked', desk, id], queryFn: () => askedHolds.one(desk, id) }),
  holdsOf: (id: string) => queryOptions({ queryKey: ['holds', 'of', id], queryFn: () => holding.of(id) }),
  hold: (id: string) => queryOptions({ queryKey: ['holds', 'one', id], queryFn: () => holding.one(id) }),
  measures: queryOptions({ queryKey: ['measures', 'all'], queryFn: cases.measures }),
  newestDrill: queryOptions({ queryKey: ['measures', 'drill'], queryFn: cases.newestDrill }),
  measuresOf: (id: string) => queryOptions({ queryKey: ['measures', 'of', id], queryFn: () => cases.measuresOf(id) }),
  cases: queryOptions({ queryKey: ['cases', 'list'], queryFn: joint.cases }),
  casesOf: (incident: string) =>
    queryOptions({ queryKey: ['cases', 'of', incident], queryFn: () => joint.casesOf(incident) }),
  case: (id: string) => queryOptions({ queryKey: ['cases', 'one', id], queryFn: () => joint.case(id) }),
  requests: queryOptions({ queryKey: ['requests', 'list'], queryFn: () => joint.requests() }),
  requestsOf: (about: string) =>
    queryOptions({ queryKey: ['requests', 'of', about], queryFn: () => joint.requests(about) }),
  alertGroups: queryOptions({ queryKey: ['alert-groups', 'list'], queryFn: watching.groups }),
  alertGroup: (id: string) =>
    queryOptions({ queryKey: ['alert-groups', 'one', id], queryFn: () => watching.group(id) }),
  overlap: queryOptions({ queryKey: ['overlap', 'all'], queryFn: overlaps.view }),
  overlapsAbout: (reference: string) =>
    queryOptions({ queryKey: ['overlap', 'about', reference], queryFn: () => overlaps.about(reference) }),
  watches: queryOptions({ queryKey: ['watches', 'list'], queryFn: watching.watches }),
  screening: queryOptions({ queryKey: ['watches', 'status'], queryFn: watching.status }),
  searchLine: (q: string) =>
    queryOptions({ queryKey: ['search', 'line', q], queryFn: () => finding.line(q), staleTime: FOUND_FRESH_MS }),
  searchText: (text: string) =>
    queryOptions({ queryKey: ['search', 'text', text], queryFn: () => finding.text(text), staleTime: FOUND_FRESH_MS }),
  knownAddress: (chain: string, address: string) =>
    queryOptions({
      queryKey: ['known', 'address', chain, address],
      queryFn: () => finding.knownAddress(chain, address),
      staleTime: FOUND_FRESH_MS,
    }),
  knownTransaction: (chain: string, txid: string) =>
    queryOptions({
      queryKey: ['known', 'transaction', chain, txid],
      queryFn: () => finding.knownTransaction(chain, txid),
      staleTime: FOUND_FRESH_MS,
    }),
  ledgerAddress: (chain: string, address: string) =>
    queryOptions({
      queryKey: ['known', 'ledger', chain, address],
      queryFn: () => finding.address(chain, address),
      staleTime: FOUND_FRESH_MS,
    }),
  ledgerEntity: (chain: string, address: string) =>
    queryOptions({
      queryKey: ['known', 'entity', chain, address],
      queryFn: () => finding.entity(chain, address),
      staleTime: FOUND_FRESH_MS,
    }),
  ledgerTransaction: (chain: string, txid: string) =>
    queryOptions({
      queryKey: ['known', 'ledger-transaction', chain, txid],
      queryFn: () => finding.transaction(chain, txid),
      staleTime: FOUND_FRESH_MS,
    }),
  objects: (asked: ObjectsAsked) =>
    infiniteQueryOptions({
      queryKey: ['objects', 'list', asked],
      queryFn: ({ pageParam }) => finding.objects(asked, pageParam),
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }) => next,
    }),
  object: (id: string) => queryOptions({ queryKey: ['objects', 'one', id], queryFn: () => finding.object(id) }),
  /** `asOf`: the block that has come since it was asked first; the old answer stays until the new one is there. */
  trace: (request: TraceRequest, asOf: number | null) =>
    queryOptions({
      queryKey: ['trace', request, asOf],
      queryFn: () => tracing.trace(request),
      placeholderData: (before, query) =>
        JSON.stringify(query?.queryKey[1]) === JSON.stringify(request) ? before : undefined,
    }),
  traceViews: queryOptions({ queryKey: ['trace-views', 'list'], queryFn: tracing.views }),
  traceView: (id: string) =>
    queryOptions({ queryKey: ['trace-views', 'one', id], queryFn: () => tracing.view(id), staleTime: 0 }),
  directoryLines: queryOptions({ queryKey: ['directory', 'lines'], queryFn: directory.lines }),
  duties: queryOptions({
    queryKey: ['directory', 'duties'],
    queryFn: directory.duties,
    staleTime: DUTY_FRESH_MS,
    refetchInterval: DUTY_FRESH_MS,
  }),
  directoryFound: (text: string) =>
    queryOptions({ queryKey: ['directory', 'find', text], queryFn: () => directory.find(text) }),
  channels: (from: string, to: string) =>
    queryOptions({ queryKey: ['directory', 'channels', from, to], queryFn: () => directory.channels(from, to) }),
  directoryEntry: (id: string) =>
    queryOptions({ queryKey: ['directory', 'entry', id], queryFn: () => directory.entry(id) }),
};

/** The first part of the query keys that a topic makes stale; a partner's link also stands in the desk's status. */
export const staleKeys: Readonly<Record<Topic, readonly string[]>> = {
  // Rights and sessions may have changed: whoever is signed out by it learns it by asking.
  status: ['status', 'watches', 'me', 'account', 'people'],
  incidents: ['incidents', 'measures', 'objects'],
  alerts: ['alerts', 'alert-groups', 'measures'],
  partners: ['partners', 'status', 'approvals', 'overlap', 'cases', 'requests', 'audit', 'objects'],
  notices: ['notices', 'incidents', 'measures'],
  holds: ['holds'],
  cases: ['cases', 'requests'],
};
