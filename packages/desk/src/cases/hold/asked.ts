import { holdDeskTerms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../../platform/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import { findAsked, keepAsked, keepAskedDocument, type StoredAsked } from './asked.store.ts';
import { mediaTypes } from './documents.ts';

/** Hold requests that partners make to this desk, as they come. */

/** A partner's request has come. False where it was here. */
export async function takeAsked(
  tx: Db,
  { clock }: { readonly clock: Clock },
  asked: Omit<StoredAsked, 'receivedAt'>,
): Promise<boolean> {
  if (!(await keepAsked(tx, clock, asked))) return false;
  const { hold, round, documents } = asked.asked;
  await recordAudit(tx, clock, {
    actor: `desk:${asked.desk}`,
    action: 'hold.asked',
    subject: hold,
    details: { object: asked.object, round, documents: documents.map(({ name, sha256 }) => ({ name, sha256 })) },
  });
  return true;
}

/** A document of a partner's request has come, and is the one that was named. */
export async function takeAskedDocument(
  tx: Db,
  context: { readonly clock: Clock; readonly random: Random },
  { desk, asked: { hold, documents } }: StoredAsked,
  content: Uint8Array,
): Promise<void> {
  const document = documents.find(({ sha256 }) => sha256 === sha256Hex(content));
  if (!document) throw new GongjoError('hold-answer-false', { id: hold, detail: holdDeskTerms.fault.noFile });
  if (!(await keepAskedDocument(tx, context.clock, { desk, hold, content }))) return;
  await takeIntoCustody(tx, context, {
    ...{ direction: 'in', name: document.name, mediaType: mediaTypes[document.form], bytes: content },
    ...{ who: `desk:${desk}`, why: `${hold} asked by ${desk}`, asked: { desk, id: hold } },
  });
}

/** Throws `not-found`. */
export async function askedNamed(db: Db, desk: string, id: string, lock = false): Promise<StoredAsked> {
  const found = await findAsked(db, desk, id, lock);
  if (!found) throw new GongjoError('not-found');
  return found;
}
