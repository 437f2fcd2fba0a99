-- What the shop sells. A product that was ever offered is withdrawn, never deleted: orders name it.
-- How much of it there is stands in a table of its own, so that a sale does not change the product.
create table products (
    id             uuid         primary key,
    category_id    uuid         not null constraint products_category references categories,
    vendor_id      uuid,
    name           varchar(200) not null,
    slug           varchar(220) not null constraint products_slug unique,
    sku            varchar(50)  not null constraint products_sku unique,
    description    text,
    price          bigint       not null,
    discount_price bigint,
    unit_price     bigint       not null generated always as (coalesce(discount_price, price)) stored,
    currency       char(3)      not null,
    active         boolean      not null,
    created_at     timestamptz  not null,
    updated_at     timestamptz  not null,
    version        bigint       not null,
    -- Punctuation parts words, so that a sku is found by any of its parts.
    search         tsvector     not null generated always as (to_tsvector('simple', translate(
        name || ' ' || sku || ' ' || coalesce(description, ''),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))) stored,
    constraint products_cost_nothing_less_than_nothing check (price >= 0),
    constraint products_discount_is_no_surcharge check (discount_price between 0 and price)
);

create index products_by_age on products (created_at, id) where active;
create index products_by_price on products (unit_price, id) where active;
create index products_by_name on products (name, id) where active;
create index products_by_category on products (category_id, created_at, id);
create index products_withdrawn on products (created_at, id) where not active;
create index products_search on products using gin (search);
