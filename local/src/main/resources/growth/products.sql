-- Products from {from} up to {to}, each with its stock and the movement by which it came.
set local search_path to catalog;
set local synchronous_commit to off;

insert into categories (id, name, slug, active, created_at, updated_at, version)
select uuidv7(), 'Growth ' || n, 'growth-' || n, true, now(), now(), 0
from generate_series(0, 49) n
on conflict do nothing;

insert into vendors (id, standing, settled)
select md5('vendor' || n)::uuid, 'APPROVED', 1 from generate_series(1, 97) n
on conflict do nothing;

create temp table sellers on commit drop as
select row_number() over (order by id) - 1 as number, id from vendors where approved;

insert into products
    (id, category_id, vendor_id, name, slug, sku, description, price, discount_price, currency,
     offered, vendor_approved, created_at, updated_at, version)
select uuidv7(-age), categories.id,
       case when n % 4 > 0 then sellers.id end,
       format('%s %s %s',
              (array['Oak', 'Ash', 'Elm', 'Yew', 'Fir'])[1 + n % 5],
              (array['chair', 'table', 'bench'])[1 + n % 3],
              n),
       'growth-' || n, 'growth-' || n, 'Number ' || n || ', made by hand.',
       1000 + n * 7919::bigint % 100000,
       case when n % 3 = 0 then 900 + n * 7919::bigint % 100000 end,
       'KES', n % 20 > 0, true, now() - age, now() - age, 0
from generate_series({from}, {to} - 1) n
join categories on slug = 'growth-' || n % 50
join sellers on number = n % (select count(*) from sellers)
cross join lateral make_interval(secs => 2000000 - n) as age;

insert into stock (product_id, on_hand, low_threshold)
select id, abs(hashtext(slug)) % 50, 1 from products
where slug like 'growth-%' and not exists (select from stock where product_id = products.id);

insert into stock_movements (id, product_id, kind, quantity, made_at)
select uuidv7(created_at - now()), id, 'INITIAL', abs(hashtext(slug)) % 50, created_at
from products
where slug like 'growth-%' and abs(hashtext(slug)) % 50 > 0
  and not exists (select from stock_movements where product_id = products.id);

insert into cart.products (id, revision, slug, name, unit_price, currency, active)
select id, version, slug, name, unit_price, currency, active from products where slug like 'growth-%'
on conflict do nothing;

insert into cart.stock_levels (product_id, level, low_threshold)
select product_id, level, low_threshold from stock
on conflict do nothing;
