/**
 * What reading needs besides the decisions. `added_at` is when a decision took its place in what its recipient reads, in
 * microseconds: never earlier than the decision, and later than that of every decision before it, even if those were made in
 * one millisecond or the clock was set back. So it orders a recipient's rows as `seq` does, and none shares it with another.
 * The database gives it, whoever writes.
 */
export const readableStep = `alter table release_decisions add column added_at timestamptz;
     update release_decisions d set added_at = placed.at
       from (select seq, max(decided_at) over so_far + row_number() over so_far * interval '1 microsecond' as at
             from release_decisions window so_far as (partition by recipient order by seq)) as placed
       where d.seq = placed.seq;
     alter table release_decisions alter column added_at set not null;
     create unique index release_decisions_added on release_decisions (recipient, added_at);
     create function place_release_decision() returns trigger language plpgsql as $$
       begin new.added_at := greatest(new.decided_at, (select d.added_at + interval '1 microsecond' from release_decisions d where d.recipient = new.recipient order by d.added_at desc limit 1)); return new; end $$;
     create trigger release_decisions_placed before insert or update of seq on release_decisions
       for each row execute function place_release_decision();
     create index release_decisions_latest on release_decisions (recipient, seq) where latest and released and withdrawn_at is null;
     create index release_decisions_type on release_decisions (recipient, type, seq) where released and withdrawn_at is null;
     create index release_decisions_version on release_decisions (recipient, modified, seq) where released and withdrawn_at is null`;

/**
 * A page follows an index of its recipient. One over the places of all recipients was smaller, so the planner took it, and walked
 * through what others had been given: of a recipient that nothing was released to lately, through all that came since.
 */
export const readableOrderStep = 'alter table release_decisions drop constraint release_decisions_seq_key';
