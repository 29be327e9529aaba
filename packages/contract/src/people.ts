import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zTlp } from './incident.ts';
import { inputRules } from './input-terms.ts';

/** Who works at a desk, and what each may do. `docs/people.md` describes it. */

export const roles = ['analyst', 'case-officer', 'liaison', 'administrator', 'auditor', 'exchange-officer'] as const;
export const zRole = z.enum(roles);
export type Role = z.infer<typeof zRole>;

/**
 * Everything that a person can be allowed to do: an object and an action on it. Each route of the API asks for one of these,
 * and the policy says which role has which (`people.cedar`).
 */
export const rights = [
  'status:read',
  'incident:read',
  'incident:write',
  'incident:decide',
  'notice:read',
  'notice:write',
  'notice:administer',
  'reporter:read',
  'reporter:administer',
  'alert:read',
  'alert:write',
  'watch:read',
  'watch:write',
  'ledger:read',
  'trace:read',
  'trace:write',
  'cut:read',
  'cut:write',
  'tag:read',
  'tag:write',
  'case:read',
  'case:write',
  'case:send',
  'request:read',
  'request:write',
  'hold:read',
  'hold:write',
  'hold:decide',
  'hold:send',
  'hold:answer',
  'evidence:write',
  'custody:read',
  'object:read',
  'object:write',
  'object:import',
  'object:export',
  'release:read',
  'release:send',
  'approval:read',
  'approval:decide',
  'partner:read',
  'partner:administer',
  'delivery:read',
  'pairing:read',
  'pairing:decide',
  'pairing:administer',
  'key:read',
  'key:administer',
  'policy:read',
  'policy:administer',
  'taxii:read',
  'taxii:administer',
  'feed:read',
  'feed:administer',
  'directory:read',
  'directory:administer',
  'drill:read',
  'drill:administer',
  'measure:read',
  'overlap:read',
  'overlap:write',
  'overlap:send',
  'overlap:decide',
  'overlap:administer',
  'audit:read',
  'audit:administer',
  'people:read',
  'people:administer',
] as const;
export const zRight = z.enum(rights);
export type Right = z.infer<typeof zRight>;

type ObjectOf<R> = R extends `${infer O}:${string}` ? O : never;
type ActionOf<R> = R extends `${string}:${infer A}` ? A : never;
export type RightObject = ObjectOf<Right>;
export type RightAction = ActionOf<Right>;

export function rightParts(right: Right): { readonly object: RightObject; readonly action: RightAction } {
  const [object, action] = right.split(':');
  return { object: object as RightObject, action: action as RightAction };
}

export const rightObjects = [...new Set(rights.map((it) => rightParts(it).object))];
export const rightActions = [...new Set(rights.map((it) => rightParts(it).action))];

/**
 * What a case is made of. Whoever may not read one of these is not told that it exists: a refusal would say that it does.
 */
export const caseContent: ReadonlySet<RightObject> = new Set([
  'incident',
  'notice',
  'alert',
  'watch',
  'cut',
  'case',
  'request',
  'hold',
  'evidence',
  'object',
  'release',
  'approval',
] as const);

export const personStates = ['active', 'disabled'] as const;

/** A name stands in the record for good, so it is one line of visible characters, and it is never given to another. */
export const zPersonName = z
  .string()
  .transform((text) => text.normalize('NFC').trim().replace(/\s+/g, ' '))
  .pipe(
    z
      .string()
      .min(1)
      .max(100)
      .refine((name) => /^[^\p{C}:]+$/u.test(name), inputRules.personName),
  );
const zRoles = z
  .array(zRole)
  .min(1)
  .transform((list) => roles.filter((role) => list.includes(role)));
/** Who the person is at the agency's own sign-in (OpenID Connect): the value of the claim that the settings name. */
const zSubject = z.string().trim().min(1).max(320).nullable();

export const zNewPerson = z.strictObject({
  name: zPersonName,
  roles: zRoles,
  clearance: zTlp.default('amber'),
  subject: zSubject.default(null),
});
export type NewPerson = z.infer<typeof zNewPerson>;

export const zPersonChange = z
  .strictObject({
    roles: zRoles.optional(),
    clearance: zTlp.optional(),
    subject: zSubject.optional(),
    state: z.enum(personStates).optional(),
  })
  .refine((change) => Object.values(change).some((it) => it !== undefined), inputRules.someChange);
export type PersonChange = z.infer<typeof zPersonChange>;

export const zPerson = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(zRole),
  clearance: zTlp,
  subject: z.string().nullable(),
  state: z.enum(personStates),
  madeBy: z.string(),
  madeAt: zInstant,
  passkeys: z.int(),
  sessions: z.int(),
  lastSeenAt: zInstant.nullable(),
});
export type Person = z.infer<typeof zPerson>;

/** A link that is good once, for one hour, and never shown again. */
export const zPersonLink = z.object({ person: zPerson, enrolUrl: z.string(), expiresAt: zInstant });
export type PersonLink = z.infer<typeof zPersonLink>;

export const zPasskey = z.object({
  id: z.string(),
  name: z.string(),
  madeAt: zInstant,
  usedAt: zInstant.nullable(),
  /** When its counter went backwards, as that of a copied authenticator does. It opens nothing since. */
  suspectedAt: zInstant.nullable(),
});
export type Passkey = z.infer<typeof zPasskey>;

export const sessionWays = ['link', 'passkey', 'oidc'] as const;
export type SessionWay = (typeof sessionWays)[number];

export const zSession = z.object({
  id: z.string(),
  way: z.enum(sessionWays),
  signedInAt: zInstant,
  usedAt: zInstant,
  expiresAt: zInstant,
  /** What the browser calls itself, shortened. */
  browser: z.string(),
  current: z.boolean(),
});
export type SessionView = z.infer<typeof zSession>;

export const tokenDaysMax = 366;
export const zNewToken = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** What it may do, of what its owner may. */
  rights: z.array(zRight).min(1).max(rights.length),
  days: z.int().min(1).max(tokenDaysMax).default(90),
});
export type NewToken = z.infer<typeof zNewToken>;

export const zToken = z.object({
  id: z.string(),
  name: z.string(),
  rights: z.array(zRight),
  madeAt: zInstant,
  expiresAt: zInstant,
  usedAt: zInstant.nullable(),
  revokedAt: zInstant.nullable(),
});
export type ApiToken = z.infer<typeof zToken>;

/** Whether browsers of this desk's address can keep passkeys: they do so for https and for localhost alone, and for no number. */
export const passkeyStates = ['available', 'insecure', 'address'] as const;

/** What the sign-in page offers. Anybody may ask. */
export const zSignInWays = z.object({ passkeys: z.enum(passkeyStates), oidc: z.boolean() });
export type SignInWays = z.infer<typeof zSignInWays>;

export const zMe = z.object({
  name: z.string(),
  /** Null for the operator, who has no account and may do everything. */
  id: z.string().nullable(),
  roles: z.array(zRole),
  clearance: zTlp,
  rights: z.array(zRight),
  signedInAt: zInstant.nullable(),
  expiresAt: zInstant.nullable(),
});
export type Me = z.infer<typeof zMe>;
