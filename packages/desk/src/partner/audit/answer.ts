import {
  cosign,
  keepContradiction,
  keepHeld,
  listHeld,
  openCheckpoint,
  openContradiction,
  readCheckpoint,
  readNote,
  type SignedCheckpoint,
  sameHash,
  signatureLine,
  verifyConsistency,
} from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { believedKeys, signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { type Seen, type Show, sealAudit, unpackHash, unsealAudit, zShow } from './wire.ts';

/**
 * A partner shows the checkpoint of its audit record. What continues the newest that is held here is cosigned and held from
 * now on; what contradicts it is recorded with both signed checkpoints, and nothing of that partner is cosigned until a
 * person has looked at it. `told` is called when there is a contradiction that was not known.
 */
export async function answerAudit(
  context: PartnerContext,
  partner: Partner,
  message: string,
  told: (desk: string) => void = () => undefined,
): Promise<string> {
  const shown = await unsealAudit(context, partner, zShow, message);
  return sealAudit(context, partner, await judge(context, partner, shown, message, told));
}

async function judge(
  context: PartnerContext,
  partner: Partner,
  shown: Show,
  message: string,
  told: (desk: string) => void,
): Promise<Seen> {
  const { records, clock, random } = context;
  const { desk } = partner.card;
  const keys = await believedKeys(records, clock, partner);
  const checkpoint = openCheckpoint(desk, keys, shown.checkpoint);
  if (!checkpoint) throw new GongjoError('signature-invalid', { desk, detail: 'it is no checkpoint of its record' });
  const now = instant(clock.now());
  const open = await openContradiction(records, desk);
  if (open) return { kind: 'contradicted', size: open.held.size, held: open.held.note };
  const [held] = await listHeld(records, desk);
  const contradicted = async (
    kind: 'forked' | 'shortened',
    evidence: { size: number; note: string },
  ): Promise<Seen> => {
    if (!held) throw new GongjoError('internal', { reference: 'audit' });
    const found = {
      ...{ id: random.uuid(), desk, kind, message, foundAt: now, told: evidence },
      held: { size: held.size, note: held.note },
    };
    if (await records.transaction((tx) => keepContradiction(tx, clock, found))) told(desk);
    return { kind: 'contradicted', size: held.size, held: held.note };
  };
  if (held) {
    // What was sent before and arrives late says nothing; what was said since does.
    if (checkpoint.size < held.size)
      return shown.at > held.witnessedAt
        ? contradicted('shortened', { size: checkpoint.size, note: shown.checkpoint })
        : { kind: 'from', size: held.size, held: held.note };
    if (shown.from !== held.size && checkpoint.size !== held.size)
      return { kind: 'from', size: held.size, held: held.note };
    const root = readCheckpoint(readNote(held.note)?.text ?? '')?.root;
    const proof = checkpoint.size === held.size ? [] : shown.proof.map(unpackHash);
    if (!root || !verifyConsistency(held.size, checkpoint.size, root, checkpoint.root, proof))
      return contradicted(
        'forked',
        forkOf(desk, keys, shown, held.size, root) ?? { size: checkpoint.size, note: shown.checkpoint },
      );
  }
  const signature = await cosign(
    signerFor(context.keys, partner),
    context.desk.desk,
    checkpoint.note,
    Math.floor(clock.now() / 1000),
  );
  await records.transaction((tx) =>
    keepHeld(tx, { desk, size: checkpoint.size, note: shown.checkpoint, witnessedAt: shown.at, seenAt: now }),
  );
  return { kind: 'seen', size: checkpoint.size, cosignature: signatureLine(signature) };
}

/** A checkpoint of the held size that says another root: with the held one it proves the fork to anybody. */
function forkOf(
  desk: string,
  keys: Parameters<typeof openCheckpoint>[1],
  { before }: Show,
  size: number,
  root: Uint8Array | undefined,
): { size: number; note: string } | null {
  const opened: SignedCheckpoint | null = before === null ? null : openCheckpoint(desk, keys, before);
  return before !== null && opened?.size === size && root && !sameHash(opened.root, root)
    ? { size, note: before }
    : null;
}
