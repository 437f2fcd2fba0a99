-- What customers are about to buy, what became of it, and the copies of catalog's facts needed for that.

create table carts (
    id          uuid primary key,
    customer_id uuid        not null,
    status      text        not null check (status in ('OPEN', 'CHECKED_OUT', 'CLOSED', 'MERGED')),
    order_id    uuid,
    version     bigint      not null,
    changed_at  timestamptz not null,
    constraint only_a_confirmed_cart_has_an_order check (order_id is not null or status = 'OPEN')
);

create unique index one_open_cart_per_customer on carts (customer_id) where status = 'OPEN';
create index carts_not_yet_final on carts (customer_id) where status in ('CHECKED_OUT', 'OPEN');
create index carts_by_customer on carts (customer_id, id desc);

create table cart_lines (
    id             uuid primary key,
    cart_id        uuid    not null references carts,
    product_id     uuid    not null,
    quantity       int     not null check (quantity between 1 and 1000),
    unit_price     bigint  not null check (unit_price >= 0),
    currency       char(3) not null,
    seen_revision  bigint  not null,
    mark           text,
    mark_available int,
    mark_was       bigint,
    acknowledged   boolean not null,
    constraint a_product_has_one_line unique (cart_id, product_id)
);

comment on column cart_lines.seen_revision is 'the product''s revision when its price was last shown to and taken by the customer';

create table drafts (
    customer_id    uuid primary key,
    address        text,
    payment_method text check (payment_method in ('CARD', 'CASH_ON_DELIVERY')),
    payment_token  text
);

comment on column drafts.address is 'shipping and billing, sealed';
comment on column drafts.payment_token is 'sealed for payment-service; spent with the next confirmation';

create table checkouts (
    order_id       uuid primary key,
    cart_id        uuid        not null references carts,
    customer_id    uuid        not null,
    status         text        not null check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
    reason         text,
    lines          jsonb       not null,
    refused        jsonb       not null,
    total          bigint      not null,
    currency       char(3)     not null,
    payment_method text        not null,
    confirmed_at   timestamptz not null,
    decided_at     timestamptz,
    constraint decided_once_no_longer_pending check ((decided_at is null) = (status = 'PENDING'))
);

create index checkouts_by_customer on checkouts (customer_id, order_id desc);
create index checkouts_by_cart on checkouts (cart_id, order_id desc);

create table products (
    id         uuid primary key,
    revision   bigint  not null,
    slug       text    not null,
    name       text    not null,
    unit_price bigint  not null check (unit_price >= 0),
    currency   char(3) not null,
    active     boolean not null
);

create table stock_levels (
    product_id    uuid primary key,
    level         text not null check (level in ('IN', 'LOW', 'OUT')),
    low_threshold int  not null
);
