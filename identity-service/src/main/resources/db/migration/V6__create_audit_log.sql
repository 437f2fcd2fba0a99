-- Who did what that matters for security, to whom, when and from where. It is only added to.

create table audit_log (
    id          uuid primary key,
    happened_at timestamptz not null,
    act         text        not null,
    actor_id    uuid,
    subject_id  uuid,
    address     text,
    user_agent  text,
    details     text        not null
);

create index audit_log_by_time on audit_log (happened_at, id);
create index audit_log_by_actor on audit_log (actor_id, happened_at);
create index audit_log_by_subject on audit_log (subject_id, happened_at);

create function refuse_to_rewrite() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only added to';
end $$;

create trigger audit_log_is_only_added_to before update or delete or truncate on audit_log
    for each statement execute function refuse_to_rewrite();
