-- Double entry: the debits of a posting equal its credits. Nothing is ever changed or deleted.
create table ledger_entries (
    position   bigint generated always as identity primary key,
    posting_id uuid        not null,
    account    text        not null check (account in ('PROVIDER', 'CASH', 'VENDOR', 'SHOP')),
    vendor_id  uuid,
    side       text        not null check (side in ('DEBIT', 'CREDIT')),
    amount     bigint      not null check (amount > 0),
    currency   char(3)     not null,
    payment_id uuid        not null references payments,
    order_id   uuid        not null,
    movement   text        not null check (movement in ('CAPTURE', 'REFUND')),
    at         timestamptz not null,
    constraint a_vendors_account_names_its_vendor check ((account = 'VENDOR') = (vendor_id is not null))
);

create index ledger_entries_by_order on ledger_entries (order_id);
create index ledger_entries_by_vendor on ledger_entries (vendor_id) where vendor_id is not null;
