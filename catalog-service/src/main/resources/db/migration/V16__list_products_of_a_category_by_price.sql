create index products_by_category_and_price on products (category_id, unit_price, id);
