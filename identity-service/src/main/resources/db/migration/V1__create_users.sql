-- Who has an account, and what they may do.

create table users (
    id            uuid primary key,
    username      text,
    email         text,
    password_hash text        not null,
    roles         text[]      not null,
    active        boolean     not null,
    joined_at     timestamptz not null,
    first_name    text        not null,
    last_name     text        not null,
    phone_number  text        not null,
    address_line1 text        not null,
    address_line2 text        not null,
    city          text        not null,
    country       text        not null,
    postal_code   text        not null,
    constraint users_can_be_named check (username is not null or email is not null),
    constraint users_have_known_roles check (
        roles <@ array ['CUSTOMER', 'VENDOR', 'STORE_MANAGER', 'ADMIN'] and cardinality(roles) > 0)
);

create unique index users_by_username on users (lower(username));
create unique index users_by_email on users (lower(email));
create index users_by_joining on users (joined_at, id);
create index users_who_administer on users (id) where 'ADMIN' = any (roles);
