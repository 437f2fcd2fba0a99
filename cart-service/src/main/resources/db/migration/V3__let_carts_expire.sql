-- A cart that nobody has touched for long is EXPIRED; a guest's is deleted.

alter table carts drop constraint carts_status_check;
alter table carts add constraint carts_status_check
    check (status in ('OPEN', 'CHECKED_OUT', 'CLOSED', 'MERGED', 'EXPIRED'));

alter table carts drop constraint only_a_confirmed_cart_has_an_order;
alter table carts add constraint only_a_confirmed_cart_has_an_order
    check (order_id is not null or guest or status in ('OPEN', 'EXPIRED'));

-- By id, which tells when a cart was begun and so bounds the search. An index of changed_at would
-- have to be written with every item that is added.
create index open_carts on carts (id) where status = 'OPEN' and not guest;
create index guests_carts on carts (id) where guest;
