import {
  consistencyProof,
  cosignedAt,
  keepContradiction,
  listWitnesses,
  noteCosigned,
  noteUnwitnessed,
  openCheckpoint,
  originOf,
  readNote,
  type Standing,
  sameHash,
  signCheckpoint,
  standing,
} from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { believedKeys, everyOwnKey, signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { callAudit } from './audit-call.client.ts';
import { packHash, type Seen } from './wire.ts';

export type Shown = 'witnessed' | 'contradicted' | 'not-witnessed';

/**
 * Shows a partner the checkpoint of this desk's record, with the proof that it continues what the partner holds. Keeps its
 * cosignature; where the partner holds what this record does not continue, keeps that as this desk's own trouble.
 */
export async function showRecord(context: PartnerContext, partner: Partner, signal: AbortSignal): Promise<Shown> {
  const { records, clock } = context;
  const { desk } = partner.card;
  const refuse = async (problem: GongjoError): Promise<Shown> => {
    await noteUnwitnessed(records, clock, desk, problem.problem);
    return problem.code === 'audit-contradicted' ? 'contradicted' : 'not-witnessed';
  };
  const now = await standing(ownContext(context, partner));
  // A record without entries says nothing.
  if (now.size === 0) return 'witnessed';
  const known = (await listWitnesses(records)).find((it) => it.desk === desk)?.size ?? 0;
  try {
    let seen = await show(context, partner, now, known, signal);
    if (seen.kind === 'from' && seen.size <= now.size) seen = await show(context, partner, now, seen.size, signal);
    if (seen.kind === 'seen') {
      await keepCosignature(context, partner, now, seen);
      return 'witnessed';
    }
    return await refuse(await contradicted(context, partner, now, seen));
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof GongjoError)) throw thrown;
    return refuse(thrown);
  }
}

const unclear = (desk: string, detail: string) => new GongjoError('audit-not-witnessed', { desk, detail });

/** Signed with the key that the partner knows this desk by. */
function ownContext({ records, keys, clock, random, desk }: PartnerContext, partner: Partner) {
  return { records, clock, random, desk, keys: signerFor(keys, partner) };
}

async function show(
  context: PartnerContext,
  partner: Partner,
  { tree, size, note }: Standing,
  asked: number,
  signal: AbortSignal,
): Promise<Seen> {
  const { keys, clock, desk } = context;
  const from = asked <= size ? asked : 0;
  const before =
    from > 0 && from < size
      ? await signCheckpoint(signerFor(keys, partner), {
          origin: originOf(desk.desk),
          size: from,
          root: await tree.root(from),
        })
      : null;
  const proof = before === null ? [] : await consistencyProof(from, size, tree.read);
  const shown = { kind: 'show' as const, checkpoint: note, at: instant(clock.now()), from, before };
  return callAudit(context, partner, { ...shown, proof: proof.map(packHash) }, signal);
}

async function keepCosignature(
  { records, clock }: PartnerContext,
  partner: Partner,
  { size, note }: Standing,
  seen: Extract<Seen, { kind: 'seen' }>,
): Promise<void> {
  const { desk } = partner.card;
  const signed = readNote(note + seen.cosignature);
  const keys = await believedKeys(records, clock, partner);
  if (!signed || seen.size !== size || !keys.some((key) => cosignedAt(signed, desk, key) !== null))
    throw unclear(desk, 'its cosignature does not hold');
  await records.transaction((tx) => noteCosigned(tx, clock, desk, size, seen.cosignature));
}

/** The partner holds what this desk signed once: if it did, something happened to this record. */
async function contradicted(
  context: PartnerContext,
  partner: Partner,
  { tree, size, note }: Standing,
  { size: heldSize, held }: { readonly size: number; readonly held: string },
): Promise<GongjoError> {
  const { records, clock, random, keys, desk } = context;
  const opened = openCheckpoint(desk.desk, await everyOwnKey(records, keys), held);
  if (!opened || opened.size !== heldSize)
    return unclear(partner.card.desk, 'it holds a checkpoint that this desk did not sign');
  const isShorter = size < heldSize;
  if (!isShorter && sameHash(opened.root, await tree.root(heldSize)))
    return unclear(partner.card.desk, 'it objects to a checkpoint that this record continues');
  const told = isShorter
    ? { size, note }
    : {
        size: heldSize,
        note: await signCheckpoint(signerFor(keys, partner), {
          origin: originOf(desk.desk),
          size: heldSize,
          root: await tree.root(heldSize),
        }),
      };
  await records.transaction((tx) =>
    keepContradiction(tx, clock, {
      ...{ id: random.uuid(), desk: desk.desk, kind: isShorter ? 'shortened' : 'forked', told, message: null },
      held: { size: heldSize, note: held },
      foundAt: instant(clock.now()),
    }),
  );
  return new GongjoError('audit-contradicted', { desk: partner.card.desk, held: heldSize });
}
