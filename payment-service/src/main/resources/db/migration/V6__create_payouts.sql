-- Money on its way to a vendor, and when its provider is to be asked next.
create table payouts (
    id           uuid primary key,
    vendor_id    uuid        not null,
    amount       bigint      not null check (amount > 0),
    currency     char(3)     not null,
    provider     text        not null,
    bank_code    text        not null,
    bank_name    text        not null,
    number       text        not null,
    last_four    char(4)     not null,
    status       text        not null check (status in ('REQUESTED', 'PAID', 'FAILED')),
    reference    text,
    reason       text,
    tries        int         not null,
    requested_at timestamptz not null,
    due_at       timestamptz,
    ended_at     timestamptz,
    constraint what_is_under_way_is_never_forgotten check ((status = 'REQUESTED') = (due_at is not null)),
    constraint only_what_has_ended_has_an_end check ((status = 'REQUESTED') = (ended_at is null))
);

create unique index one_payout_at_a_time on payouts (vendor_id, currency) where status = 'REQUESTED';
create index payouts_by_vendor on payouts (vendor_id, requested_at desc);
create index payouts_due on payouts (due_at) where status = 'REQUESTED';

-- What a payout moves, it moves once.
create unique index a_payout_is_posted_once on ledger_entries (posting_id, account) where movement = 'PAYOUT';
