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
import type { Db } from '../../platform/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { believedKeys, signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { clockToleranceS } from '../seal.ts';
import { sealFor, unsealFrom } from '../sealed.ts';
import { vowTypes } from '../vow.ts';
import { type Seen, type Show, unpackHash, zShow } from './wire.ts';

/**
 * A partner shows the checkpoint of its audit record. What continues the newest that is held here is cosigned and held from
 * now on; what contradicts it is recorded with both signed checkpoints, and nothing of that partner is cosigned until a
 * person has looked at it. `told` is called, once that is kept, when there is a contradiction that was not known.
 */
export async function answerAudit(
  context: PartnerContext,
  partner: Partner,
  message: string,
  told: (desk: string) => void = () => undefined,
): Promise<string> {
  const shown = await unsealFrom(context, partner, vowTypes.audit, zShow, message);
  return sealFor(context, partner, vowTypes.audit, await judge(context, partner, shown, message, told));
}

async function judge(
  context: PartnerContext,
  partner: Partner,
  shown: Show,
  message: string,
  told: (desk: string) => void,
): Promise<Seen> {
  const { records, clock } = context;
  const { desk } = partner.card;
  // What is held would be older than whatever the partner says from then on, so that a record cut short passed for one that is late.
  if (Date.parse(shown.at) > clock.now() + clockToleranceS * 1000)
    throw new GongjoError('signature-invalid', { desk, detail: 'it was signed later than it is here' });
  const keys = await believedKeys(records, clock, partner);
  const checkpoint = openCheckpoint(desk, keys, shown.checkpoint);
  if (!checkpoint) throw new GongjoError('signature-invalid', { desk, detail: 'it is no checkpoint of its record' });
  // What is held is read, compared and replaced in one transaction: of two forks that come at once, one is held and the other found.
  const judged = await records.transaction((tx) => compare(tx, context, { desk, keys, checkpoint, shown, message }));
  if (judged.kind !== 'continues') {
    if (judged.isNews) told(desk);
    return judged.seen;
  }
  const signature = await cosign(
    signerFor(context.keys, partner),
    context.desk.desk,
    checkpoint.note,
    Math.floor(clock.now() / 1000),
  );
  return { kind: 'seen', size: checkpoint.size, cosignature: signatureLine(signature) };
}

type Judged =
  | { readonly kind: 'continues' }
  | { readonly kind: 'refused'; readonly seen: Seen; readonly isNews: boolean };

interface Claim {
  readonly desk: string;
  readonly keys: Parameters<typeof openCheckpoint>[1];
  readonly checkpoint: SignedCheckpoint;
  readonly shown: Show;
  readonly message: string;
}

/** Holds a checkpoint from now on that continues the one held; keeps the contradiction where it does not. */
async function compare(
  tx: Db,
  { clock, random }: PartnerContext,
  { desk, keys, checkpoint, shown, message }: Claim,
): Promise<Judged> {
  const now = instant(clock.now());
  const open = await openContradiction(tx, desk);
  if (open) return refused({ kind: 'contradicted', size: open.held.size, held: open.held.note });
  const [held] = await listHeld(tx, desk);
  if (held) {
    const contradicted = async (
      kind: 'forked' | 'shortened',
      evidence: { size: number; note: string },
    ): Promise<Judged> => {
      const found = {
        ...{ id: random.uuid(), desk, kind, message, foundAt: now, told: evidence },
        held: { size: held.size, note: held.note },
      };
      const isNews = await keepContradiction(tx, clock, found);
      return refused({ kind: 'contradicted', size: held.size, held: held.note }, isNews);
    };
    const from = refused({ kind: 'from', size: held.size, held: held.note });
    // What was sent before and arrives late says nothing; what was said since does.
    if (checkpoint.size < held.size)
      return shown.at > held.witnessedAt
        ? contradicted('shortened', { size: checkpoint.size, note: shown.checkpoint })
        : from;
    if (shown.from !== held.size && checkpoint.size !== held.size) return from;
    const root = readCheckpoint(readNote(held.note)?.text ?? '')?.root;
    const proof = checkpoint.size === held.size ? [] : shown.proof.map(unpackHash);
    if (!root || !verifyConsistency(held.size, checkpoint.size, root, checkpoint.root, proof))
      return contradicted(
        'forked',
        forkOf(desk, keys, shown, held.size, root) ?? { size: checkpoint.size, note: shown.checkpoint },
      );
  }
  await keepHeld(tx, { desk, size: checkpoint.size, note: shown.checkpoint, witnessedAt: shown.at, seenAt: now });
  return { kind: 'continues' };
}

const refused = (seen: Seen, isNews = false): Judged => ({ kind: 'refused', seen, isNews });

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
