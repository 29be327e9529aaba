import { createHash } from 'node:crypto';
import { canonicalJson, instant } from '../kernel/index.ts';
import type { Clock, Db, Records } from '../platform/index.ts';
import { entryRows } from './entry.store.ts';
import { type AuditEvent, entryLeaf, entryOf } from './entry.ts';
import { Compact, completedBy } from './merkle/append.ts';
import { hashesText, readFrontier } from './tree.store.ts';

/**
 * Appends to the record, in the caller's transaction, and with it to the Merkle tree over all entries: one read of the
 * tree's frontier, one write. An entry cannot be changed, removed or put in between without another root.
 */
export async function recordAudit(tx: Db, clock: Clock, event: AuditEvent): Promise<void> {
  const { size, frontier } = await readFrontier(tx);
  const { actor, action, subject, details } = event;
  const said = JSON.stringify(details);
  // What JSON leaves out is not in the record, and so not in what is hashed.
  const entry = { seq: size + 1, at: instant(clock.now()), actor, action, subject, details: JSON.parse(said) };
  await tx.query(
    `insert into audit_entries (seq, at, actor, action, subject, details, hashes) values ($1, $2, $3, $4, $5, $6, $7)`,
    [entry.seq, entry.at, actor, action, subject, said, hashesText(completedBy(entryLeaf(entry), size, frontier))],
  );
}

/** The link before the first entry of a record from before the tree. */
const linkBefore = '0'.repeat(64);

/**
 * Takes the entries from before the tree into it, once, after checking the chain of links that they were kept in; a chain
 * that does not hold is said in the record itself. Answers how many entries were taken.
 */
export async function settleAudit(records: Records, clock: Clock): Promise<number> {
  return records.transaction(async (tx) => {
    const [first] = await tx.query('select 1 from audit_entries where hashes is null limit 1');
    if (!first) return 0;
    const tree = new Compact();
    let link = linkBefore;
    let brokenAt: number | null = null;
    for await (const rows of entryRows(tx)) {
      const completed: { seq: number; hashes: string }[] = [];
      for (const row of rows) {
        const entry = entryOf(row);
        link = createHash('sha256').update(link).update(canonicalJson(entry)).digest('hex');
        if (row.link !== link || row.seq !== tree.size + 1) brokenAt ??= row.seq;
        completed.push({ seq: row.seq, hashes: hashesText(tree.add(entryLeaf(entry))) });
      }
      await tx.query(
        `update audit_entries e set hashes = n.hashes
         from jsonb_to_recordset($1::jsonb) as n(seq integer, hashes text) where e.seq = n.seq`,
        [JSON.stringify(completed)],
      );
    }
    await recordAudit(tx, clock, {
      actor: 'desk',
      action: 'audit.tree-begun',
      subject: 'audit',
      details: { entries: tree.size, brokenAt },
    });
    return tree.size;
  });
}
