-- Orders from {from} up to {to} that were delivered and paid at the door, in all the books: those of
-- cart, catalog, orders and payment agree about them. One in {mine} is customer {customer}'s.
set local synchronous_commit to off;
set local work_mem to '256MB';

create temp table sold on commit drop as
select n, uuidv7(at - now()) as id, uuidv7(at - now()) as cart_id, uuidv7(at - now()) as payment_id, at,
       case when n % {mine} = 0 then '{customer}'::uuid else md5('customer' || n % 100000)::uuid end as customer_id
from generate_series({from}, {to} - 1) n
cross join lateral (select now() - make_interval(mins => {oldest} - n) as at) as t;

create temp table goods on commit drop as
select row_number() over (order by id) - 1 as number, id, name, vendor_id, unit_price
from catalog.products where slug like 'growth-%' and active;
create unique index on goods (number);
analyze goods;

create temp table lines on commit drop as
select sold.n, sold.id as order_id, position, goods.id as product_id, name, vendor_id, unit_price
from sold
cross join generate_series(1, 2) position
join goods on number = (sold.n * 7919::bigint + position) % (select count(*) from goods);

create temp table totals on commit drop as
select order_id, sum(unit_price)::bigint as total from lines group by order_id;
analyze sold;
analyze lines;
analyze totals;

insert into orders.orders
    (id, cart_id, customer_id, status, stock, payment, payment_method, currency, total, refunded,
     units_returned, finished, steps, since, confirmed_at, created_at, updated_at, address)
select id, cart_id, customer_id, 'DELIVERED', 'TAKEN', 'CAPTURED', 'CASH_ON_DELIVERY', 'KES', total, 0,
       0, true, 6, at, at, at, at, '{address}'
from sold join totals on order_id = id order by at;

insert into orders.order_lines
    (order_id, position, product_id, name, vendor_id, quantity, unit_price, shipped, delivered, cancelled)
select order_id, position, product_id, name, vendor_id, 1, unit_price, 1, 1, 0 from lines order by n, position;

insert into orders.timeline (order_id, position, at, heard, to_status)
select id, position, at, heard, to_status
from sold
cross join (values
    (1, 'CartCheckedOut', 'PLACED'),
    (2, 'StockReserved', 'AWAITING_PAYMENT'),
    (3, 'PaymentAuthorized', 'CONFIRMED'),
    (4, 'StockTaken', 'CONFIRMED'),
    (5, 'Delivery', 'DELIVERED'),
    (6, 'PaymentCaptured', 'DELIVERED')) as steps (position, heard, to_status)
order by n, position;

insert into payment.payments
    (id, order_id, customer_id, amount, currency, shares, method, provider, status, unwanted, attempt,
     tries, created_at, updated_at)
select payment_id, id, customer_id, total, 'KES', '[]', 'CASH_ON_DELIVERY', 'cash', 'CAPTURED', false, 1,
       0, at, at
from sold join totals on order_id = id order by at;

insert into payment.ledger_entries
    (posting_id, account, vendor_id, side, amount, currency, payment_id, order_id, movement, at)
select payment_id, account, vendor_id, side, amount, 'KES', payment_id, id, 'CAPTURE', at
from sold
join (select order_id, 'CASH' as account, null::uuid as vendor_id, 'DEBIT' as side, total as amount
      from totals
      union all
      select order_id, case when vendor_id is null then 'SHOP' else 'VENDOR' end, vendor_id, 'CREDIT', unit_price
      from lines) as entries on order_id = sold.id
order by at;

insert into cart.carts (id, customer_id, status, order_id, version, changed_at)
select cart_id, customer_id, 'CLOSED', id, 3, at from sold order by at;

insert into cart.cart_lines
    (id, cart_id, product_id, quantity, unit_price, currency, seen_revision, acknowledged)
select uuidv7(at - now()), cart_id, product_id, 1, unit_price, 'KES', 0, true
from lines join sold on sold.id = order_id order by at;

insert into cart.checkouts
    (order_id, cart_id, customer_id, status, lines, refused, total, currency, payment_method,
     confirmed_at, decided_at)
select id, cart_id, customer_id, 'CONFIRMED', '[]', '[]', total, 'KES', 'CASH_ON_DELIVERY', at, at
from sold join totals on order_id = id order by at;

insert into catalog.reservations (order_id, status, asked_at, changed_at)
select id, 'TAKEN', at, at from sold order by at;

insert into catalog.reservation_lines (order_id, product_id, quantity, unit_price, currency)
select order_id, product_id, 1, unit_price, 'KES' from lines order by n, position;

insert into catalog.stock_movements (id, product_id, kind, quantity, order_id, made_at)
select uuidv7(at - now()), product_id, 'TAKEN', -1, order_id, at
from lines join sold on sold.id = order_id order by at;

insert into catalog.stock_movements (id, product_id, kind, quantity, made_at)
select uuidv7(), product_id, 'RESTOCKED', count(*), now() from lines group by product_id;
