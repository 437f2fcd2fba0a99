create table shipments (
    id           uuid        primary key,
    order_id     uuid        not null references orders,
    created_at   timestamptz not null,
    delivered_at timestamptz
);

create index shipments_by_order on shipments (order_id);

create table shipment_lines (
    shipment_id uuid not null references shipments,
    product_id  uuid not null,
    quantity    int  not null check (quantity > 0),

    primary key (shipment_id, product_id)
);
