-- What customers would like to have one day.

create table wishes (
    id          uuid primary key,
    customer_id uuid        not null,
    product_id  uuid        not null,
    added_at    timestamptz not null,
    constraint a_product_is_wished_for_once unique (customer_id, product_id)
);

create index wishes_by_customer on wishes (customer_id, id desc);
