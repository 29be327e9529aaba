import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { canonical, type Side } from './plain.fixture.ts';

/** Every entry of the audit record is in its Merkle tree (RFC 9162, section 2.1.1) with all that its place completes. */
export async function auditHolds(desk: Side): Promise<void> {
  const rows = await desk.records.query<Record<string, unknown> & { seq: number; at: Date; hashes: string | null }>(
    'select seq, at, actor, action, subject, details, hashes from audit_entries order by seq',
  );
  const leaves: Buffer[] = [];
  for (const { hashes, ...entry } of rows) {
    leaves.push(hash(0, Buffer.from(canonical({ ...entry, at: entry.at.toISOString() }))));
    const completed: string[] = [];
    for (let width = 1; leaves.length % width === 0; width *= 2)
      completed.push(treeOf(leaves.slice(leaves.length - width)).toString('hex'));
    assert.deepEqual([entry.seq, hashes], [leaves.length, completed.join('')], `audit record of ${desk.card.desk}`);
  }
}

const hash = (kind: 0 | 1, ...parts: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.of(kind)).update(Buffer.concat(parts)).digest();

/** Of as many leaves as a power of two. */
function treeOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only && leaves.length === 1) return only;
  const half = leaves.length / 2;
  return hash(1, treeOf(leaves.slice(0, half)), treeOf(leaves.slice(half)));
}
