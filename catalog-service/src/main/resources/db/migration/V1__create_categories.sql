-- The tree in which customers find products.
create table categories (
    id          uuid         primary key,
    parent_id   uuid         constraint categories_parent references categories,
    name        varchar(100) not null,
    slug        varchar(120) not null constraint categories_slug unique,
    description text,
    created_at  timestamptz  not null,
    updated_at  timestamptz  not null,
    version     bigint       not null,
    constraint categories_are_no_loop check (parent_id <> id)
);

create unique index categories_name on categories (lower(name));
create index categories_below on categories (parent_id);
