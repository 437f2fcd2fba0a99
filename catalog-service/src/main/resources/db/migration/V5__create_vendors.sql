-- Who sells here beside the shop itself, as identity tells it; a vendor's id is its account's.
-- What a vendor's products say of it follows page by page: settled says up to which telling it has.
create table vendors (
    id         uuid    primary key,
    standing   text    not null check (standing in ('UNDER_REVIEW', 'APPROVED', 'SUSPENDED', 'CLOSED')),
    has_access boolean not null default true,
    approved   boolean not null generated always as (standing = 'APPROVED' and has_access) stored,
    told       int     not null default 1,
    settled    int     not null default 0,
    constraint vendors_settle_what_was_told check (settled <= told)
);

create index vendors_to_settle on vendors (id) where settled < told;

insert into vendors (id, standing)
select distinct vendor_id, 'UNDER_REVIEW' from products where vendor_id is not null;

-- For sale is what is offered, by the shop or by a vendor that is approved.
drop index products_by_age, products_by_price, products_by_name, products_withdrawn;
alter table products rename column active to offered;
alter table products
    add column vendor_approved boolean not null default true,
    add constraint products_vendor foreign key (vendor_id) references vendors,
    add constraint products_of_the_shop_need_no_approval check (vendor_id is not null or vendor_approved);
alter table products alter column vendor_approved drop default;
alter table products
    add column active boolean not null generated always as (offered and vendor_approved) stored;

create index products_for_sale_by_age on products (created_at, id) where active;
create index products_for_sale_by_price on products (unit_price, id) where active;
create index products_for_sale_by_name on products (name, id) where active;
create index products_by_age on products (created_at, id);
create index products_by_price on products (unit_price, id);
create index products_by_name on products (name, id);
create index products_withdrawn on products (created_at, id) where not offered;
create index products_by_vendor on products (vendor_id, created_at, id) where vendor_id is not null;
create index products_to_settle on products (vendor_id, vendor_approved, id) where vendor_id is not null;
