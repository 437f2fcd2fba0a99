-- Which products were last said to be critical, and of which quiet spell that was.
create table stock_alerts (
    product_id    uuid        primary key references products,
    quiet_since   timestamptz not null,
    available     int         not null,
    low_threshold int         not null,
    said_at       timestamptz not null
);
