import type { Db } from '../platform/index.ts';
import { noteRequest } from './ask.ts';
import { refuseDecisions } from './decision.store.ts';
import type { SharingContext } from './party.ts';
import { closeRequest, openRequestsNaming, requestRefs } from './request.store.ts';

/**
 * These objects of this desk's are not to go any more: what persons are asked for them is closed, so that an approval that comes later
 * lets nothing out. Asked for once more, they are decided anew.
 */
export async function stopAsking(tx: Db, context: SharingContext, objects: readonly string[]): Promise<void> {
  if (objects.length === 0) return;
  const { desk, clock } = context;
  for (const request of await openRequestsNaming(tx, desk.desk, objects)) {
    const refs = await requestRefs(tx, request.id);
    await closeRequest(tx, clock, request.id, 'refused');
    await refuseDecisions(tx, request.recipient, refs, 'asked-no-more');
    const noted = { ...request, objects: refs };
    await noteRequest(tx, context, 'approval-refused', noted, { who: desk.name, actor: `desk:${desk.desk}` });
  }
}
