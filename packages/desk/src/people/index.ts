export {
  accountNamed,
  accountOfSubject,
  addPerson,
  changePerson,
  findAccount,
  listPeople,
  personNamed,
} from './account.store.ts';
export type { Account, Asker, SessionLimits } from './account.ts';
export { type Challenges, challengeLifeMs, createChallenges } from './challenges.ts';
export { type LinkKind, lookAtLink, makeLink, takeLink } from './link.store.ts';
export { createOidc, type OidcFlow, type OidcSignIn } from './oidc.client.ts';
export {
  addPasskey,
  credentialsOf,
  findPasskey,
  noteUse,
  passkeysOf,
  removePasskey,
  suspect,
} from './passkey.store.ts';
export {
  challengeIn,
  passkeyState,
  type RelyingParty,
  registrationOptions,
  relyingParty,
  signInOptions,
  verifyRegistration,
  verifySignIn,
} from './passkey.ts';
export { peopleSchema } from './people.schema.ts';
export { rememberPeoplePolicy } from './people-policy.store.ts';
export { noteRestrictedRead } from './restricted.store.ts';
export {
  endSession,
  endSessions,
  findSession,
  hasEntry,
  type Session,
  sessionsOf,
  startSession,
} from './session.store.ts';
export { addToken, findToken, revokeToken, tokenPrefix, tokensOf } from './token.store.ts';
