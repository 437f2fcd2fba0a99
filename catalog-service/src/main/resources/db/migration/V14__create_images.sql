-- What a product or a category looks like. The bytes are in a store of their own, under the id:
-- they are there before the row is and go after it, so that no row is ever without them.
create table images (
    id             uuid         primary key,
    product_id     uuid         constraint images_product references products,
    category_id    uuid         constraint images_category references categories on delete cascade,
    position       int          not null,
    alt            varchar(200),
    format         text         not null check (format in ('JPEG', 'PNG')),
    width          int          not null check (width > 0),
    height         int          not null check (height > 0),
    created_by     uuid         not null,
    created_at     timestamptz  not null,
    constraint images_show_one_thing check (num_nonnulls(product_id, category_id) = 1),
    constraint images_have_a_place check (position >= 0)
);

create index images_of_product on images (product_id, position, id) where product_id is not null;
create index images_of_category on images (category_id, position, id) where category_id is not null;
