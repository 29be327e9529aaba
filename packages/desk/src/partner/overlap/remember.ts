import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import { commitmentDigest, unpack } from '../../overlap/index.ts';
import type { OverlapContext } from './context.ts';
import { commitmentOf, keepCommitment } from './epoch.store.ts';

/**
 * Holds a desk to the key that it named for an epoch first. Another one is refused, and both signed words are evidence. Throws
 * `overlap-commitment-changed`.
 */
export async function rememberCommitment(
  { records, clock }: OverlapContext,
  desk: string,
  epoch: number,
  key: string,
  said: string,
): Promise<void> {
  const known = await commitmentOf(records, desk, epoch);
  if (known?.publicKey === key) return;
  if (known !== null) {
    await records.transaction((tx) =>
      recordAudit(tx, clock, {
        actor: `desk:${desk}`,
        action: 'overlap.commitment-changed',
        subject: desk,
        details: { epoch, first: known.said, other: said },
      }),
    );
    throw new GongjoError('overlap-commitment-changed', { desk, epoch });
  }
  await records.transaction(async (tx) => {
    await keepCommitment(tx, clock, desk, epoch, key, said);
    await recordAudit(tx, clock, {
      actor: `desk:${desk}`,
      action: 'overlap.commitment',
      subject: desk,
      details: { epoch, digest: commitmentDigest({ desk, epoch, publicKey: unpack(key) }) },
    });
  });
}
