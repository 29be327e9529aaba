import { asOwner, bySeen, type Reading } from '../platform/index.ts';

const own = 'coalesce(gongjo_clearance(), -1)';
const floors = (which: string) => `(select array_agg(f.mark) from handling_floors f${which})`;
const byObject = (id: string, rest = '') => ({
  using: `exists (select 1 from shared_objects o where o.id = ${id}${rest})`,
});
const byRequest = { using: bySeen('request', 'release_requests') };

/**
 * Objects by their effective marking (`marking.ts`) and, where they are of a restricted case, by membership; decisions,
 * requests and deliveries by every object in them. `gongjo_marked_above`: what a person here marked above the reader's
 * clearance. `gongjo_hidden_objects`: what a mark set here, a handling mark or a
 * restricted case keeps from the reader, whatever its TLP; what has not been read for its marks is kept from all but red.
 * `gongjo_lifted_objects`: what carries no TLP but a mark all the same. `gongjo_holds_object`: whether any version is here, seen or
 * not: what came of a hidden one and was not admitted names it.
 */
export const sharingReading: Reading = {
  functions: [
    asOwner(
      'gongjo_marked_above()',
      'setof text',
      `select m.object_id from object_marks m where gongjo_rank(m.tlp) > ${own}`,
    ),
    asOwner(
      'gongjo_hidden_objects()',
      'setof text',
      `select gongjo_marked_above() union all select gongjo_kept_from()
       union all select o.id from shared_objects o where (o.marks is null or o.marks <> '{}')
         and (o.marks is null and ${own} < 4 or o.marks && ${floors(` where gongjo_rank(f.tlp) > ${own}`)})`,
    ),
    asOwner(
      'gongjo_lifted_objects()',
      'setof text',
      `select o.id from shared_objects o where o.level is null
         and (o.id in (select m.object_id from object_marks m) or o.marks && ${floors('')})`,
    ),
    asOwner(
      'gongjo_holds_object(asked text)',
      'boolean',
      `select exists (select 1 from shared_objects o where o.id = asked)`,
    ),
    asOwner(
      'gongjo_request_refs(asked text)',
      'table (object_id text, modified text, origin text)',
      `select r.object_id, r.modified, r.origin from release_request_objects r where r.request = asked`,
    ),
    asOwner(
      'gongjo_hidden_incidents()',
      'setof text',
      `select i.id from incidents i where i.level > ${own} union all select gongjo_marked_above()`,
    ),
  ],
  tables: {
    shared_objects: {
      using: `(coalesce(level, 4) <= (select gongjo_clearance())
          or level is null and (select gongjo_clearance()) is not null and id in (select gongjo_lifted_objects()))
        and id not in (select gongjo_hidden_objects())`,
    },
    object_marks: byObject('object_marks.object_id'),
    handling_floors: 'open',
    policy_sets: 'open',
    release_decisions: byObject(
      'release_decisions.object_id',
      ' and o.modified = release_decisions.modified and o.origin = release_decisions.origin',
    ),
    release_requests: {
      using: `(incident is null or incident not in (select gongjo_hidden_incidents())) and (select gongjo_clearance()) is not null
        and not exists (select 1 from gongjo_request_refs(release_requests.id) r where not exists (
          select 1 from shared_objects o where o.id = r.object_id and o.modified = r.modified and o.origin = r.origin))`,
    },
    release_request_objects: byRequest,
    release_approvals: byRequest,
    deliveries: {
      using: `(select gongjo_clearance()) is not null and (incident is null or incident not in (select gongjo_hidden_incidents()))
        and not exists (select 1 from jsonb_array_elements(objects) as held (o) where
          held.o ->> 'id' in (select gongjo_hidden_objects())
          or gongjo_rank(held.o ->> 'tlp') > (select gongjo_clearance()) and (held.o ->> 'tlp' is not null
            or not exists (select 1 from shared_objects o where o.id = held.o ->> 'id')))`,
      hidden: ['envelope'],
    },
    recalls: { using: 'exists (select 1 from recalled_objects o where o.recall = recalls.id)' },
    recalled_objects: byObject('recalled_objects.object_id'),
    quarantined_objects: {
      using: `(select gongjo_clearance()) is not null and (object_id is null or object_id not in (select gongjo_hidden_objects())
        and (object_id in (select id from shared_objects) or not gongjo_holds_object(object_id)))`,
      hidden: ['body'],
    },
    partner_holds: {
      using: `((select gongjo_clearance()) = 4 or object in (select id from shared_objects))
        and (incident is null or incident not in (select gongjo_hidden_incidents()))`,
    },
  },
};
