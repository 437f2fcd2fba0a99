-- Also for counting them.
create index products_for_sale_by_category on products (category_id, created_at, id) where active;
