-- Mails on their way out, and for a while those that went. A mail is kept as what happened and to
-- whom: the address is looked up when it is sent, the text is made then.

create table mails (
    id           uuid primary key,
    recipient_id uuid,
    order_id     uuid,
    template     text        not null,
    about        text        not null,
    facts        jsonb       not null,
    secrets      text,
    state        text        not null,
    attempts     int         not null,
    failure      text,
    written_at   timestamptz not null,
    next_try     timestamptz not null,
    good_until   timestamptz,
    ended_at     timestamptz,
    constraint mails_have_a_known_state check (state in ('WAITING', 'SENT', 'FAILED', 'DROPPED')),
    constraint mails_go_to_somebody check (recipient_id is not null or order_id is not null),
    constraint mails_keep_no_secret_once_done check (
        secrets is null or state in ('WAITING', 'FAILED')),
    constraint mails_end_once check ((state = 'WAITING') = (ended_at is null))
);

-- What has been written about once is not written about again.
create unique index mails_by_about on mails (about);

create index mails_to_send on mails (next_try, id) where state = 'WAITING';
create index mails_to_send_by_order on mails (order_id) where state = 'WAITING';
create index mails_by_state on mails (state, id);
create index mails_by_end on mails (ended_at) where ended_at is not null;
