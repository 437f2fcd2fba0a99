-- What an order costs the database alone: writes order.sql for pgbench, which copies all rows of a
-- confirmed order in one transaction. On a running shop that has sold something (docs/performance.md).
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on

set client_min_messages = warning;
drop schema if exists alone cascade;
create schema alone;
create table alone.sold as
select row_number() over () as n, id
from (select id from orders.orders where status = 'CONFIRMED' order by created_at desc limit 1000) as newest;

create table alone.parts (part int, place text, copy text, rows_of_order text);
insert into alone.parts values
    (1, 'orders.orders', 'orders', 'id = sold.id'),
    (2, 'orders.order_lines', 'order_lines', 'order_id = sold.id'),
    (3, 'orders.timeline', 'timeline', 'order_id = sold.id'),
    (4, 'catalog.reservations', 'reservations', 'order_id = sold.id'),
    (5, 'catalog.reservation_lines', 'reservation_lines', 'order_id = sold.id'),
    (6, 'catalog.stock_movements', 'stock_movements', 'order_id = sold.id'),
    (7, 'payment.payments', 'payments', 'order_id = sold.id'),
    (8, 'payment.ledger_entries', 'ledger_entries', 'order_id = sold.id'),
    (9, 'identity.mail_orders', 'mail_orders', 'order_id = sold.id'),
    (10, 'identity.mails', 'mails', 'order_id = sold.id'),
    (11, 'cart.carts', 'carts', 'order_id = sold.id'),
    (12, 'cart.cart_lines', 'cart_lines',
         'cart_id = (select id from cart.carts where order_id = sold.id)'),
    (13, 'cart.checkouts', 'checkouts', 'order_id = sold.id');

select format('create table alone.%I (like %s including all)', copy, place) from alone.parts \gexec
select format('create table alone.%I as select sold.n as sold_n, copied.* from alone.sold '
                  'cross join lateral (select * from %s where %s) as copied',
              copy || '_of_sold', place, rows_of_order)
from alone.parts \gexec
select format('create index on alone.%I (sold_n)', copy || '_of_sold') from alone.parts \gexec
select format('create table alone.%I (like %I.inbox including all)', s || '_inbox', s)
from unnest(array['orders', 'catalog', 'payment', 'identity', 'cart']) as s \gexec
create table alone.stock as select row_number() over () as n, * from catalog.stock;
create unique index on alone.stock (n);
analyze;

\o order.sql
select E'\\set n random(1, ' || count(*) || ')' from alone.sold;
select E'\\set product random(1, ' || count(*) || ')' from alone.stock;
\qecho begin;
\qecho 'select uuidv7() as o, uuidv7() as c \\gset'
-- What is unique among orders is made anew.
select format('insert into alone.%I (%s) select %s from alone.%I where sold_n = :n;',
              copy, string_agg(quote_ident(column_name), ', ' order by ordinal_position),
              string_agg(
                  case
                      when column_name = 'order_id' or (copy, column_name) = ('orders', 'id')
                          then ':o::uuid'
                      when column_name = 'cart_id' or (copy, column_name) = ('carts', 'id')
                          then ':c::uuid'
                      when column_name in ('id', 'posting_id') and data_type = 'uuid' then 'uuidv7()'
                      when (copy, column_name) in (('payments', 'reference'), ('mails', 'about'))
                          then 'gen_random_uuid()'
                      else quote_ident(column_name)
                  end, ', ' order by ordinal_position),
              copy || '_of_sold')
from alone.parts
join information_schema.columns on table_schema || '.' || table_name = place
where is_generated = 'NEVER' and is_identity = 'NO'
group by part, copy
order by part;
select format('insert into alone.%I (listener, event_id, heard_at) values (''listener'', uuidv7(), now());',
              s || '_inbox')
from unnest(array['orders', 'catalog', 'payment', 'identity', 'cart']) as s;
\qecho 'update alone.stock set on_hand = on_hand where n = :product;'
\qecho commit;
\o
