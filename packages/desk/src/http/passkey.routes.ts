import { zPasskey } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { createThrottle } from '../partner/index.ts';
import {
  type Account,
  addPasskey,
  challengeIn,
  createChallenges,
  credentialsOf,
  findPasskey,
  lookAtLink,
  noteUse,
  passkeyState,
  passkeysOf,
  registrationOptions,
  relyingParty,
  removePasskey,
  signInOptions,
  suspect,
  takeLink,
  verifyRegistration,
  verifySignIn,
} from '../people/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { beginSession, giveCookie } from './session.routes.ts';
import { personViewerOf } from './viewer.ts';

const zLinkToken = z.string().min(1).max(200);
const zEncoded = z.string().min(1).max(20_000);
/** What a browser answers (WebAuthn section 5.1.8): looked at here as far as it is used here, and verified by the library. */
const zResponse = z.looseObject({
  id: z.string().min(1).max(2000),
  rawId: z.string().min(1).max(2000),
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: zEncoded }),
});
const zName = zPasskey.shape.name.trim().min(1).max(100);
export const zPasskeySignIn = z.strictObject({ response: zResponse });
export const zEnrolling = z.strictObject({ token: zLinkToken });
export const zEnrolled = z.strictObject({ token: zLinkToken, response: zResponse, name: zName });
export const zPasskeyAdded = z.strictObject({ response: zResponse, name: zName });

/** Anybody may ask for a challenge or try a passkey; a desk behind a proxy is one place, and its people do so a few times a day. */
const asksPerMinuteMax = 120;
const placesMax = 10_000;

/** Whom a challenge was made for: to sign in, which may be anybody; to register, one account. */
type About = { readonly to: 'sign-in' } | { readonly to: 'register'; readonly account: string };

/** Passkeys (Web Authentication): registering, signing in, and one's own. */
export function passkeyRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random, partnerContext } = context;
  const { url, name: deskName } = partnerContext.desk;
  const challenges = createChallenges<About>({ clock, random });
  const throttle = createThrottle({ failuresMax: asksPerMinuteMax, windowMs: 60_000, keysMax: placesMax });
  const party = () => {
    if (passkeyState(url) !== 'available') throw new GongjoError('passkeys-unavailable', { url });
    return relyingParty(url, deskName);
  };
  const slowDown = (request: FastifyRequest) => {
    if (!throttle.allows(request.ip, clock.now())) throw new GongjoError('requests-too-many');
    throttle.failed(request.ip, clock.now());
  };
  const optionsFor = async (account: Account) =>
    registrationOptions(
      party(),
      account,
      await credentialsOf(records, account.id),
      challenges.make({ to: 'register', account: account.id }),
    );
  /** The credential in a browser's answer to a challenge that was made for this account. */
  const registered = async (account: Account, response: z.infer<typeof zResponse>) => {
    const challenge = challengeIn(response.response.clientDataJSON);
    const about = challenges.take(challenge);
    if (about?.to !== 'register' || about.account !== account.id) throw new GongjoError('passkey-invalid');
    return verifyRegistration(party(), response, challenge);
  };

  api.post('/api/passkeys/sign-in/options', async (request) => {
    slowDown(request);
    return signInOptions(party(), challenges.make({ to: 'sign-in' }));
  });

  api.post('/api/passkeys/sign-in', async (request, reply) => {
    slowDown(request);
    const { response } = parseInput(zPasskeySignIn, request.body);
    const challenge = challengeIn(response.response.clientDataJSON);
    const isOurs = challenges.take(challenge)?.to === 'sign-in';
    const found = isOurs ? await findPasskey(records, response.id) : null;
    if (!found) throw new GongjoError('passkey-invalid');
    const { account, credential } = found;
    const told = await verifySignIn(party(), response, challenge, credential);
    if (told.isCopy || found.isSuspected) {
      if (told.isCopy) await records.transaction((tx) => suspect(tx, clock, account, credential.id, told.counter));
      throw new GongjoError('passkey-copied');
    }
    const session = await records.transaction(async (tx) => {
      await noteUse(tx, clock, credential.id, told.counter);
      return beginSession(tx, context, account, 'passkey', request);
    });
    return giveCookie(context, reply, session).status(204).send();
  });

  /** The link is looked at, and stays good until a passkey is registered by it. */
  api.post('/api/passkeys/enrolment/options', async (request) => {
    slowDown(request);
    const { token } = parseInput(zEnrolling, request.body);
    const account = await lookAtLink(records, clock, token, 'enrol');
    return { name: account.name, options: await optionsFor(account) };
  });

  api.post('/api/passkeys/enrolment', async (request, reply) => {
    slowDown(request);
    const asked = parseInput(zEnrolled, request.body);
    const account = await lookAtLink(records, clock, asked.token, 'enrol');
    const credential = await registered(account, asked.response);
    const session = await records.transaction(async (tx) => {
      await takeLink(tx, clock, asked.token, 'enrol');
      await addPasskey(tx, clock, account, credential, asked.name);
      return beginSession(tx, context, account, 'passkey', request);
    });
    return giveCookie(context, reply, session).status(204).send();
  });

  api.get('/api/account/passkeys', async (request) => ({
    passkeys: await passkeysOf(records, personViewerOf(request).account.id),
  }));

  api.post('/api/account/passkeys/options', async (request) => ({
    options: await optionsFor(personViewerOf(request).account),
  }));

  api.post('/api/account/passkeys', async (request, reply) => {
    const { account } = personViewerOf(request);
    const { response, name } = parseInput(zPasskeyAdded, request.body);
    const credential = await registered(account, response);
    await records.transaction((tx) => addPasskey(tx, clock, account, credential, name));
    return reply.status(201).send({ passkeys: await passkeysOf(records, account.id) });
  });

  api.delete<{ Params: { id: string } }>('/api/account/passkeys/:id', async (request) => {
    const { account } = personViewerOf(request);
    await records.transaction((tx) => removePasskey(tx, clock, account, request.params.id));
    return { passkeys: await passkeysOf(records, account.id) };
  });
}
