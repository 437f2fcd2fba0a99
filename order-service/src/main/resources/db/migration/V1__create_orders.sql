-- An order as it was bought and how far it has come. Prices are copied here, never looked up again.

create table orders (
    id             uuid        primary key,
    cart_id        uuid        not null,
    customer_id    uuid        not null,
    status         text        not null check (status in ('PLACED', 'AWAITING_PAYMENT', 'REJECTED', 'CONFIRMED',
                                                          'PARTLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'RETURNED', 'CANCELLED')),
    reason         text,
    stock          text        not null check (stock in ('ASKED', 'REFUSED', 'HELD', 'TAKEN', 'RELEASED')),
    payment        text        not null check (payment in ('NONE', 'ASKED', 'AUTHORIZED', 'CAPTURED', 'ENDED')),
    payment_method text        not null check (payment_method in ('CARD', 'CASH_ON_DELIVERY')),
    currency       char(3)     not null,
    total          bigint      not null check (total >= 0),
    refunded       bigint      not null,
    units_returned int         not null,
    finished       boolean     not null,
    collected      boolean     not null default false,
    steps          int         not null,
    since          timestamptz not null,
    deadline       timestamptz,
    confirmed_at   timestamptz,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    payment_token  text,
    -- Last and never changed, so that an update's log record does not repeat it.
    address        text        not null,

    constraint only_what_is_undecided_has_a_deadline
        check ((deadline is not null) = (status in ('PLACED', 'AWAITING_PAYMENT'))),
    constraint no_more_is_refunded_than_was_paid
        check (refunded between 0 and total),
    constraint a_confirmed_order_knows_when
        check (confirmed_at is not null or status in ('PLACED', 'AWAITING_PAYMENT', 'REJECTED', 'CANCELLED'))
) with (fillfactor = 75); -- leaves room for the next versions of a row on its own page

create index orders_by_age on orders (created_at, id);
create index orders_by_customer on orders (customer_id, created_at, id);
create index unfinished_orders on orders (id) where not finished;

create table order_lines (
    order_id   uuid   not null references orders,
    position   int    not null,
    product_id uuid   not null,
    name       text,
    vendor_id  uuid,
    quantity   int    not null check (quantity > 0),
    unit_price bigint not null check (unit_price >= 0),
    refused    text   check (refused in ('OUT_OF_STOCK', 'PRICE_CHANGED', 'WITHDRAWN')),
    shipped    int    not null check (shipped >= 0),
    delivered  int    not null check (delivered between 0 and shipped),
    cancelled  int    not null check (cancelled >= 0),

    primary key (order_id, position),
    constraint a_product_has_one_line unique (order_id, product_id),
    constraint no_more_is_shipped_or_cancelled_than_was_bought check (shipped + cancelled <= quantity)
) with (fillfactor = 75);

-- Everything that was heard of an order or done to it, in its order.
create table timeline (
    order_id    uuid        not null references orders,
    position    int         not null,
    at          timestamptz not null,
    heard       text        not null,
    from_status text,
    to_status   text        not null,
    note        text,

    primary key (order_id, position)
);
