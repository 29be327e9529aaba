import type { HoldProgress } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { HoldContext } from './context.ts';
import { keepDocuments } from './document.store.ts';
import { dayAt, documentsOf } from './documents.ts';
import { digestOf, findHold, keepHold, keepNumber, nextNumber, revisersOf, type StoredHold } from './hold.store.ts';
import { afterHappening, type Happened } from './progress.ts';
import { missingError, unapprovable } from './required.ts';
import { termsOf } from './terms.ts';

interface Approval {
  readonly digest: string;
  readonly by: string;
}

/**
 * A person stands behind a request as it was shown to them. The last approval that is needed gives it its number and makes its
 * documents: what is sent later are those bytes. Throws `hold-second-person`, `hold-changed`, `hold-not-approvable`.
 */
export async function approveHold(context: HoldContext, id: string, approval: Approval): Promise<void> {
  const { records, clock, directory, office } = context;
  const nowMs = clock.now();
  const happened = { kind: 'approve' as const, at: instant(nowMs), by: approval.by };
  const numbered = await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    const progress = approved(hold, approval, happened, await revisersOf(tx, id));
    if (!isLast(progress)) return { ...hold, progress, number: null };
    const number = hold.number ?? (await nextNumber(tx, Number(dayAt(nowMs, office.desk.timeZone).slice(0, 4))));
    await keepNumber(tx, id, number);
    return { ...hold, progress, number };
  });
  const { number } = numbered;
  // Letters take a second to make; nobody waits for the records meanwhile.
  const documents = number === null ? [] : await documentsOf(numbered, number, { office, directory, nowMs });
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    const progress = approved(hold, approval, happened, await revisersOf(tx, id));
    // Somebody else approved it in this moment, or took theirs back: what was made does not name them.
    if (isLast(progress) !== (number !== null) || progress.approvals.length !== numbered.progress.approvals.length)
      throw new GongjoError('hold-changed');
    const round = number === null ? hold.round : hold.round + 1;
    const roundTlp = number === null ? hold.roundTlp : hold.tlp;
    await keepHold(tx, clock, { ...hold, progress, round, roundTlp }, happened);
    await keepDocuments(tx, clock, id, round, documents);
    await recordAudit(tx, clock, {
      actor: approval.by,
      action: 'hold.approved',
      subject: id,
      details: {
        digest: approval.digest,
        approvals: progress.approvals.length,
        needed: hold.approvalsNeeded,
        ...(number && { number, documents: documents.map(({ name, sha256 }) => ({ name, sha256 })) }),
      },
    });
  });
}

const isLast = ({ approvedAt }: HoldProgress) => approvedAt !== null;

/** Where a request stands once this person has approved it. */
function approved(
  hold: StoredHold,
  { digest, by }: Approval,
  happened: Happened,
  revisers: ReadonlySet<string>,
): HoldProgress {
  const progress = afterHappening(hold.progress, termsOf(hold), happened);
  if (digestOf(hold) !== digest) throw new GongjoError('hold-changed');
  const hasSaidSo = hold.progress.approvals.some((it) => it.by === by);
  // Where the agency asks for no second person, whoever wrote it approves it.
  if (hasSaidSo || (hold.approvalsNeeded > 0 && (hold.draftedBy === by || revisers.has(by))))
    throw new GongjoError('hold-second-person', { person: by });
  const missing = unapprovable(hold.facts);
  if (missing.length > 0) throw missingError('hold-not-approvable', missing, hold.addressee);
  return progress;
}
