-- What the daily comparison of the stock with its books has found.
create table inventory_reports (
    id          uuid        primary key,
    day         date        not null constraint inventory_reports_are_daily unique,
    at          timestamptz not null,
    products    int         not null,
    differences int         not null
);

create table inventory_differences (
    report_id  uuid   not null references inventory_reports,
    product_id uuid   not null,
    figure     text   not null check (figure in ('ON_HAND', 'RESERVED')),
    expected   bigint not null,
    found      bigint not null,
    primary key (report_id, product_id, figure)
);
