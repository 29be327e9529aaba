import type { VersionMatch } from './readable.store.ts';

/** The conditions under which a row of `release_decisions` is read, shared by what reads and what withdraws. */

/** The version of an object that names none, which observables do; consistent for this desk, as TAXII asks. */
export const versionOfUnversioned = '1970-01-01T00:00:00.000Z';

/** The same of an object at hand. */
export function versionOfObject({ modified, created }: Readonly<Record<string, unknown>>): string {
  for (const time of [modified, created]) if (typeof time === 'string') return time;
  return versionOfUnversioned;
}

export const isReadable = (row: string) => `${row}.released and ${row}.withdrawn_at is null`;

/** TAXII 2.1 section 3.4.1: `modified`; where there is none `created`, which of those only marking definitions carry. */
export const versionOf = (row: string) => `case when ${row}.modified <> '' then ${row}.modified
  when ${row}.type = 'marking-definition' then coalesce((select m.body::jsonb ->> 'created' from shared_objects m
    where m.id = ${row}.object_id and m.modified = ${row}.modified and m.origin = ${row}.origin), '${versionOfUnversioned}')
  else '${versionOfUnversioned}' end`;

/** STIX writes times with any number of decimals: they are compared as times. */
const timeOf = (row: string) => `nullif(${row}.modified, '')::timestamptz`;

/** Of rows `d`: those of the versions that are wanted, where `at` is the parameter that holds the times named. */
export function wantedVersion({ all, first, last, at }: VersionMatch, times: string | null): string {
  if (last && !first && at.length === 0) return 'd.latest';
  const same = `e.recipient = d.recipient and e.object_id = d.object_id and ${isReadable('e')}`;
  // Two origins can have given one version of an object; it is one version.
  const isOnly = `not exists (select 1 from release_decisions e where ${same} and e.modified = d.modified and e.seq > d.seq)`;
  if (all) return isOnly;
  const isFirst = `not exists (select 1 from release_decisions e where ${same} and ${timeOf('e')} < ${timeOf('d')})`;
  const isNamed = at.includes(versionOfUnversioned)
    ? `${versionOf('d')} = any(${times})`
    : `case when d.modified <> '' then d.modified = any(${times})
         else d.type = 'marking-definition' and ${versionOf('d')} = any(${times}) end`;
  const wanted = [...(last ? ['d.latest'] : []), ...(first ? [isFirst] : []), ...(times ? [isNamed] : [])];
  return `(${wanted.map((it) => `(${it})`).join(' or ')}) and ${isOnly}`;
}
