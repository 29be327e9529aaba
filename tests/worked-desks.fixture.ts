import type { AskedHold, CaseDetail, DeskCard, Hold, IncidentDetail, PersonLink, RequestView } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import { chain, signatory } from '../packages/desk/src/main/hold-desk.fixture.ts';
import { address, exchange, txid } from '../packages/desk/src/main/round.fixture.ts';
import { type ClockDesk, startClockDesk } from './hold-desk.fixture.ts';
import { eventually } from './theatre.fixture.ts';

/** A desk in the middle of its work with a partner: something of every kind is on its pages. */
export interface WorkedDesk {
  readonly url: string;
  readonly incident: string;
  /** Asked of an exchange by this desk, and asked of an exchange here by the partner. */
  readonly hold: string;
  readonly askedHold: string;
  readonly case: string;
  readonly object: string;
  readonly chain: string;
  readonly thief: string;
  readonly lead: string;
  readonly signInUrl: () => Promise<string>;
  readonly enrolUrl: () => Promise<string>;
  /** What the operator asks of it. */
  readonly ask: ClockDesk['ask'];
}

const waitMsMax = 120_000;
const dayMs = 86_400_000;
const thief = 2;
/** From a victim to a thief who peels, and in three deposits to an exchange in another country. */
const theft = [
  [[1, 1, thief, 12_345]],
  [[2, thief, 3, 1_000]],
  [[3, thief, 4, 11_000]],
  [[4, 3, exchange, 990]],
  [
    [5, 4, 5, 5_000],
    [6, 4, 6, 5_000],
  ],
  [[7, 5, exchange, 2_500]],
  [[8, 5, exchange, 2_400]],
] as const;

async function startDesk(house: AsyncDisposableStack, id: 'seoul' | 'washington', after: string) {
  const seoul = id === 'seoul';
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const about = {
    ...{ id, country: seoul ? 'KR' : 'US', timeZone: seoul ? 'Asia/Seoul' : 'America/New_York' },
    name: seoul
      ? { en: `Seoul desk${after}`, ko: `서울 데스크${after}` }
      : { en: `Washington desk${after}`, ko: `워싱턴 데스크${after}` },
  };
  const desk = await startClockDesk(house, {
    ...{ port, theft, after, opens: seoul, channel: { kind: 'portal' }, addresseeDesk: seoul ? 'washington' : 'seoul' },
    // Passkeys need a name, not a number.
    settings: { desk: about, url, holds: { approvals: 0 } },
  });
  return { desk, url };
}

/** `after` comes after every text that people of either desk write. */
export async function workedDesk(house: AsyncDisposableStack, after = ''): Promise<WorkedDesk> {
  const [{ desk: seoul, url }, { desk: washington }] = [
    await startDesk(house, 'seoul', after),
    await startDesk(house, 'washington', after),
  ];
  await introduce(seoul, washington, after);
  await introduce(washington, seoul, after);
  const { incident } = seoul;
  const hold = await holdAsked(seoul, 'washington', incident, after);
  const caseId = await jointCase(seoul, washington, incident, after);
  await requests(seoul, washington, caseId, after);
  await comparison(seoul, washington, after);
  await watches(seoul, after);
  await eventually(
    'washington follows the incident',
    async () => washington.ask<IncidentDetail>('GET', `/api/incidents/${incident}`).catch(() => null),
    (it) => it?.trace != null,
    waitMsMax,
  );
  const askedHold = await holdAsked(washington, 'seoul', incident, after);
  await answered(washington, seoul, { hold, askedHold, after });
  await seoul.ask('POST', '/api/releases', {
    ...{ what: incident, to: 'washington', purpose: 'investigation', legalBasis: 'Memorandum' },
  });
  const { objects } = await seoul.ask<{ objects: { id: string }[] }>('GET', '/api/objects?type=indicator');
  const signInUrl = async () => {
    const roles = ['analyst', 'case-officer', 'liaison', 'administrator', 'auditor'];
    return (await seoul.ask<{ signInUrl: string }>('POST', '/api/sign-in-links', { name: 'Kim Min-su', roles }))
      .signInUrl;
  };
  let people = 0;
  const enrolUrl = async () => {
    people += 1;
    const name = ['Lee Ji-won', 'Park Seo-jun', 'Choi Yu-na', 'Jung Ha-eun'][people % 4];
    return (await seoul.ask<PersonLink>('POST', '/api/people', { name, roles: ['analyst'] })).enrolUrl;
  };
  return {
    ...{ url, incident, hold, askedHold, case: caseId, object: objects[0]?.id ?? '', signInUrl, enrolUrl },
    ...{ chain, thief: address(thief), lead: txid(1), ask: seoul.ask },
  };
}

