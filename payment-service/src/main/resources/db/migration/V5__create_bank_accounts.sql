-- Where a vendor's money goes. The number is sealed; its fingerprint tells whether two are the same, and nothing else.
create table bank_accounts (
    id           uuid primary key,
    vendor_id    uuid        not null constraint one_bank_account_for_a_vendor unique,
    bank_code    text        not null,
    bank_name    text        not null,
    number       text        not null,
    last_four    char(4)     not null,
    fingerprint  text        not null constraint one_vendor_for_a_bank_account unique,
    holder       text,
    paused_until timestamptz,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    version      bigint      not null
);

-- Who did what to which account, with masked numbers. Outlives the account; nothing is ever changed or deleted.
create table bank_account_changes (
    position   bigint generated always as identity primary key,
    account_id uuid        not null,
    vendor_id  uuid        not null,
    actor_id   uuid        not null,
    act        text        not null check (act in ('ADDED', 'CHANGED', 'REMOVED')),
    before     text,
    after      text,
    at         timestamptz not null
);

create index bank_account_changes_by_account on bank_account_changes (account_id);
create index bank_account_changes_by_vendor on bank_account_changes (vendor_id);
