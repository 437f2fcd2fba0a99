-- Orders that their customers want to send back, each as a whole.
create table returns (
    id          uuid        primary key,
    order_id    uuid        not null references orders,
    customer_id uuid        not null,
    status      text        not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'RECEIVED')),
    reason      text        not null,
    comment     text,
    refusal     text,
    created_at  timestamptz not null,
    decided_at  timestamptz,
    received_at timestamptz,

    constraint a_refusal_has_its_reason check ((status = 'REJECTED') = (refusal is not null)),
    constraint what_was_received_says_when check ((status = 'RECEIVED') = (received_at is not null))
);

create unique index one_open_return_per_order on returns (order_id) where status in ('REQUESTED', 'APPROVED');
create unique index an_order_comes_back_once on returns (order_id) where status = 'RECEIVED';
create index returns_by_age on returns (created_at, id);
create index returns_by_customer on returns (customer_id, created_at, id);
