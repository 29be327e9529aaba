import { detailOf, GongjoError } from '../../kernel/index.ts';
import { activePartners } from '../partner.store.ts';
import { askWaiting } from './ask.ts';
import type { OverlapContext } from './context.ts';
import { allTerms } from './terms.store.ts';

/**
 * Asks each partner that agreed what waits for it; one of them that fails keeps no other from being asked. Answers whether
 * anything was asked: then more may wait.
 */
export async function askEveryone(context: OverlapContext, purpose: string, signal: AbortSignal): Promise<boolean> {
  const { records, log } = context;
  const terms = await allTerms(records);
  let asked = 0;
  for (const partner of await activePartners(records)) {
    const { desk } = partner.card;
    if (signal.aborted) break;
    if (!terms.has(desk)) continue;
    try {
      const reason = { purpose, legalBasis: partner.legalBasis, by: 'desk' };
      asked += (await askWaiting(context, partner, reason, signal)).asked;
    } catch (thrown) {
      const code = thrown instanceof GongjoError ? thrown.code : 'internal';
      log.warn({ desk, code, detail: detailOf(thrown) }, 'no comparison');
    }
  }
  return asked > 0;
}
