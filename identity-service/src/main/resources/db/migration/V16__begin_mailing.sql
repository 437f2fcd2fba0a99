-- What happened before there was anybody to write about it is no news. Where mails have been
-- written already, they begin with the first one.
create table mail_beginning (
    only_one boolean     primary key default true check (only_one),
    at       timestamptz not null
);

insert into mail_beginning (at) select coalesce(min(written_at), now()) from mails;
