import type { DeskCard, EvidenceFindingCode } from '@gongjo/contract';
import { cosignedAt, entryLeaf, openCheckpoint, verifyInclusion, witnessName } from '../../audit/index.ts';
import type { AuditFile } from '../content.ts';
import type { Found } from './blocks.ts';

/** Whether the checkpoint is the desk's, every entry is in its record, and every cosignature on it holds. */
export function checkAudit(
  { checkpoint: text, entries, omitted, witnesses }: AuditFile,
  { desk, key }: Pick<DeskCard, 'desk' | 'key'>,
): Found {
  const findings: { code: EvidenceFindingCode; detail: string }[] = [];
  const checkpoint = openCheckpoint(desk, [key], text);
  if (!checkpoint) return { findings: [{ code: 'checkpoint-wrong', detail: desk }], counts: {}, notes: [] };
  let included = 0;
  for (const { entry, proof } of entries) {
    const path = proof.map((hash) => Buffer.from(hash, 'base64'));
    if (verifyInclusion(entry.seq - 1, checkpoint.size, entryLeaf(entry), path, checkpoint.root)) included += 1;
    else findings.push({ code: 'inclusion-wrong', detail: String(entry.seq) });
  }
  const cosigners = Object.entries(witnesses).flatMap(([name, keys]) => {
    const by = keys.find((it) => cosignedAt(checkpoint.note, name, it) !== null);
    if (!by) findings.push({ code: 'cosignature-wrong', detail: name });
    return by ? [{ desk: name, key: by, use: 'cosignature' as const }] : [];
  });
  const named = new Set(Object.keys(witnesses).map(witnessName));
  for (const { name } of checkpoint.note.signatures)
    if (name !== checkpoint.origin && !named.has(name)) findings.push({ code: 'cosignature-wrong', detail: name });
  return {
    findings,
    counts: { 'audit-entries': included, cosignatures: cosigners.length },
    keys: cosigners,
    notes: [
      ...(cosigners.length === 0 ? [{ code: 'no-cosignature' as const, count: 1 }] : []),
      ...(omitted > 0 ? [{ code: 'audit-entries-omitted' as const, count: omitted }] : []),
    ],
  };
}
