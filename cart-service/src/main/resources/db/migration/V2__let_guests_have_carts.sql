-- A guest's cart belongs to what the guest's token hashes to, until a customer's takes it in.

alter table carts
    add column guest boolean not null default false,
    add column taken_by uuid;

comment on column carts.customer_id is 'of a guest''s cart: a hash of the token that the guest holds';
comment on column carts.taken_by is 'the customer into whose cart a guest''s was merged';

alter table carts drop constraint only_a_confirmed_cart_has_an_order;
alter table carts
    add constraint only_a_confirmed_cart_has_an_order check (order_id is not null or guest or status = 'OPEN'),
    add constraint a_guest_does_not_check_out check (not guest or status in ('OPEN', 'MERGED')),
    add constraint only_a_guests_cart_is_taken check (taken_by is null or (guest and status = 'MERGED'));
