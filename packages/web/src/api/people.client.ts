import {
  type ApiToken,
  type NewPerson,
  type NewToken,
  type Passkey,
  type Person,
  type PersonChange,
  type PersonLink,
  type SessionView,
  type SignInWays,
  zPasskey,
  zPerson,
  zPersonLink,
  zSession,
  zSignInWays,
  zToken,
} from '@gongjo/contract';
import { z } from 'zod';
import { call, get, parse, send } from './fetch.client.ts';

const zPeople = z.object({ people: z.array(zPerson) });
const zPasskeys = z.object({ passkeys: z.array(zPasskey) });
const zSessions = z.object({ sessions: z.array(zSession) });
const zTokens = z.object({ tokens: z.array(zToken) });
/** What the desk asks a browser's authenticator for: the browser reads it. */
const zOptions = z.looseObject({ challenge: z.string() });
const zRegistering = z.object({ options: zOptions });
const zEnrolling = z.object({ name: z.string(), options: zOptions });
const zSecret = zToken.extend({ secret: z.string() });
export type MadeToken = z.infer<typeof zSecret>;
export type PasskeyOptions = z.infer<typeof zOptions>;

const post = async <T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> =>
  parse(await send('POST', path, body), schema);
const remove = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => parse(await send('DELETE', path), schema);
const personAt = (id: string) => `/api/people/${encodeURIComponent(id)}`;

/** Who one is, and who works here. */
export const people = {
  ways: (): Promise<SignInWays> => get('/api/sign-in', zSignInWays),
  signInOptions: (): Promise<PasskeyOptions> => post('/api/passkeys/sign-in/options', {}, zOptions),
  signIn: (response: unknown): Promise<void> => call('POST', '/api/passkeys/sign-in', { response }),
  enrolOptions: (token: string) => post('/api/passkeys/enrolment/options', { token }, zEnrolling),
  enrol: (token: string, response: unknown, name: string): Promise<void> =>
    call('POST', '/api/passkeys/enrolment', { token, response, name }),

  passkeys: async (): Promise<Passkey[]> => (await get('/api/account/passkeys', zPasskeys)).passkeys,
  passkeyOptions: async (): Promise<PasskeyOptions> =>
    (await post('/api/account/passkeys/options', {}, zRegistering)).options,
  addPasskey: (response: unknown, name: string): Promise<void> =>
    call('POST', '/api/account/passkeys', { response, name }),
  removePasskey: (id: string): Promise<void> => call('DELETE', `/api/account/passkeys/${encodeURIComponent(id)}`),
  sessions: async (): Promise<SessionView[]> => (await get('/api/account/sessions', zSessions)).sessions,
  endSession: (id: string): Promise<void> => call('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`),
  endOthers: (): Promise<void> => call('DELETE', '/api/account/sessions'),
  tokens: async (): Promise<ApiToken[]> => (await get('/api/account/tokens', zTokens)).tokens,
  addToken: (asked: NewToken): Promise<MadeToken> => post('/api/account/tokens', asked, zSecret),
  revokeToken: (id: string): Promise<ApiToken> => remove(`/api/account/tokens/${encodeURIComponent(id)}`, zToken),

  all: async (): Promise<Person[]> => (await get('/api/people', zPeople)).people,
  add: (asked: NewPerson): Promise<PersonLink> => post('/api/people', asked, zPersonLink),
  change: async (id: string, change: PersonChange): Promise<Person> =>
    parse(await send('PATCH', personAt(id), change), zPerson),
  link: (id: string): Promise<PersonLink> => post(`${personAt(id)}/links`, {}, zPersonLink),
  sessionsOf: async (id: string): Promise<SessionView[]> => (await get(`${personAt(id)}/sessions`, zSessions)).sessions,
  endSessionOf: (id: string, session: string): Promise<void> =>
    call('DELETE', `${personAt(id)}/sessions/${encodeURIComponent(session)}`),
  endSessionsOf: (id: string): Promise<void> => call('DELETE', `${personAt(id)}/sessions`),
};
