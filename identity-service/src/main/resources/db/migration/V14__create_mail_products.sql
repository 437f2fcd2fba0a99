-- What products are called and who sells them, as catalog-service said it.

create table mail_products (
    product_id uuid primary key,
    revision   bigint not null,
    name       text   not null,
    vendor_id  uuid
);
