import {
  type Context,
  type Entities,
  type EntityUidJson,
  type Response,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { Reason } from '@gongjo/contract';
import { schemaName } from './load.ts';
import { type AdmitQuestion, type PolicySet, type ReleaseQuestion, sourceOf, type Verdict } from './model.ts';
import { ownReasons } from './reasons.ts';

type AnyQuestion = ReleaseQuestion | AdmitQuestion;

const uid = (type: string, id: string) => ({ type, id });
const reference = (type: string, id: string) => ({ __entity: uid(type, id) });

/** An empty text is no agreement and no legal basis: rules ask with `has`, which an empty text would satisfy. */
const unlessEmpty = (key: string, value: string | null) =>
  value === null || value.trim() === '' ? {} : { [key]: value };

function contextOf(question: AnyQuestion): Context {
  return {
    desk: reference('Desk', question.desk),
    purpose: reference('Purpose', question.purpose),
    ...unlessEmpty('legalBasis', question.legalBasis),
    ...(question.action === 'admit'
      ? { via: reference('Way', question.via), signatureVerified: question.signatureVerified }
      : {
          approvals: question.approvals,
          originConsents: question.originConsents,
          ...unlessEmpty('redaction', question.redaction),
        }),
  };
}

function entitiesOf(
  { desk, partner, object }: AnyQuestion,
  principal: EntityUidJson,
  resource: EntityUidJson,
): Entities {
  return [
    {
      uid: principal,
      attrs: {
        kind: reference('Kind', partner.kind),
        country: partner.country,
        paired: partner.paired,
        ...unlessEmpty('agreement', partner.agreement),
        roles: [...partner.roles],
        communities: [...partner.communities],
      },
      parents: [],
    },
    {
      uid: resource,
      attrs: {
        objectType: object.type,
        marking: reference('Marking', object.tlp ?? 'unmarked'),
        origin: reference('Desk', object.origin),
        source: reference('Source', sourceOf(object.origin, desk)),
        communities: [...object.communities],
        handling: [...object.handling],
        ...unlessEmpty('incident', object.incident),
      },
      parents: [],
    },
  ];
}

/** The engine's answer, or `null` where it has none: the question does not fit the schema, or the engine itself failed. */
function ask(policies: PolicySet, question: AnyQuestion): Response | null {
  try {
    const principal = uid('Partner', question.partner.id);
    const resource = uid('StixObject', question.object.id);
    const answer = statefulIsAuthorized({
      principal,
      action: uid('Action', question.action),
      resource,
      context: contextOf(question),
      entities: entitiesOf(question, principal, resource),
      preparsedSchemaName: schemaName,
      validateRequest: true,
      preparsedPolicySetId: policies.sha256,
    });
    return answer.type === 'success' ? answer.response : null;
  } catch {
    // A trap inside the engine must not become a way past it; the caller forbids and says so.
    return null;
  }
}

const forbidden = (...reasons: Reason[]): Verdict => ({ decision: 'forbid', reasons });

/**
 * Decides one question by the policy set. Default deny: a permit needs a rule that permits, no rule that forbids, and no
 * rule that failed – Cedar skips a failing rule, and the skipped one might have been the one that forbids. Never throws;
 * a question that cannot be evaluated is forbidden.
 */
export function decide(policies: PolicySet, question: AnyQuestion): Verdict {
  if (!policies.sound) return forbidden(ownReasons.policyInvalid);
  const response = ask(policies, question);
  if (response === null) return forbidden(ownReasons.evaluationFailed);
  const deciding = new Set(response.diagnostics.reason);
  const reasons = [...policies.rules.values()]
    .filter((rule) => deciding.has(rule.id))
    .map((rule): Reason => ({ policy: rule.id, text: rule.reason }));
  const failed = response.diagnostics.errors.length > 0 ? [ownReasons.evaluationFailed] : [];
  if (response.decision === 'allow') {
    return failed.length === 0 ? { decision: 'permit', reasons } : forbidden(...failed);
  }
  const refusals = [...reasons, ...failed];
  return refusals.length > 0 ? forbidden(...refusals) : forbidden(ownReasons.noPermit);
}
