-- Whose order it is and what was ordered, as order-service said it: what a mail about it needs.

create table mail_orders (
    order_id    uuid primary key,
    customer_id uuid        not null,
    total       text        not null,
    lines       jsonb       not null,
    heard_at    timestamptz not null
);

create index mail_orders_by_age on mail_orders (heard_at);
