import type { CaseAccess, CaseAccessAct } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { caseAccess, dropMember, putMember, setRestricted } from './member.store.ts';
import { type CaseContext, caseNamed } from './write.ts';

/** Somebody of this desk: what the database knows the person by, and the name that stands in the record. */
export interface CasePerson {
  readonly person: string;
  readonly name: string;
}

/**
 * Need to know: a case that is restricted is seen here by its members alone, whatever their clearance; partners are told what policy
 * says, as before. Whoever restricts it is a member. `named`: the person that the act is about. Throws `case-unknown`,
 * `case-not-restricted`, and `case-member-last`: somebody always sees it.
 */
export async function changeAccess(
  tx: Db,
  { clock }: Pick<CaseContext, 'clock'>,
  id: string,
  asked: { readonly act: CaseAccessAct['act']; readonly named: CasePerson | null },
  by: CasePerson & { readonly isOperator: boolean },
): Promise<CaseAccess> {
  await caseNamed(tx, id);
  const { restrictedAt, members } = await caseAccess(tx, id);
  const { act, named } = asked;
  const now = instant(clock.now());
  if (act === 'restrict') {
    if (restrictedAt === null) await setRestricted(tx, id, now);
    for (const it of [...(by.isOperator ? [] : [by]), ...(named ? [named] : [])])
      await putMember(tx, id, { ...it, since: now, by: by.name });
  } else {
    if (restrictedAt === null) throw new GongjoError('case-not-restricted', { id });
    if (act === 'lift') await setRestricted(tx, id, null);
    if (act === 'admit' && named) await putMember(tx, id, { ...named, since: now, by: by.name });
    if (act === 'release' && named) {
      if (members.every(({ person }) => person === named.person)) throw new GongjoError('case-member-last', { id });
      await dropMember(tx, id, named.person);
    }
  }
  await recordAudit(tx, clock, {
    actor: by.name,
    action: recorded[act],
    subject: id,
    details: named ? { person: named.name } : {},
  });
  return caseAccess(tx, id);
}

const recorded = {
  restrict: 'case.restricted',
  lift: 'case.unrestricted',
  admit: 'case.member-admitted',
  release: 'case.member-released',
} as const;
