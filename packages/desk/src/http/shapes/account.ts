import {
  zMe,
  zNewPerson,
  zNewToken,
  zPasskey,
  zPerson,
  zPersonChange,
  zPersonLink,
  zSession,
  zSignInWays,
  zToken,
} from '@gongjo/contract';
import { z } from 'zod';
import { zEnrolled, zEnrolling, zPasskeyAdded, zPasskeySignIn } from '../passkey.routes.ts';
import { zLink, zSignIn } from '../session.routes.ts';
import { zDocsAsked } from './docs-asked.ts';
import { listed, type Shapes } from './shape.ts';

const passkeys = listed('passkeys', zPasskey);
const sessions = listed('sessions', zSession);
const tokens = listed('tokens', zToken);
const secretToken = zToken.extend({ secret: z.string() });
/** Options of Web Authentication (level 3, section 5.8), which the browser is given as they are. */
const options = z.looseObject({ challenge: z.string() });
const registering = z.object({ options });

export const accountShapes: Shapes = {
  'POST /api/session': { body: zSignIn },
  'DELETE /api/session': {},
  'POST /api/sign-in-links': { body: zLink, bodyOptional: true, answer: z.object({ signInUrl: z.url() }) },
  'GET /api/sign-in': { answer: zSignInWays },
  'POST /api/passkeys/sign-in/options': { answer: options },
  'POST /api/passkeys/sign-in': { body: zPasskeySignIn },
  'POST /api/passkeys/enrolment/options': { body: zEnrolling, answer: registering.extend({ name: z.string() }) },
  'POST /api/passkeys/enrolment': { body: zEnrolled },
  'GET /api/oidc/start': { status: 303 },
  'GET /api/oidc/callback': { query: z.object({ code: z.string(), state: z.string() }), status: 303 },
  'GET /api/me': { answer: zMe },
  'GET /api/events': { media: 'text/event-stream' },
  'GET /api/docs': { query: zDocsAsked, media: 'text/html' },
  'GET /api/docs/style.css': { media: 'text/css' },
  'GET /api/docs/openapi.json': { answer: z.looseObject({ openapi: z.string() }) },
  'GET /api/account/passkeys': { answer: passkeys },
  'POST /api/account/passkeys/options': { answer: registering },
  'POST /api/account/passkeys': { body: zPasskeyAdded, answer: passkeys, status: 201 },
  'DELETE /api/account/passkeys/:id': { answer: passkeys },
  'GET /api/account/sessions': { answer: sessions },
  'DELETE /api/account/sessions': { answer: sessions },
  'DELETE /api/account/sessions/:id': { answer: sessions },
  'GET /api/account/tokens': { answer: tokens },
  'POST /api/account/tokens': { body: zNewToken, answer: secretToken, status: 201 },
  'DELETE /api/account/tokens/:id': { answer: zToken },
};

export const peopleShapes: Shapes = {
  'GET /api/people': { answer: listed('people', zPerson) },
  'POST /api/people': { body: zNewPerson, answer: zPersonLink, status: 201 },
  'GET /api/people/:person': { answer: zPerson },
  'PATCH /api/people/:person': { body: zPersonChange, answer: zPerson },
  'POST /api/people/:person/links': { answer: zPersonLink, status: 201 },
  'GET /api/people/:person/sessions': { answer: sessions },
  'DELETE /api/people/:person/sessions': { answer: sessions },
  'DELETE /api/people/:person/sessions/:id': { answer: sessions },
  'GET /api/people/:person/tokens': { answer: tokens },
  'POST /api/people/:person/tokens': { body: zNewToken, answer: secretToken, status: 201 },
  'DELETE /api/people/:person/tokens/:id': { answer: zToken },
};
