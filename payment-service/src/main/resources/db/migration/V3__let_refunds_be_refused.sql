-- A provider may refuse a refund for good. Then nobody asks it any more until staff have seen to it.
alter table refunds
    add column status   text not null default 'ASKED' check (status in ('ASKED', 'DONE', 'REFUSED', 'SETTLED')),
    add column attempt  int  not null default 1 check (attempt > 0),
    add column note     text,
    add column asked_by uuid;

update refunds set status = 'DONE' where done_at is not null;

alter table refunds
    alter column status drop default,
    alter column attempt drop default,
    add constraint only_what_has_gone_back_is_done check ((done_at is not null) = (status in ('DONE', 'SETTLED')));

create index refunds_refused on refunds (payment_id) where status = 'REFUSED';

alter table payments
    add column needs_staff boolean not null default false,
    drop constraint an_operation_is_never_forgotten,
    add constraint an_operation_is_never_forgotten check
        (due_at is not null or needs_staff or status not in ('AUTHORIZING', 'CAPTURING', 'VOIDING', 'REFUNDING'));

create index payments_that_need_staff on payments (created_at) where needs_staff;
