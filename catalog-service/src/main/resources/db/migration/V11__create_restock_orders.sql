-- What has been ordered to fill the shelves, and how much of it has come.
create table restock_orders (
    id          uuid         primary key,
    vendor_id   uuid,
    status      text         not null check (status in ('DRAFT', 'ORDERED', 'PARTLY_RECEIVED', 'RECEIVED', 'CANCELLED')),
    supplier    varchar(200),
    note        varchar(1000),
    expected_on date,
    created_by  uuid         not null,
    created_at  timestamptz  not null,
    ordered_at  timestamptz,
    closed_at   timestamptz,
    version     bigint       not null,
    constraint restock_orders_close_once check ((status in ('RECEIVED', 'CANCELLED')) = (closed_at is not null)),
    constraint restock_orders_are_ordered_first check (status in ('DRAFT', 'CANCELLED') or ordered_at is not null)
);

create index restock_orders_of_vendor on restock_orders (vendor_id, id);
create index restock_orders_open on restock_orders (id) where closed_at is null;

create table restock_lines (
    restock_order_id uuid not null references restock_orders,
    product_id       uuid not null constraint restock_lines_product references products,
    quantity         int  not null check (quantity > 0),
    received         int  not null default 0 check (received >= 0),
    primary key (restock_order_id, product_id)
);

create index restock_lines_by_product on restock_lines (product_id);

-- A delivery. Its reference is what the supplier calls it: the same one cannot come in twice.
create table restock_receipts (
    id               uuid         primary key,
    restock_order_id uuid         not null references restock_orders,
    reference        varchar(100),
    note             varchar(1000),
    received_by      uuid         not null,
    received_at      timestamptz  not null,
    constraint restock_receipts_come_once unique (restock_order_id, reference)
);

create table restock_receipt_lines (
    receipt_id uuid not null references restock_receipts,
    product_id uuid not null references products,
    quantity   int  not null check (quantity > 0),
    primary key (receipt_id, product_id)
);

alter table stock_movements
    add column restock_receipt_id uuid,
    add constraint stock_movements_of_receipts check (restock_receipt_id is null or kind = 'RESTOCKED');
