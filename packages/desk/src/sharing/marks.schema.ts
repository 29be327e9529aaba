/**
 * What the effective marking of an object rests on besides its bytes, so that the database can tell it. `level`: the rank of its
 * own TLP or of what it was taken for; null: unmarked. `marks`: its other markings (`marksOn`); null: not read yet.
 * `handling_floors`: what each of those asks for.
 */
export const marksStep = `alter table shared_objects add column marks text[],
       add column level integer generated always as (case when coalesce(tlp, given_tlp) is not null then gongjo_rank(coalesce(tlp, given_tlp)) when type = 'marking-definition' then 0 end) stored;
     create table handling_floors (mark text primary key, tlp text not null);
     create index shared_objects_marks on shared_objects (id) where marks is null or marks <> '{}';
     create index shared_objects_unmarked on shared_objects (id) where level is null`;
