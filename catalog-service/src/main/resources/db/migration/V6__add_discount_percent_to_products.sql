-- A discount is a price, or a percentage from which its price follows.
alter table products
    add column discount_percent numeric(4, 2),
    add constraint products_discount_percent_says_the_price check (
        discount_percent is null
        or (discount_percent > 0 and discount_percent <= 70
            and discount_price is not null
            and discount_price = price - round(price * discount_percent * 0.01)));

create index products_discounted on products (created_at, id) where active and discount_price < price;
