import { instant } from '../kernel/index.ts';
import type { Clock, DeskKeys, Random, Records } from '../platform/index.ts';
import { recordAudit } from './audit.store.ts';
import { originOf, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { sameHash } from './merkle/hash.ts';
import { noteKeyId, noteTypes, readNote } from './note.ts';
import { type Tree, treeOf } from './verify.ts';
import { addContradiction, type Contradiction, keepCheckpoint, newestCheckpoint } from './witness.store.ts';

export interface CheckpointContext {
  readonly records: Records;
  readonly keys: DeskKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: { readonly desk: string };
}

/** The desk's record as it stands, and its signed checkpoint. */
export interface Standing {
  readonly tree: Tree;
  readonly size: number;
  readonly note: string;
  /** Where what stands now contradicts what this desk signed before. */
  readonly contradiction: Contradiction | null;
}

/** Looks at the record, another part of it each time, and signs what it is now; what was signed before is not signed again. */
export async function standing(context: CheckpointContext): Promise<Standing> {
  const { records, keys, clock, random, desk } = context;
  const before = await newestCheckpoint(records);
  const tree = await treeOf(records, nextTurn(records));
  const root = await tree.root(tree.size);
  const hex = Buffer.from(root).toString('hex');
  const contradicts =
    before !== null &&
    (tree.size < before.size || Buffer.from(await tree.root(before.size)).toString('hex') !== before.root);
  if (!contradicts && before?.size === tree.size && isBy(keys, desk.desk, before.note))
    return { tree, size: tree.size, note: before.note, contradiction: null };
  const note = await signCheckpoint(keys, { origin: originOf(desk.desk), size: tree.size, root });
  const kept = { size: tree.size, root: hex, note, at: instant(clock.now()) };
  const contradiction: Contradiction | null =
    contradicts && before
      ? {
          id: random.uuid(),
          desk: desk.desk,
          kind: tree.size < before.size ? 'shortened' : 'forked',
          held: { size: before.size, note: before.note },
          // Of the same size, so that the two say different things of the same entries.
          told: await toldOf(context, tree, before.size),
          message: null,
          foundAt: kept.at,
          accepted: null,
        }
      : null;
  await records.transaction(async (tx) => {
    // What was signed before stays in evidence; what is signed now goes beside it.
    await keepCheckpoint(tx, kept);
    if (contradiction) await keepContradiction(tx, clock, contradiction);
  });
  return { tree, size: tree.size, note, contradiction };
}

/** Looks at a record are counted: by the clock, looks that are an hour apart could meet the same part of it for ever. */
const turns = new WeakMap<Records, number>();

function nextTurn(records: Records): number {
  const turn = turns.get(records) ?? 0;
  turns.set(records, turn + 1);
  return turn;
}

/** The checkpoint that contradicts one of `size` entries: of the same size, where the record is long enough. */
async function toldOf({ keys, desk }: CheckpointContext, tree: Tree, size: number) {
  const at = Math.min(size, tree.size);
  return {
    size: at,
    note: await signCheckpoint(keys, { origin: originOf(desk.desk), size: at, root: await tree.root(at) }),
  };
}

function isBy(keys: DeskKeys, desk: string, text: string): boolean {
  const name = originOf(desk);
  return (
    readNote(text)?.signatures.some((it) => it.keyId === noteKeyId(name, noteTypes.ed25519, keys.publicKey)) ?? false
  );
}

/** Whether two signed checkpoints are of one size and say different things: what no record can. */
export function contradictEachOther(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => readCheckpoint(readNote(text)?.text ?? ''));
  return a != null && b != null && a.origin === b.origin && a.size === b.size && !sameHash(a.root, b.root);
}

/** Keeps it, and says so in the record; once, while nobody has accepted it. Answers whether it is news. */
export async function keepContradiction(
  tx: Parameters<typeof recordAudit>[0],
  clock: Clock,
  found: Omit<Contradiction, 'accepted'>,
): Promise<boolean> {
  if (!(await addContradiction(tx, found))) return false;
  await recordAudit(tx, clock, {
    actor: 'desk',
    action: 'audit.contradiction-found',
    subject: found.desk,
    details: { id: found.id, kind: found.kind, heldSize: found.held.size, toldSize: found.told.size },
  });
  return true;
}