/** A desk in which nothing has happened yet. */
export async function emptyDesk(house: AsyncDisposableStack): Promise<Pick<WorkedDesk, 'url' | 'signInUrl'>> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const desk = { id: 'seoul', country: 'KR', name: { en: 'Seoul desk', ko: '서울 데스크' }, timeZone: 'Asia/Seoul' };
  const { ask } = await startClockDesk(house, {
    ...{ port, opens: false, channel: { kind: 'portal' } },
    settings: { desk, url },
  });
  return {
    url,
    signInUrl: async () =>
      (await ask<{ signInUrl: string }>('POST', '/api/sign-in-links', { name: 'Kim Min-su' })).signInUrl,
  };
}

async function introduce(desk: ClockDesk, to: ClockDesk, after: string): Promise<void> {
  const { fingerprint, ...card } = await desk.ask<DeskCard & { fingerprint: string }>('GET', '/api/card');
  await to.ask('POST', '/api/partners', { card, fingerprint, agreement: `Memorandum${after}` });
}

async function holdAsked(desk: ClockDesk, to: string, incident: string, after: string): Promise<string> {
  const { id } = await desk.ask<Hold>('POST', '/api/holds', { incident, address: address(exchange) });
  const legalBasis = {
    en: `Article 199(2) of the Criminal Procedure Act${after}`,
    ko: `형사소송법 제199조 제2항${after}`,
  };
  const words = { signatory, legalBasis, caseNumber: `2026-0412${after}` };
  const { digest } = await desk.ask<Hold>('POST', `/api/holds/${id}/revise`, words);
  await desk.ask('POST', `/api/holds/${id}/approve`, { digest });
  await desk.ask('POST', `/api/holds/${id}/send`, { way: 'desk' });
  await eventually(
    `it is with ${to}`,
    () => desk.ask<Hold>('GET', `/api/holds/${id}`),
    ({ progress }) => progress.state === 'sent',
    waitMsMax,
  );
  return id;
}

async function answered(
  washington: ClockDesk,
  seoul: ClockDesk,
  { hold, askedHold, after }: Readonly<Record<'hold' | 'askedHold' | 'after', string>>,
): Promise<void> {
  await washington.ask('POST', `/api/asked-holds/seoul/${hold}/answer`, {
    event: 'acknowledge',
    reference: `PX-76${after}`,
  });
  await seoul.ask('POST', `/api/asked-holds/washington/${askedHold}/answer`, {
    event: 'acknowledge',
    reference: `SE-12${after}`,
  });
  await eventually(
    'the answer is here',
    () => seoul.ask<Hold>('GET', `/api/holds/${hold}`),
    ({ progress }) => progress.state === 'acknowledged',
    waitMsMax,
  );
  await seoul.ask('POST', `/api/holds/${hold}/answer`, { event: 'hold', reference: `PX-77${after}` });
  await eventually(
    'every document is here',
    () => seoul.ask<AskedHold>('GET', `/api/asked-holds/washington/${askedHold}`),
    ({ documents }) => documents.every(({ here }) => here),
    waitMsMax,
  );
}

