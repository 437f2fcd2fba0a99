-- Where somebody has things sent, and where bills go.

create table addresses (
    id               uuid primary key,
    user_id          uuid        not null references users,
    recipient        text        not null,
    phone_number     text        not null,
    address_line1    text        not null,
    address_line2    text        not null,
    city             text        not null,
    country          text        not null,
    postal_code      text        not null,
    default_shipping boolean     not null,
    default_billing  boolean     not null,
    added_at         timestamptz not null
);

create index addresses_by_user on addresses (user_id, added_at, id);
create unique index one_default_shipping_address on addresses (user_id) where default_shipping;
create unique index one_default_billing_address on addresses (user_id) where default_billing;
