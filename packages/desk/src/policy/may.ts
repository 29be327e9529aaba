import { type Context, type EntityJson, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type Reason, type Right, type Role, rightParts, roles, type Tlp, tlpLevels } from '@gongjo/contract';
import { peopleSchemaName } from './load.ts';
import type { PolicySet } from './model.ts';
import { ownReasons } from './reasons.ts';

/** What a rule knows of a person. */
export interface PersonFacts {
  readonly roles: readonly Role[];
  readonly clearance: Tlp;
}

export interface Allowed {
  readonly allowed: boolean;
  /** The rules that decided; never empty. */
  readonly reasons: readonly Reason[];
}

const noContext: Context = {};
/** Rules ask what a person is, never who: so an answer holds for everyone who is the same. */
const anyone = { type: 'Person', id: 'anyone' };

/** Default deny, as `decide`: no rule that permits, a rule that forbids or a rule that failed are all a no. Never throws. */
function ask(policies: PolicySet, person: PersonFacts, action: string, resource: EntityJson): Allowed {
  const no = (reason: Reason): Allowed => ({ allowed: false, reasons: [reason] });
  if (!policies.sound) return no(ownReasons.policyInvalid);
  try {
    const answer = statefulIsAuthorized({
      principal: anyone,
      action: { type: 'Action', id: action },
      resource: resource.uid,
      context: noContext,
      entities: [
        {
          uid: anyone,
          attrs: {
            roles: person.roles.map((id) => ({ __entity: { type: 'Role', id } })),
            clearance: tlpLevels.indexOf(person.clearance),
          },
          parents: [],
        },
        // An enumerated entity has no facts of its own, and the engine takes none.
        ...(Object.keys(resource.attrs).length > 0 ? [resource] : []),
      ],
      preparsedSchemaName: peopleSchemaName,
      validateRequest: true,
      preparsedPolicySetId: policies.sha256,
    });
    if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0)
      return no(ownReasons.evaluationFailed);
    const deciding = new Set(answer.response.diagnostics.reason);
    const reasons = [...policies.rules.values()]
      .filter(({ id }) => deciding.has(id))
      .map(({ id, reason }): Reason => ({ policy: id, text: reason }));
    return reasons.length === 0 ? no(ownReasons.noPermit) : { allowed: answer.response.decision === 'allow', reasons };
  } catch {
    // A trap inside the engine must not become a way past it.
    return no(ownReasons.evaluationFailed);
  }
}

/** There are 64 sets of roles, 5 clearances and some 70 rights: what is remembered is bounded by itself. */
const remembered = new WeakMap<PolicySet, Map<string, Allowed>>();

function once(policies: PolicySet, key: string, work: () => Allowed): Allowed {
  let answers = remembered.get(policies);
  if (!answers) {
    answers = new Map();
    remembered.set(policies, answers);
  }
  const known = answers.get(key);
  if (known) return known;
  const made = work();
  answers.set(key, made);
  return made;
}

const keyOf = ({ roles: held, clearance }: PersonFacts) => `${held.toSorted().join(' ')}|${clearance}`;

/** May such a person do this? Asked of the engine once for each kind of person. */
export function mayAct(policies: PolicySet, person: PersonFacts, right: Right): Allowed {
  return once(policies, `${keyOf(person)}|${right}`, () => {
    const { object, action } = rightParts(right);
    return ask(policies, person, action, { uid: { type: 'Subject', id: object }, attrs: {}, parents: [] });
  });
}

/** May such a person be shown what is marked so? */
export function maySee(policies: PolicySet, person: PersonFacts, level: Tlp): Allowed {
  return once(policies, `${keyOf(person)}|see ${level}`, () =>
    ask(policies, person, 'see', {
      uid: { type: 'Marked', id: level },
      attrs: { level: tlpLevels.indexOf(level) },
      parents: [],
    }),
  );
}

/** The roles that have a right by themselves, to tell whom to ask. Where clearance matters too, of the highest. */
export function rolesWith(policies: PolicySet, right: Right): Role[] {
  return roles.filter((role) => mayAct(policies, { roles: [role], clearance: 'red' }, right).allowed);
}
