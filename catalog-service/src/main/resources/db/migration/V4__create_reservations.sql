-- What an order has asked for and what has become of it: all of its lines or none.
create table reservations (
    order_id   uuid        primary key,
    status     text        not null check (status in ('HELD', 'REFUSED', 'TAKEN', 'RELEASED', 'RETURNED')),
    asked_at   timestamptz not null,
    changed_at timestamptz not null
);

-- The price as it was asked for; that of a held line was catalog's own at that moment.
-- No foreign key to products, as in stock_movements.
create table reservation_lines (
    order_id   uuid    not null references reservations,
    product_id uuid    not null,
    quantity   int     not null check (quantity > 0),
    returned   int     not null default 0,
    unit_price bigint  not null,
    currency   char(3) not null,
    primary key (order_id, product_id),
    constraint reservation_lines_return_once check (returned between 0 and quantity)
);
