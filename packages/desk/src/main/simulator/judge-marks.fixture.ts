import assert from 'node:assert/strict';
import type { Tlp } from '@gongjo/contract';
import { type Bundled, isAtLeast, type Side, strictest, tlpOf } from './plain.fixture.ts';

/** The strictest that people at the desk have marked anything of one of its incidents. */
export async function strictestMark({ card, records }: Side, incident: string): Promise<Tlp> {
  const rows = await records.query<{ tlp: Tlp }>(
    `select tlp from object_marks where object_id in (
       select id from shared_objects where origin = $1 and incident = $2)`,
    [card.desk, incident],
  );
  return strictest(...rows.map(({ tlp }) => tlp));
}

/**
 * Nothing was released anew more loosely than people here had marked it by then, and no collection holds it so; but that it was
 * taken back is told to whoever had it, in the form in which it was had.
 */
export async function marksAreKept({ card, records }: Side): Promise<void> {
  const rows = await records.query<{ recipient: string; id: string; tlp: Tlp; body: string }>(
    `select d.recipient, d.object_id as id, m.tlp, coalesce(d.copy, o.body) as body
     from object_marks m
     join release_decisions d on d.object_id = m.object_id and d.released and d.withdrawn_at is null
       and (d.decided_at >= m.at or d.recipient like 'collection:%')
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin`,
  );
  for (const { recipient, id, tlp, body } of rows) {
    const object = JSON.parse(body) as Bundled;
    if (object.revoked === true) continue;
    const went = tlpOf(object);
    assert.ok(isAtLeast(went, tlp), `${card.desk} marked ${id} ${tlp}, and gave it to ${recipient} as ${went}`);
  }
}