async function jointCase(seoul: ClockDesk, washington: ClockDesk, incident: string, after: string): Promise<string> {
  const title = { en: `Theft from an exchange${after}`, ko: `거래소 탈취 사건${after}` };
  const { id } = await seoul.ask<CaseDetail>('POST', '/api/cases', { title, incidents: [incident] });
  const add = (body: object, more: object = {}) => seoul.ask('POST', `/api/cases/${id}/facts`, { body, ...more });
  await add({ kind: 'note', text: `The exchange called twice.${after}` }, { source: `Interview${after}` });
  await add({ kind: 'task', title: `Ask the provider for log files${after}`, assignee: 'Lee Ji-won', done: false });
  await add({ kind: 'finding', title: `Same device${after}`, text: `Both sign-ins came from it.${after}` });
  await seoul.ask('POST', `/api/cases/${id}/offers`, { to: 'washington', legalBasis: `MoU 2026, article 4${after}` });
  await eventually(
    'washington is offered the case',
    () => washington.ask<{ cases: { id: string }[] }>('GET', '/api/cases'),
    ({ cases }) => cases.some((it) => it.id === id),
    waitMsMax,
  );
  await washington.ask('POST', `/api/cases/${id}/answer`, { standing: 'joined' });
  return id;
}

async function requests(seoul: ClockDesk, washington: ClockDesk, about: string, after: string): Promise<void> {
  const content = {
    ...{ legalBasis: `MoU 2026, article 4${after}`, purpose: `To identify a suspect${after}`, case: about },
    deadline: new Date(Date.now() + 3 * dayMs).toISOString(),
  };
  const fields = { kind: 'rfi', question: `Who holds the account that these deposits went to?${after}` };
  const asked = { to: 'washington', content: { ...content, title: `Holder of an account${after}`, fields } };
  const { id } = await seoul.ask<RequestView>('POST', '/api/requests', asked);
  await eventually(
    'washington has the request',
    () => washington.ask<{ requests: RequestView[] }>('GET', '/api/requests'),
    ({ requests }) => requests.some((it) => it.id === id),
    waitMsMax,
  );
  await washington.ask<RequestView>('POST', '/api/requests', {
    to: 'seoul',
    content: {
      ...{
        legalBasis: `MoU 2026, article 4${after}`,
        purpose: `To secure evidence${after}`,
        title: `Sign-in records of one account${after}`,
      },
      ...{ deadline: new Date(Date.now() + 2 * dayMs).toISOString(), urgent: true },
      fields: { kind: 'rfi', question: `From where was the account opened?${after}` },
    },
  });
  const what = {
    event: 'answer-partly',
    answer: { kind: 'rfi', text: `A company.${after}` },
    missing: `Its owner.${after}`,
  };
  await washington.ask('POST', `/api/requests/${id}/events`, { what });
  await eventually(
    'a part of the answer is here',
    () => seoul.ask<RequestView>('GET', `/api/requests/${id}`),
    ({ state }) => state === 'partly-answered',
    waitMsMax,
  );
  await eventually(
    'seoul has the request of washington',
    () => seoul.ask<{ requests: RequestView[] }>('GET', '/api/requests'),
    ({ requests }) => requests.some(({ own }) => !own),
    waitMsMax,
  );
}

async function comparison(seoul: ClockDesk, washington: ClockDesk, after: string): Promise<void> {
  const terms = { perHour: 1024, perDay: 2048, reverseCount: 8 };
  await seoul.ask('POST', '/api/overlap/terms/washington', terms);
  await washington.ask('POST', '/api/overlap/terms/seoul', terms);
  const items = [{ kind: 'address', within: chain, text: address(thief) }];
  const contact = `Washington desk: Pat${after}`;
  await washington.ask('POST', '/api/overlap/entries', {
    items,
    disclosure: 'open',
    contact,
    reference: `W-7${after}`,
  });
  await seoul.ask('POST', '/api/overlap/asks', { items, purpose: `Case 2026-0412${after}`, desk: 'washington' });
}

async function watches(seoul: ClockDesk, after: string): Promise<void> {
  const watch = { chain, reason: `a tip of the exchange${after}` };
  await seoul.ask('POST', '/api/watches', {
    ...watch,
    kind: 'address',
    address: address(0xabc),
    name: `Tip 12${after}`,
  });
  await seoul.ask('POST', '/api/watches', { ...watch, kind: 'category', category: 'mixer' });
}
