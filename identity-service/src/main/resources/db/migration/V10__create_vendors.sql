-- Who sells in the shop, one business per account. A closed one may apply again.

create table vendors (
    user_id          uuid primary key references users,
    business_name    text        not null,
    business_address text        not null,
    business_id      bigint check (business_id > 0),
    standing         text        not null
        check (standing in ('UNDER_REVIEW', 'APPROVED', 'SUSPENDED', 'CLOSED')),
    reason           text,
    version          bigint      not null,
    applied_at       timestamptz not null,
    changed_at       timestamptz not null
);

create unique index vendors_by_business_id on vendors (business_id) where standing <> 'CLOSED';
create index vendors_by_standing on vendors (standing, applied_at, user_id);
