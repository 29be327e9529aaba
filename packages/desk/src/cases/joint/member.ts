import { type CaseAccess, type CaseAccessAct, terms } from '@gongjo/contract';
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

/** `named`: the person that the act is about; `sees`: whether a member would see the case, which accounts and policy tell. */
export interface AccessAsked {
  readonly act: CaseAccessAct['act'];
  readonly named: CasePerson | null;
  readonly sees: (person: string) => Promise<boolean>;
}

/**
 * Need to know: a case that is restricted is seen here by its members alone, whatever their clearance; partners are told what policy
 * says, as before. Whoever restricts it is a member; the operator, who is none, names one. What changes nothing is not in the record.
 * Throws `case-unknown`, `case-not-restricted`, and, so that somebody sees it after each act, `case-member-last` and
 * `case-member-blind`.
 */
export async function changeAccess(
  tx: Db,
  { clock }: Pick<CaseContext, 'clock'>,
  id: string,
  { act, named, sees }: AccessAsked,
  by: CasePerson & { readonly isOperator: boolean },
): Promise<CaseAccess> {
  const { tlp } = await caseNamed(tx, id);
  const { restrictedAt, members } = await caseAccess(tx, id, true);
  const now = instant(clock.now());
  const record = (action: `case.${string}`, person: CasePerson | null) =>
    recordAudit(tx, clock, { actor: by.name, action, subject: id, details: person ? { person: person.name } : {} });
  const admit = (it: CasePerson) => putMember(tx, id, { ...it, since: now, by: by.name });
  if (act !== 'restrict' && restrictedAt === null) throw new GongjoError('case-not-restricted', { id });
  if (named && (act === 'restrict' || act === 'admit') && !(await sees(named.person)))
    throw new GongjoError('case-member-blind', { name: named.name, id, tlp: terms.tlp[tlp] });
  const isSeenBut = async (but: string | null) => {
    for (const { person } of members) if (person !== but && (await sees(person))) return true;
    return false;
  };
  if (act === 'restrict') {
    const joining = [...(by.isOperator ? [] : [by]), ...(named ? [named] : [])];
    if (joining.length === 0 && !(await isSeenBut(null))) throw new GongjoError('case-member-last', { id });
    if (restrictedAt === null) {
      await setRestricted(tx, id, now);
      for (const it of joining) await admit(it);
      await record('case.restricted', named);
    } else for (const it of joining) if (await admit(it)) await record('case.member-admitted', it);
  } else if (act === 'lift') {
    await setRestricted(tx, id, null);
    await record('case.unrestricted', null);
  } else if (named && act === 'admit') {
    if (await admit(named)) await record('case.member-admitted', named);
  } else if (named) {
    if (!(await isSeenBut(named.person))) throw new GongjoError('case-member-last', { id });
    if (await dropMember(tx, id, named.person)) await record('case.member-released', named);
  }
  return caseAccess(tx, id);
}
