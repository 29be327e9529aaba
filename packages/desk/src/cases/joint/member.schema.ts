/** A case that is restricted is seen by its members alone; and how strict an incident is, beside its body, which no list opens for that. */
export const memberStep = `alter table cases add column restricted_at timestamptz;
     create table case_members (
       case_id text not null references cases (id) on delete cascade,
       person text not null,
       name text not null,
       since timestamptz not null,
       by text not null,
       primary key (case_id, person)
     );
     create index cases_restricted on cases (id) where restricted_at is not null;
     alter table incidents add column level integer not null generated always as (gongjo_rank(body ->> 'tlp')) stored;
     alter table partner_holds add column object text;
     do $$ begin if to_regclass('shared_objects') is not null then update partner_holds p set object = o.id from shared_objects o where o.origin = p.desk and o.type = 'course-of-action' and o.modified = p.modified and position(p.id in o.body) > 0; end if; end $$`;
