import { type Outcome, outcomeOf } from '../policy/index.ts';
import { type Party, partnerFacts, type SharingContext } from './party.ts';

/**
 * Whether an officer's name and a case's number may be told to a partner that works on the same. They are in no object, so the
 * policy is asked as about an own note, TLP:AMBER: for those who need to know. What a rule would let go after a person's approval
 * does not go by itself.
 */
export function introduction(
  { desk, policies, communities = [] }: SharingContext,
  recipient: Party,
  session: string,
): Outcome {
  return outcomeOf(
    policies,
    {
      action: 'release',
      desk: desk.desk,
      partner: partnerFacts(recipient),
      object: {
        id: `note--${session}`,
        type: 'note',
        tlp: 'amber',
        origin: desk.desk,
        communities,
        handling: [],
        incident: null,
      },
      purpose: 'investigation',
      legalBasis: recipient.legalBasis ?? recipient.agreement,
      approvals: 0,
      originConsents: false,
      redaction: null,
    },
    [],
  );
}
